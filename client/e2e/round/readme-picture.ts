/**
 * Pictures for the README, small enough to load at once: lossless WebP, which the browser that took them can
 * write itself. Where that is too large, shades are rounded first, by less than an eye can see.
 *
 * Why   JPEG and lossy WebP halve the resolution of colour, and small coloured text is what a war room is
 *       made of. Rounded shades keep every edge.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

const FOLDER = join(import.meta.dirname, '../../../docs/screenshots');
/** Set by those who want new pictures. */
const TAKES_PICTURES = process.env.README_SCREENSHOTS === '1';
/** Largest picture, bytes. */
const BYTES_MAX = 150_000;
/** Distance of the shades that are kept, of 256; 1 keeps all. */
const STEPS = [1, 2, 3, 4, 6, 8];

/** Keeps the page as it looks now when pictures are wanted; throws when 150 kB would cost too much. */
export async function readmePicture(page: Page, name: string): Promise<void> {
  if (!TAKES_PICTURES) return;
  const png = await page.screenshot();
  // A page of its own: the policy of the page that is shown may allow no data as image.
  const blank = await page.context().newPage();
  let bytes = Buffer.alloc(0);
  for (const step of STEPS) {
    const webp = await blank.evaluate(asWebp, { data: png.toString('base64'), step });
    bytes = Buffer.from(webp, 'base64');
    if (bytes.length <= BYTES_MAX) break;
  }
  await blank.close();
  if (bytes.length > BYTES_MAX) throw new Error(`${name} makes no picture of at most ${BYTES_MAX} bytes.`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.webp`), bytes);
}

/** Runs in the browser: PNG to lossless WebP, both base64. */
async function asWebp({ data, step }: { data: string; step: number }): Promise<string> {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  const paper = canvas.getContext('2d', { alpha: false })!;
  paper.drawImage(image, 0, 0);
  const pixels = paper.getImageData(0, 0, canvas.width, canvas.height);
  // Every fourth number is opacity, which is full anyway.
  pixels.data.forEach((shade, at) => {
    if (at % 4 !== 3) pixels.data[at] = Math.round(shade / step) * step;
  });
  paper.putImageData(pixels, 0, 0);
  return canvas.toDataURL('image/webp', 1).split(',')[1];
}
