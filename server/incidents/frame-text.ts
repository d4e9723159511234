/** Puts frames of spectators together from parts that are JSON already; nothing is parsed again here. */

/** Puts a `WireFrame` without telemetry together. */
export function frameText(parts: {
  seq: number;
  atMicros: number;
  full: boolean;
  fields: readonly string[];
  timeline: string;
}): string {
  const { seq, atMicros, full, fields, timeline } = parts;
  const view = [...fields, ...(timeline === '' ? [] : [`"timeline":${timeline}`])].join(',');
  return `{"seq":${seq},"atMicros":${atMicros},"full":${full},"view":{${view}},"telemetry":null}`;
}
