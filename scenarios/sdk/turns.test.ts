import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

it('turns go by time, one at a time, and a busy player is waited for', async () => {
  const turns = createTurns();
  const log: string[] = [];
  let now = 0;
  const say = (text: string) => log.push(`${now} ${text}`);
  const until = (at: number) => turns.park(at, 1, () => true);
  await turns.play(
    [
      { atMicros: 10, player: 'bo', act: async () => void say('bo begins') },
      {
        atMicros: 5,
        player: 'ada',
        act: async () => {
          say('ada begins');
          await until(12);
          say('ada goes on');
          await turns.park(13, 10, () => now >= 30);
          say('ada ends');
        },
      },
      { atMicros: 6, player: 'ada', act: async () => void say('ada again') },
      { atMicros: 12, player: 'bo', act: async () => void say('bo again') },
    ],
    (at) => (now = Math.max(now, at)),
  );
  expect(log).toEqual([
    '5 ada begins',
    '10 bo begins',
    '12 ada goes on',
    '12 bo again',
    '33 ada ends',
    '33 ada again',
  ]);
});

it('an error of a turn ends the play', async () => {
  const fails = { atMicros: 1, player: 'ada', act: () => Promise.reject(new Error('broken')) };
  await expect(createTurns().play([fails], (at) => at)).rejects.toThrow('broken');
});
