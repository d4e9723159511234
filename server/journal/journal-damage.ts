/** A journal that does not hold what was written: it is refused whole, with the place. */
import { StoreError } from './store-error.ts';

/** What is wrong with it. */
export type DamageKind =
  /** The first bytes are not a journal's. */
  | 'not-a-journal'
  /** It ends inside, or before, what was acknowledged. */
  | 'cut-short'
  /** A record's bytes do not match their checksum. */
  | 'altered'
  /** A record has another number than the one due: some are missing or in another order. */
  | 'out-of-order'
  /** A record does not follow from the one before, or from this incident. */
  | 'wrong-chain'
  /** A record bears the epoch of an owner that had lost the journal, or of none yet. */
  | 'foreign-epoch';

/** Damage, and where. */
export class JournalDamage extends StoreError {
  override name = 'JournalDamage';
  /** Whose journal. */
  readonly incidentId: string;
  /** What is wrong. */
  readonly kind: DamageKind;
  /** Where the record begins, bytes from the start of the file. */
  readonly offset: number;
  /** Which record is due there. */
  readonly recordNumber: number;

  constructor(incidentId: string, kind: DamageKind, place: { offset: number; recordNumber: number }) {
    const where = `at byte ${place.offset} (record ${place.recordNumber})`;
    super('damaged', `The journal of ${incidentId} is damaged ${where}: ${kind}. Nothing was changed.`);
    this.incidentId = incidentId;
    this.kind = kind;
    this.offset = place.offset;
    this.recordNumber = place.recordNumber;
  }
}
