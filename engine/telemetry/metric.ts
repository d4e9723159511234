/** What is known of a metric besides its samples. */
export type Metric = {
  /** Name, as its exporter serves it. */
  name: string;
  /** `histogram` for the parts of one: `_bucket`, `_sum` and `_count`. */
  type: 'counter' | 'gauge' | 'histogram';
  /** Unit of its values: `seconds`, `bytes`, `cores`, or '' for counts. */
  unit: string;
  /** What it says, in a sentence. */
  help: string;
  /** Who serves it. */
  exporter: string;
  /** How often it is sampled, seconds. */
  everySeconds: 1 | 5;
};
