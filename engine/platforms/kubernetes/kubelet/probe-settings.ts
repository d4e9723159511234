/** A container's probe as the kubelet reads it: when, how often, where, and how often it may fail. */
import type { Plan } from '../../../cluster/plan.ts';
import type { JsonObject } from '../api-types.ts';
import { countAt, memberAt, objectAt, objectsAt, textAt, textsAt } from '../json-access.ts';

/** Field names of the probes, by probe kind number. */
const PROBE_FIELDS = ['readinessProbe', 'livenessProbe', 'startupProbe'];

/** One probe, read. */
export type ProbeSettings = {
  /** How it asks. */
  kind: 'http' | 'tcp' | 'exec' | 'grpc';
  /** Wait after the container's start, microseconds. */
  initialDelayMicros: number;
  /** Time between questions, microseconds. */
  periodMicros: number;
  /** How long an answer may take, microseconds. */
  timeoutMicros: number;
  /** Failures in a row that count. */
  failureThreshold: number;
  /** Successes in a row that count. */
  successThreshold: number;
  /** Port number asked; 0 for a command. */
  port: number;
  /** URL without the pod's address, or the command line. */
  target: string;
};

/** Port number that a probe or service names: a number, or a container port's name; 0 when there is none. */
function portNumber(spec: JsonObject, port: unknown): number {
  if (typeof port === 'number') return port;
  const named = objectsAt(spec, 'ports').find((one) => textAt(one, 'name') === port);
  return countAt(named, 'containerPort');
}

/** The probe of that kind, or null when the container has none. */
export function probeSettings(spec: JsonObject, kind: number): ProbeSettings | null {
  const probe = objectAt(spec, PROBE_FIELDS[kind]);
  if (probe === undefined) return null;
  const http = objectAt(probe, 'httpGet');
  const tcp = objectAt(probe, 'tcpSocket');
  const grpc = objectAt(probe, 'grpc');
  const asked = http ?? tcp ?? grpc;
  const scheme = textAt(http, 'scheme').toLowerCase() || 'http';
  return {
    kind: http !== undefined ? 'http' : tcp !== undefined ? 'tcp' : grpc !== undefined ? 'grpc' : 'exec',
    initialDelayMicros: countAt(probe, 'initialDelaySeconds') * 1_000_000,
    periodMicros: (countAt(probe, 'periodSeconds') || 10) * 1_000_000,
    timeoutMicros: (countAt(probe, 'timeoutSeconds') || 1) * 1_000_000,
    failureThreshold: countAt(probe, 'failureThreshold') || 3,
    successThreshold: countAt(probe, 'successThreshold') || 1,
    port: asked === undefined ? 0 : portNumber(spec, memberAt(asked, 'port')),
    target:
      http === undefined
        ? textsAt(objectAt(probe, 'exec'), 'command').join(' ')
        : `${scheme}://{address}${textAt(http, 'path') || '/'}`,
  };
}

/** Which port of the program a probe reaches; null when nothing listens there. */
export function probedPort(plan: Plan, program: number, settings: ProbeSettings): 'port' | 'admin' | null {
  const { spec } = plan.programs[program];
  if (settings.kind === 'exec') return spec.port > 0 ? 'port' : null;
  if (settings.port === 0) return null;
  if (settings.port === spec.port) return 'port';
  return settings.port === spec.adminPort ? 'admin' : null;
}

/** Why a probe failed, in the kubelet's words. */
export function failureText(settings: ProbeSettings, ip: string, error: string): string {
  const address = `${ip}:${settings.port}`;
  const timedOut = error === 'timeout' || error === 'connect-timeout';
  if (settings.kind === 'exec') {
    if (timedOut) {
      return `command timed out: "${settings.target}" timed out after ${settings.timeoutMicros / 1_000_000}s`;
    }
    if (!settings.target.includes('pg_isready')) return 'command terminated with exit code 1';
    return error === 'overloaded' || error === 'too-many-connections'
      ? '/var/run/postgresql:5432 - rejecting connections'
      : '/var/run/postgresql:5432 - no response';
  }
  const dial = `dial tcp ${address}: `;
  if (settings.kind === 'tcp' || settings.kind === 'grpc') {
    return dial + (timedOut ? 'i/o timeout' : 'connect: connection refused');
  }
  const get = `Get "${settings.target.replace('{address}', address)}": `;
  switch (error) {
    case 'timeout':
    case 'connect-timeout':
      return `${get}context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
    case 'refused':
    case 'no-endpoints':
      return `${get}${dial}connect: connection refused`;
    case 'reset':
    case 'too-many-connections':
      return `${get}read tcp ${address}: read: connection reset by peer`;
    case 'overloaded':
      return 'HTTP probe failed with statuscode: 503';
    default:
      return 'HTTP probe failed with statuscode: 500';
  }
}
