/** The M/M/4 queue on our own event list, with the generator and the logarithm that the others use. */
import {
  createEventQueue,
  nextEventMicros,
  schedule,
  takeEvent,
  taken,
} from '@chaotic-good/engine/kernel/event-queue';
import {
  MEAN_GAP_MICROS,
  MEAN_SERVICE_MICROS,
  SERVERS,
  SLOTS,
  createXorshift128,
  nextExponential,
} from '../mm4-model.ts';
import { measure } from './contender.ts';

const ARRIVAL = 0;
const DEPARTURE = 1;

measure((seed, customers) => {
  const random = createXorshift128(seed);
  const queue = createEventQueue();
  const arrived = new Float64Array(SLOTS);
  let arrivals = 0;
  let served = 0;
  let head = 0;
  let tail = 0;
  let busy = 0;
  let sum = 0;
  const draw = (mean: number) => Math.floor(nextExponential(random) * mean + 0.5);
  schedule(queue, draw(MEAN_GAP_MICROS), ARRIVAL, 0, 0);
  while (served < customers) {
    const now = nextEventMicros(queue);
    takeEvent(queue);
    if (taken.kind === ARRIVAL) {
      const slot = arrivals++ & (SLOTS - 1);
      arrived[slot] = now;
      schedule(queue, now + draw(MEAN_GAP_MICROS), ARRIVAL, 0, 0);
      tail++;
      if (busy < SERVERS) {
        busy++;
        head++;
        schedule(queue, now + draw(MEAN_SERVICE_MICROS), DEPARTURE, slot, 0);
      }
    } else {
      sum += now - arrived[taken.a];
      served++;
      if (head < tail) {
        const slot = head++ & (SLOTS - 1);
        schedule(queue, now + draw(MEAN_SERVICE_MICROS), DEPARTURE, slot, 0);
      } else {
        busy--;
      }
    }
  }
  return sum / customers / MEAN_SERVICE_MICROS;
});
