/** Colours and type as the canvas needs them, read from the page's tokens. */

/** What is drawn with. */
export type Ink = {
  text: string;
  muted: string;
  line: string;
  bad: string;
  warn: string;
  ok: string;
  accent: string;
  panel: string;
  series: string[];
  font: string;
  /** How much larger than on a desk everything is drawn; 1 unless `--chart-size` says otherwise. */
  scale: number;
};

/** Size of a chart's letters on a desk, pixels. */
const LETTERS = 11;

/** The tokens that hold at an element. */
export function readInk(node: HTMLElement): Ink {
  const style = getComputedStyle(node);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const size = Number.parseInt(token('chart-size')) || LETTERS;
  return {
    text: token('text'),
    muted: token('muted'),
    line: token('line'),
    bad: token('bad'),
    warn: token('warn'),
    ok: token('ok'),
    accent: token('accent'),
    panel: token('panel'),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => token(`series-${number}`)),
    font: `${size}px ${token('mono')}`,
    scale: size / LETTERS,
  };
}
