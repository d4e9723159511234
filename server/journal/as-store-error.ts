/** Names what the operating system reported. */
import { StoreError } from './store-error.ts';

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The failure as a `StoreError`; `doing` tells what was tried, e.g. `write journal X`. */
export function asStoreError(failure: unknown, doing: string): StoreError {
  if (failure instanceof StoreError) return failure;
  const code = (failure as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && NO_ROOM.has(code)) {
    return new StoreError('disk-full', `Could not ${doing}: the disk is full. Free some space.`, failure);
  }
  const reason = failure instanceof Error ? failure.message : String(failure);
  return new StoreError('io', `Could not ${doing}: ${reason}.`, failure);
}
