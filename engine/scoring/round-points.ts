/** Points to one place after the point, without a negative zero. */
export function roundPoints(points: number): number {
  return Math.round(points * 10) / 10 + 0;
}
