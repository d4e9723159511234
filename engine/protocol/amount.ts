/**
 * How much a Kubernetes amount is, for comparing: `500m`, `1`, `256Mi`, `1G`. The store's own reader
 * (`platforms/kubernetes/quantity.ts`) knows more forms; this ring imports nothing.
 */

const FACTORS: Readonly<Record<string, number>> = {
  m: 0.001,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 * 1024,
  Gi: 1024 * 1024 * 1024,
};

/** Cores or bytes; undefined for anything that is no plain amount. */
export function amountOf(text: unknown): number | undefined {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)(m|k|M|G|Ki|Mi|Gi)?$/.exec(String(text)) ?? [];
  return digits === undefined ? undefined : Number(digits) * (FACTORS[unit] ?? 1);
}
