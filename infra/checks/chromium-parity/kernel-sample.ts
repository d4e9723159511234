/** The engine's own mathematics and draws as bits: the first things in which two machines would differ. */
import { drawNormal, drawU32, seedFromText } from '@chaotic-good/engine/kernel/chance';
import { expOf, logOf } from '@chaotic-good/engine/kernel/math';

/** One line for each kind of number. */
export function runParityIncidents(): string[] {
  const seed = seedFromText('7');
  const keys = Array.from({ length: 2000 }, (_, key) => key);
  return [
    bits(keys.map((key) => drawU32(seed, 1, 0, key, 0))),
    bits(keys.map((key) => drawNormal(seed, 2, 0, key, 0))),
    bits(keys.map((key) => logOf((key + 0.5) / 7))),
    bits(keys.map((key) => expOf((key - 1000) / 37))),
  ];
}

/** The numbers' bits, folded to one text. */
function bits(values: number[]): string {
  let folded = 0;
  for (const word of new Uint32Array(Float64Array.from(values).buffer))
    folded = (Math.imul(folded, 31) + word) >>> 0;
  return `${values.length}:${folded.toString(16)}`;
}
