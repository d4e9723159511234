/** Simulation time as people read it: `MM:SS.mmm`, minutes going on after the hour. */
export function timeText(atMicros: number): string {
  const millis = Math.floor(Math.abs(atMicros) / 1000);
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  const minutes = pad(Math.floor(millis / 60_000), 2);
  const seconds = pad(Math.floor(millis / 1000) % 60, 2);
  return `${atMicros < 0 ? '-' : ''}${minutes}:${seconds}.${pad(millis % 1000, 3)}`;
}
