/** Buckets by address of the caller; those that are full again are forgotten. */
import { TokenBucket } from './token-bucket.ts';

/** Addresses remembered before the idle ones are forgotten. */
const ADDRESSES_MAX = 10_000;

/** How much an address may do. */
export class AddressLimits {
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
  }

  /** Takes one for an address, if it has one left. */
  take(address: string): boolean {
    return this.#bucket(address).take();
  }

  /** Whether an address has one left. */
  hasAny(address: string): boolean {
    return this.#buckets.get(address)?.hasAny ?? true;
  }

  #bucket(address: string): TokenBucket {
    const known = this.#buckets.get(address);
    if (known !== undefined) return known;
    if (this.#buckets.size >= ADDRESSES_MAX) this.#forgetIdle();
    const bucket = new TokenBucket(this.#burst, this.#perSecond);
    this.#buckets.set(address, bucket);
    return bucket;
  }

  #forgetIdle(): void {
    for (const [address, bucket] of this.#buckets) if (bucket.isFull) this.#buckets.delete(address);
    // Somebody has very many addresses: whoever came first loses their count.
    for (const address of this.#buckets.keys()) {
      if (this.#buckets.size < ADDRESSES_MAX) break;
      this.#buckets.delete(address);
    }
  }
}
