import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** Where the game server listens while the page is developed against it. */
const SERVER = process.env.SERVER_URL ?? 'http://127.0.0.1:2567';

/** The build that the server serves; `--mode replay` also plays recorded incidents, for the tests. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: './',
  plugins: [svelte()],
  build: {
    outDir: mode === 'replay' ? 'e2e/dist' : 'dist',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 900,
    // How long plugins took says nothing to whoever starts a server.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: {
    proxy: {
      '/api': SERVER,
      '/matchmake': SERVER,
      // Sockets of rooms, and of spectators.
      '^/[\\w-]+/[\\w-]+\\?sessionId=': { target: SERVER, ws: true },
      '/socket.io': { target: SERVER, ws: true },
    },
  },
}));
