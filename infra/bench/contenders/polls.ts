/**
 * The `polls` system at 200 requests a second. Reads the arguments SEED SIMULATED_SECONDS WARM_UP_SECONDS;
 * the answer it prints is simulated seconds per CPU second.
 */
import { pathToFileURL } from 'node:url';
import { POLLS_WORLD } from '../polls.ts';
import type { PollsWorld } from '../polls.ts';
import type { Measured } from './contender.ts';

const [seed, seconds, warmUp] = process.argv.slice(2).map(Number);
const { runPolls, countPollsEvents } = (await import(pathToFileURL(POLLS_WORLD).href)) as PollsWorld;
runPolls(seed + 1000, warmUp);
const before = process.cpuUsage();
runPolls(seed, seconds);
const used = process.cpuUsage(before);
const events = countPollsEvents(seed, seconds);
const cpuSeconds = (used.user + used.system) / 1e6;
const measured: Measured = { events, cpuSeconds, answer: seconds / cpuSeconds };
console.log(JSON.stringify(measured));
