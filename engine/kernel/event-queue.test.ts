import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  cancelEvent,
  createEventQueue,
  moveEvent,
  nextEventMicros,
  schedule,
  takeEvent,
  taken,
} from './event-queue.ts';

describe('the event list', () => {
  it('runs events by time, and equal times in the order in which they were scheduled', () => {
    const queue = createEventQueue(2);
    for (const [at, name] of [
      [30, 1],
      [10, 2],
      [30, 3],
      [20, 4],
      [10, 5],
    ])
      schedule(queue, at, 7, name, 0);
    const order: number[] = [];
    while (nextEventMicros(queue) < Infinity) {
      takeEvent(queue);
      order.push(taken.a);
    }
    expect(order).toEqual([2, 5, 4, 1, 3]);
  });

  it('agrees with a sorted list under any mix of adding, moving, cancelling and taking', () => {
    const step = fc.tuple(fc.constantFrom('add', 'move', 'cancel', 'take'), fc.nat(50), fc.nat(1000));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const queue = createEventQueue(4);
        let model: { at: number; number: number; id: number; slot: number }[] = [];
        let number = 0;
        let id = 0;
        for (const [what, at, pick] of steps) {
          const chosen = model[pick % Math.max(1, model.length)];
          if (what === 'add') {
            model.push({ at, number: number++, id, slot: schedule(queue, at, 1, id++, 0) });
          } else if (chosen && what === 'move') {
            moveEvent(queue, chosen.slot, at);
            Object.assign(chosen, { at, number: number++ });
          } else if (chosen && what === 'cancel') {
            cancelEvent(queue, chosen.slot);
            model = model.filter((event) => event !== chosen);
          } else if (model.length > 0 && what === 'take') {
            model.sort((one, two) => one.at - two.at || one.number - two.number);
            takeEvent(queue);
            expect(taken.a).toBe(model.shift()?.id);
          }
          expect(queue.size).toBe(model.length);
        }
      }),
    );
  });
});
