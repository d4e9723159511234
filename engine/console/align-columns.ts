/**
 * Aligns tab-separated cells as Go's `text/tabwriter` does, which prints everything kubectl prints.
 *
 * Why   A column there is a block of *consecutive* lines that have a cell in it, so one line without
 *       tabs ends the block and the widths start anew. kubectl's describe depends on that; a simple
 *       "widest cell" table would look right in `get` and wrong in `describe`.
 */

/** How wide columns are at least, and the space between them. */
export type ColumnStyle = {
  /** Least width of a column, with its padding. */
  minWidth: number;
  /** Spaces after the widest cell. */
  padding: number;
};

/** The style of `kubectl get` and `top`. */
const GET_STYLE: ColumnStyle = { minWidth: 6, padding: 3 };

/** The style of `kubectl describe` and `rollout history`. */
export const DESCRIBE_STYLE: ColumnStyle = { minWidth: 0, padding: 2 };

/** Aligns a text whose lines separate cells by tabs; the last cell of a line is never padded. */
export function alignColumns(text: string, style: ColumnStyle): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const printed: string[] = [];
  formatBlock(lines, 0, lines.length, [], style, printed);
  return printed.join('\n');
}

/** Prints lines [first, last) of which the columns left of `widths.length` are settled. */
function formatBlock(
  lines: string[][],
  first: number,
  last: number,
  widths: readonly number[],
  style: ColumnStyle,
  printed: string[],
): void {
  const column = widths.length;
  let start = first;
  let at = first;
  while (at < last) {
    if (column >= lines[at].length - 1) {
      at += 1;
      continue;
    }
    printLines(lines, start, at, widths, printed);
    start = at;
    let width = style.minWidth;
    while (at < last && column < lines[at].length - 1) {
      width = Math.max(width, widthOf(lines[at][column]) + style.padding);
      at += 1;
    }
    formatBlock(lines, start, at, [...widths, width], style, printed);
    start = at;
  }
  printLines(lines, start, last, widths, printed);
}

function printLines(
  lines: string[][],
  first: number,
  last: number,
  widths: readonly number[],
  printed: string[],
): void {
  for (let index = first; index < last; index++) {
    const cells = lines[index].map((cell, column) =>
      column < widths.length ? cell + ' '.repeat(Math.max(0, widths[column] - widthOf(cell))) : cell,
    );
    printed.push(cells.join(''));
  }
}

/** Characters, not UTF-16 units. */
function widthOf(cell: string): number {
  let count = 0;
  for (const _character of cell) count += 1;
  return count;
}

/** A table with a header as `kubectl get` prints it; '' when there is neither header nor row. */
export function printTable(header: readonly string[] | null, rows: readonly (readonly string[])[]): string {
  const lines = [...(header ? [header] : []), ...rows].map((cells) => cells.join('\t'));
  return lines.length === 0 ? '' : `${alignColumns(lines.join('\n'), GET_STYLE)}\n`;
}
