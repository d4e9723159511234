/** How many pieces of text Chromium prints on each page of a document. */
import { inflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** What shows text in a PDF's page: `(…) Tj`, `<…> Tj` or `[…] TJ`. */
const SHOWN = /[)>\]]\s*T[jJ]\b/g;

/** The streams of a PDF that draw text, unpacked. */
function drawnIn(pdf: Buffer): string[] {
  const drawn: string[] = [];
  let at = 0;
  for (;;) {
    const start = pdf.indexOf('stream\n', at);
    if (start < 0) return drawn;
    const end = pdf.indexOf('endstream', start);
    at = end + 'endstream'.length;
    try {
      const text = inflateSync(pdf.subarray(start + 'stream\n'.length, end)).toString('latin1');
      if (/\bBT\b[^]*\bET\b/.test(text)) drawn.push(text);
    } catch {
      // Fonts and tables that are packed otherwise draw nothing.
    }
  }
}

/** Pieces of text by page, first page first. */
export async function printedTexts(page: Page): Promise<number[]> {
  const whole = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const pages = whole.match(/\/Type \/Page\b/g)?.length ?? 0;
  const counts: number[] = [];
  for (let number = 1; number <= pages; number++) {
    const pdf = await page.pdf({ preferCSSPageSize: true, pageRanges: String(number) });
    counts.push(drawnIn(pdf).reduce((sum, text) => sum + (text.match(SHOWN)?.length ?? 0), 0));
  }
  return counts;
}
