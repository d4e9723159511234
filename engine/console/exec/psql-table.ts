/** Rows as psql prints them. */

/** What a query found. */
export type QueryResult = {
  /** Column titles. */
  columns: string[];
  /** Rows, as text. */
  rows: string[][];
  /** Columns whose values stand to the right (numbers). */
  right?: number[];
};

/** A result as psql prints it; `bare` = `-t` or `-A`: values alone. */
export function printResult(result: QueryResult, bare: boolean): string {
  const { columns, rows, right = [] } = result;
  if (bare) return rows.map((row) => `${row.length === 1 ? row[0] : ` ${row.join(' | ')}`}\n`).join('');
  const widths = columns.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const centred = (text: string, width: number) => {
    const left = Math.floor((width - text.length) / 2);
    return ' '.repeat(left) + text + ' '.repeat(width - text.length - left);
  };
  const header = columns.map((title, column) => ` ${centred(title, widths[column])} `).join('|');
  const rule = widths.map((width) => '-'.repeat(width + 2)).join('+');
  const body = rows.map((row) =>
    row
      .map((cell, column) => {
        const last = column === row.length - 1;
        if (right.includes(column)) return ` ${cell.padStart(widths[column])}${last ? '' : ' '}`;
        return ` ${last ? cell : cell.padEnd(widths[column] + 1)}`;
      })
      .join('|'),
  );
  const count = rows.length === 1 ? '(1 row)' : `(${rows.length} rows)`;
  return `${[header, rule, ...body, count].join('\n')}\n\n`;
}
