/** The thread that runs incidents: leads calls to `incident-thread.ts`. */
import { workerData } from 'node:worker_threads';
import type { CommandEnvelope } from '@chaotic-good/engine/protocol/commands';
import { serveCalls } from '../workers/serve-calls.ts';
import type { HostQuery, Onlooker } from './incident-host.ts';
import { IncidentThread } from './incident-thread.ts';
import type { Absence, IncidentThreadOptions, NewIncident } from './incident-thread.ts';

let thread: IncidentThread | undefined;

function running(): IncidentThread {
  if (thread === undefined) throw new Error('The incidents are not open yet.');
  return thread;
}

const methods = {
  begin: async (absence: Absence) => {
    thread = await IncidentThread.begin(workerData as IncidentThreadOptions, tell);
    return thread.recoverAll(absence);
  },
  open: (incident: NewIncident) => running().open(incident),
  mayOpen: (_: null) => running().mayOpen(),
  submit: ({ incidentId, envelope }: { incidentId: string; envelope: CommandEnvelope }) =>
    running().submit(incidentId, envelope),
  query: ({ incidentId, seat, query }: { incidentId: string; seat: string; query: HostQuery }) =>
    running().query(incidentId, seat, query),
  subscribe: ({ incidentId, onlooker, fromSeq }: StreamCall & { fromSeq: number }) =>
    running().subscribe(incidentId, onlooker, fromSeq),
  unsubscribe: ({ incidentId, onlooker }: StreamCall) => running().unsubscribe(incidentId, onlooker),
  closed: (incidentId: string) => running().closed(incidentId),
  trouble: (incidentId: string) => running().trouble(incidentId),
  snapshot: (incidentId: string) => running().snapshot(incidentId),
  retire: (incidentId: string) => running().retire(incidentId),
  close: (_: null) => running().close(),
};

type StreamCall = { incidentId: string; onlooker: Onlooker };

/** What the thread can be asked. */
export type HostMethods = typeof methods;

const tell = serveCalls(methods);
