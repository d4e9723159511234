/** Answers and post-mortems in memory, for tests of what stands before the store. */
import type { PostMortemState } from '@chaotic-good/engine/protocol/post-mortem';
import type { GameAnswer, KeptVersion, PostMortemStore } from './post-mortem-store.ts';

/** A store that forgets everything with its process. */
export function createMemoryPostMortems(): PostMortemStore {
  const answers = new Map<string, Map<string, GameAnswer>>();
  const kept = new Map<string, KeptVersion[]>();
  const stateOf = (id: string): PostMortemState => {
    const last = kept.get(id)?.at(-1);
    if (last !== undefined) return last.state === 'final' ? 'final' : 'edited';
    return answers.has(id) ? 'draft' : 'none';
  };
  return {
    answers: async (id) =>
      [...(answers.get(id)?.values() ?? [])].sort((left, right) => (left.seat < right.seat ? -1 : 1)),
    saveAnswer: async (id, answer) => {
      const own = answers.get(id) ?? new Map<string, GameAnswer>();
      answers.set(id, own.set(answer.seat, answer));
    },
    versions: async (id) => (kept.get(id) ?? []).map(({ document: _, ...version }) => version),
    version: async (id, version) => kept.get(id)?.[version - 1],
    saveVersion: async (id, version) => {
      const before = kept.get(id) ?? [];
      if (version.version !== before.length + 1 || before.at(-1)?.state === 'final') return false;
      kept.set(id, [...before, structuredClone(version)]);
      return true;
    },
    states: async (ids) => Object.fromEntries(ids.map((id) => [id, stateOf(id)])),
  };
}
