import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { reachableUrls } from './reachable-urls.ts';
import { Refusal } from './refusal.ts';

it('listens on this computer only, unless asked for more', () => {
  expect(readConfig({})).toMatchObject({
    port: 2567,
    host: '127.0.0.1',
    dataDir: resolve('data'),
    publicUrl: null,
    databaseUrl: null,
    clockFactor: 1,
    loadScale: 1,
  });
  expect(readConfig({ HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
});

it('takes a setting of nothing for none', () => {
  expect(readConfig({ PORT: '', HOST: ' ', PUBLIC_URL: '' })).toEqual(readConfig({}));
});

it('leaves the slash at the end of an address away', () => {
  expect(readConfig({ PUBLIC_URL: 'https://game.example.org/' }).publicUrl).toBe('https://game.example.org');
});

it.each([
  ['PORT', '70000', 'a port is a number from 0 to 65535'],
  ['PORT', '80a', 'a port is a number from 0 to 65535'],
  ['HOST', 'my host', 'use an address of this machine'],
  ['PUBLIC_URL', 'game.example.org', 'use an address such as https://game.example.org'],
  ['PUBLIC_URL', 'javascript:alert(1)', 'use an address such as https://game.example.org'],
  ['DATABASE_URL', 'mysql://somewhere', 'use postgres://USER:PASSWORD@HOST/DATABASE'],
])('refuses %s=%s in one sentence that names it', (name, value, reason) => {
  expect(() => readConfig({ [name]: value })).toThrow(Refusal);
  try {
    readConfig({ [name]: value });
  } catch (error) {
    const { message } = error as Refusal;
    expect(message).toContain(`The setting ${name}`);
    expect(message).toContain(reason);
    expect(message.split('\n')).toHaveLength(1);
  }
});

it('never repeats the address of a database: it holds a password', () => {
  expect(() => readConfig({ DATABASE_URL: 'http://user:secret@host/' })).toThrow(/^(?!.*secret)/);
});

it('says that only this computer can join when it listens on loopback', () => {
  expect(reachableUrls('127.0.0.1', 2567, null, ['192.168.1.7'])).toEqual({
    publicUrl: 'http://localhost:2567',
    lanUrls: [],
    onlyThisComputer: true,
  });
});

it('names the addresses of the local network when it listens everywhere', () => {
  expect(reachableUrls('0.0.0.0', 2567, null, ['192.168.1.7', '10.0.0.2'])).toEqual({
    publicUrl: 'http://192.168.1.7:2567',
    lanUrls: ['http://192.168.1.7:2567', 'http://10.0.0.2:2567'],
    onlyThisComputer: false,
  });
});

it('shares the address that the operator names, also from behind a proxy on loopback', () => {
  const { publicUrl, onlyThisComputer } = reachableUrls('127.0.0.1', 2567, 'https://game.example.org', []);
  expect([publicUrl, onlyThisComputer]).toEqual(['https://game.example.org', false]);
});
