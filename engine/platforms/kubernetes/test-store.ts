/** Shorthand for tests: a store with a namespace, and requests without their ceremony. */
import { invariant } from '../../kernel/invariant.ts';
import { seedFromText } from '../../kernel/chance.ts';
import type { ApiAnswer, ApiRequest, Json, JsonObject, KubeObject, RequestQuery, Verb } from './api-types.ts';
import { findResourceByWord } from './resources.ts';
import { createStore, request, type Store } from './store.ts';

/** Second of the week at which test stores start: Tuesday 14:05. */
const TEST_START = 86400 + 14 * 3600 + 5 * 60;

/** What a test request may say beyond its verb and resource. */
export type TestRequest = {
  /** Object name. */
  name?: string;
  /** Namespace; `default` unless told, '' for all. */
  namespace?: string;
  /** Subresource. */
  subresource?: string;
  /** Body. */
  body?: Json;
  /** Query. */
  query?: RequestQuery;
  /** Seconds since the start. */
  atSeconds?: number;
};

/** A store with the namespace `default`. */
export function testStore(seed = 'test'): Store {
  const store = createStore(seedFromText(seed), TEST_START);
  ask(store, 'create', 'namespaces', { body: { metadata: { name: 'default' } } });
  return store;
}

/** Asks the store, naming the resource as a player would. */
export function ask(store: Store, verb: Verb, word: string, options: TestRequest = {}): ApiAnswer {
  const kind = findResourceByWord(word);
  invariant(kind !== undefined, `no resource ${word}`);
  const asked: ApiRequest = {
    verb,
    group: kind.group,
    version: kind.version,
    resource: kind.plural,
    seat: 'seat:ana',
  };
  const namespace = options.namespace ?? 'default';
  if (kind.namespaced && namespace !== '') asked.namespace = namespace;
  if (options.name !== undefined) asked.name = options.name;
  if (options.subresource !== undefined) asked.subresource = options.subresource;
  if (options.body !== undefined) asked.body = options.body;
  if (options.query !== undefined) asked.query = options.query;
  return request(store, (options.atSeconds ?? 0) * 1_000_000, asked);
}

/** The object of an answer that must have one. */
export function objectOf(answer: ApiAnswer): KubeObject {
  invariant(answer.ok, answer.ok ? '' : answer.status.message);
  invariant('object' in answer, 'the answer is a list');
  return answer.object;
}

/** The objects of a list answer. */
export function itemsOf(answer: ApiAnswer): KubeObject[] {
  invariant(answer.ok && 'list' in answer, 'the answer is no list');
  return answer.list.items;
}

/** The cells of a table answer. */
export function rowsOf(answer: ApiAnswer): Json[][] {
  invariant(answer.ok && 'table' in answer, 'the answer is no table');
  return answer.table.rows.map((row) => row.cells);
}

/** The message of a refusal, '' when there was none. */
export function messageOf(answer: ApiAnswer): string {
  return answer.ok ? '' : answer.status.message;
}

/** A deployment of one container. */
export function testDeployment(name: string, image = 'polls:1.4.2'): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image, ports: [{ containerPort: 8080 }] }] },
      },
    },
  };
}

/** A pod of one container. */
export function testPod(name: string, labels: { [key: string]: string } = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: { containers: [{ name: 'main', image: 'polls:1.4.2' }] },
  };
}
