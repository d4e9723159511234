/**
 * The M/M/4 queue on simjs, the fastest usable simulation library on npm.
 *
 * Its npm entry exports nothing in Node; it hangs its API on `window`, so it is given one. The other
 * library there, simscript, scans an unsorted array for each event and is twenty times slower still.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  MEAN_GAP_MICROS,
  MEAN_SERVICE_MICROS,
  SERVERS,
  createXorshift128,
  nextExponential,
} from '../mm4-model.ts';
import { measure } from './contender.ts';

/** The part of simjs that the model uses. */
type SimJs = {
  Sim: new () => { addEntity(entity: unknown): void; simulate(end: number): void };
  Entity: new (name: string) => Entity;
  Facility: (new (name: string, discipline: number, servers: number) => object) & { FCFS: number };
};

type Request = { done(callback: () => void): Request };

type Entity = {
  time(): number;
  setTimer(duration: number): Request;
  useFacility(facility: object, duration: number): Request;
};

const path = createRequire(import.meta.url).resolve('simjs');
const page: { Sim?: SimJs } = {};
new Function('window', readFileSync(path, 'utf8'))(page);
const { Sim, Entity, Facility } = page.Sim!;

measure((seed, customers) => {
  const random = createXorshift128(seed);
  const servers = new Facility('servers', Facility.FCFS, SERVERS);
  let arrivals = 0;
  let sum = 0;
  class Customers extends Entity {
    start(): void {
      this.awaitNext();
    }
    awaitNext(): void {
      if (arrivals++ >= customers) return;
      this.setTimer(nextExponential(random) * MEAN_GAP_MICROS).done(() => this.arrive());
    }
    arrive(): void {
      const arrivedAt = this.time();
      this.awaitNext();
      this.useFacility(servers, nextExponential(random) * MEAN_SERVICE_MICROS).done(() => {
        sum += this.time() - arrivedAt;
      });
    }
  }
  const sim = new Sim();
  sim.addEntity(Customers);
  sim.simulate(Number.MAX_VALUE);
  return sum / customers / MEAN_SERVICE_MICROS;
});
