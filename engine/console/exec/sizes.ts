/** Sizes as coreutils print them. */

const UNITS = ['', 'K', 'M', 'G', 'T', 'P'];

/** `-h`: powers of 1,024, rounded up, one digit after the point below ten. */
export function humanSize(bytes: number): string {
  let unit = 0;
  let scale = 1;
  while (bytes / scale >= 1024 && unit < UNITS.length - 1) {
    scale *= 1024;
    unit += 1;
  }
  const value = bytes / scale;
  if (unit === 0) return String(Math.ceil(value));
  const tenths = Math.ceil(value * 10);
  if (tenths < 100) return `${Math.floor(tenths / 10)}.${tenths % 10}${UNITS[unit]}`;
  const whole = Math.ceil(value);
  // 1023.5 M rounds up to 1024 M, which is written 1.0 G.
  if (whole >= 1024 && unit < UNITS.length - 1) return `1.0${UNITS[unit + 1]}`;
  return `${whole}${UNITS[unit]}`;
}

/** Disk use of a file in KiB: whole blocks of 4 KiB. */
export function blocksKib(bytes: number): number {
  return Math.ceil(bytes / 4096) * 4;
}

/** Reads `0`, `10M`, `2G`, `512K`, `1MB`; null when it is no size. */
export function readSize(text: string): number | null {
  const found = /^([0-9]{1,12})([KMGT]?)(i?B)?$/.exec(text);
  if (!found) return null;
  const base = found[3] === 'B' ? 1000 : 1024;
  let bytes = Number(found[1]);
  for (let power = 'KMGT'.indexOf(found[2] || ' '); power >= 0; power--) bytes *= base;
  return bytes;
}

/** Columns as coreutils align them: `left` ones to the left, the others to the right, one space between. */
export function alignCells(rows: readonly (readonly string[])[], left: readonly number[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          if (column === row.length - 1 && left.includes(column)) return cell;
          return left.includes(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
        })
        .join(' '),
    )
    .map((line) => `${line}\n`)
    .join('');
}
