/**
 * The compose file and the image are held together with what the server really reads and serves: a setting
 * that was renamed, or a folder that moved, shows here and not at an operator's.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from './config.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  ports: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  volumes: z.array(z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }),
  stop_grace_period: z.string().optional(),
});
const compose = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) })
  .parse(parse(read('docker-compose.yml')));
const { server, database } = compose.services;

/** A value as compose would hand it over, with nothing set outside. */
function expanded(text: string): string {
  return text.replace(/\$\{\w+:-([^}]*)\}/g, '$1');
}

const environment = Object.fromEntries(
  Object.entries(server.environment).map(([name, value]) => [name, expanded(value)]),
);

it('runs our server beside a PostgreSQL, and nothing else', () => {
  expect(Object.keys(compose.services)).toEqual(['server', 'database']);
  expect(database.image).toMatch(/^postgres:\d+\.\d+/);
  expect(server.depends_on).toEqual({ database: { condition: 'service_healthy' } });
});

it('gives the server settings that it reads, and understands', () => {
  const config = readConfig(environment);
  expect(config).toMatchObject({ host: '0.0.0.0', port: 2567, dataDir: '/data', publicUrl: null });
  const { hostname, username, pathname, password } = new URL(config.databaseUrl ?? '');
  expect([hostname, username, pathname]).toEqual(['database', 'chaotic', '/chaotic']);
  expect(expanded(database.environment.POSTGRES_PASSWORD)).toBe(password);
  // None that it does not know: a typing error would change nothing, silently.
  const known = ['HOST', 'PORT', 'DATA_DIR', 'PUBLIC_URL', 'DATABASE_URL'];
  expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
});

it('asks /readyz on the port that is listened on, and publishes it', () => {
  expect(server.healthcheck.test.join(' ')).toContain("fetch('http://127.0.0.1:2567/readyz')");
  expect(server.ports?.map(expanded)).toEqual(['2567:2567']);
});

it('keeps journals and database on volumes', () => {
  const kept = [...server.volumes, ...database.volumes].map((volume) => volume.split(':'));
  expect(kept.map(([name]) => name).sort()).toEqual(Object.keys(compose.volumes).sort());
  expect(kept.map(([, path]) => path)).toContain(readConfig(environment).dataDir);
});

it('leaves the server the time to end in good order', () => {
  expect(Number.parseInt(server.stop_grace_period ?? '', 10)).toBeGreaterThan(10);
});

it('builds an image from files that are there, and starts what npm start starts', () => {
  const dockerfile = read(server.build?.dockerfile ?? '');
  const copied = [...dockerfile.matchAll(/^COPY (?!--from|\. )(.+) \S+$/gm)].flatMap(([, paths]) =>
    paths.split(' '),
  );
  expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  const taken = [...dockerfile.matchAll(/^COPY --from=build .*\/app\/(\S+) /gm)].map(([, path]) => path);
  const missing = taken.filter((path) => path !== 'client/dist' && !existsSync(join(ROOT, path)));
  expect(missing).toEqual([]);
  const workspaces = (JSON.parse(read('package.json')) as { workspaces: string[] }).workspaces;
  for (const workspace of workspaces) expect(copied).toContain(`${workspace}/package.json`);
  const [, command] = /^CMD \["node", "(.+)"\]$/m.exec(dockerfile) ?? [];
  expect(existsSync(join(ROOT, command))).toBe(true);
  expect(dockerfile).toContain(`node:${read('.nvmrc').trim().replace(/^v/, '')}`);
});
