/**
 * Serves the built client: files named by their content are kept for ever, the page itself is asked for each
 * time, and every address without a file gets the page, because the page knows its addresses.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Application } from 'express';
import express from 'express';

const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';
const NOT_BUILT =
  'The server runs, but its pages have not been built. npm start does it; so does npm run build -w client.\n';

/** Adds the pages. */
export function serveClient(app: Application, folder: string): void {
  const page = join(folder, 'index.html');
  // What somebody types with the remote control of a screen.
  app.get(['/wall', '/wall/:code'], (request, response) => {
    const code = String(request.params.code ?? '');
    response.redirect(302, `/#/wall/${encodeURIComponent(code)}`);
  });
  app.use(
    express.static(folder, {
      index: false,
      redirect: false,
      setHeaders: (response, path) => {
        const named = path.startsWith(join(folder, 'assets'));
        response.setHeader('cache-control', named ? FOR_EVER : ASK_AGAIN);
      },
    }),
  );
  app.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    // A file that is asked for by name and is not there is not there.
    if (/\.[a-z0-9]{1,6}$/i.test(request.path))
      return void response.status(404).type('text').send('Not found\n');
    if (!existsSync(page)) return void response.status(503).type('text').send(NOT_BUILT);
    response.setHeader('cache-control', ASK_AGAIN);
    response.sendFile(page);
  });
}
