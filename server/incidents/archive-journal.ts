/** Puts the journal of a finished incident aside, so that boots do not read it again. It is never deleted. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkIncidentId } from '../journal/incident-id.ts';

const ARCHIVE = 'finished';

/** Moves the files of a closed journal into the archive; what is not there is not missed. */
export async function archiveJournal(folder: string, incidentId: string): Promise<void> {
  const name = checkIncidentId(incidentId);
  await mkdir(join(folder, ARCHIVE), { recursive: true });
  for (const suffix of ['.acked', '.journal']) {
    await rename(join(folder, name + suffix), join(folder, ARCHIVE, name + suffix)).catch(
      (error: { code?: unknown }) => {
        if (error.code !== 'ENOENT') throw error;
      },
    );
  }
  await rm(join(folder, `${name}.snapshot`), { force: true });
}
