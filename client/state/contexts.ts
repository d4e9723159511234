/** What pages get by context instead of by name: one instance each, made by the shell or by a room's page. */
import { createContext } from 'svelte';
import type { Api } from '../net/api.ts';
import type { Clock } from './clock.svelte.ts';
import type { RoomState } from './room.svelte.ts';
import type { Route } from './route.svelte.ts';
import type { Settings } from './settings.svelte.ts';

/** The wall clock. */
export const [useClock, provideClock] = createContext<Clock>();
/** Preferences. */
export const [useSettings, provideSettings] = createContext<Settings>();
/** Where this person is. */
export const [useRoute, provideRoute] = createContext<Route>();
/** The room. */
export const [useRoom, provideRoom] = createContext<RoomState>();
/** Id of the finished game that is shown, '' when it has none of its own. */
export const [useGameId, provideGameId] = createContext<() => string>();
/** The server's HTTP API. */
export const [useApi, provideApi] = createContext<Api>();
