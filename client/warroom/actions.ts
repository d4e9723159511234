/** Every place and action that the palette reaches. */
import type { SeatView } from '@chaotic-good/engine/protocol/views';
import { ROLE_SHORT } from '../lobby/role-guide.ts';
import { askForNotices, noticePermission } from '../state/desktop-notices.ts';
import { openThing } from '../drawer/open-thing.ts';
import type { RoomState } from '../state/room.svelte.ts';
import { roomAddress, watchAddress } from '../state/address.ts';
import { calmState } from '../state/calm-state.ts';
import { mayTakeOver } from '../state/may-take-over.ts';
import type { Route } from '../state/route.svelte.ts';
import { teamActions } from './team-actions.ts';
import type { Settings } from '../state/settings.svelte.ts';

/** Something that can be chosen. */
export type Action = { group: string; label: string; keys?: string; run: () => void };

/** What actions need besides the room. */
export type ActionPorts = {
  route: Route;
  settings: Settings;
  declare: () => void;
  end: () => void;
  help: () => void;
  seats: () => void;
  acknowledge: () => void;
};

/** Teammates who are here; a replay looks with their eyes instead. */
function others({ view, seat, isReplay }: RoomState): SeatView[] {
  return isReplay ? [] : (view?.seats ?? []).filter((one) => one.connected && one.seat !== seat);
}

function places(room: RoomState, route: Route): Action[] {
  const { code } = room;
  const group = 'Go to';
  const to = (tab: string) => () => route.go(roomAddress(code, tab));
  return [
    { group, label: 'Overview', keys: 'g o', run: to('overview') },
    { group, label: 'Logs', keys: 'g l', run: to('logs') },
    { group, label: 'Terminal 1', keys: 'g t', run: to('terminal-1') },
    { group, label: 'Terminal 2', run: to('terminal-2') },
    ...others(room).map(({ seat, name }) => ({
      group,
      label: `Terminal of ${name}, to look on`,
      run: () => {
        room.presence.follow(seat);
        to('team')();
      },
    })),
    { group, label: 'Watch link, for an audience', run: () => void open(watchAddress(code), '_blank') },
    { group, label: 'Start page', run: () => route.go('#/') },
  ];
}

function things(room: RoomState, route: Route): Action[] {
  return room.system.worstFirst.map(({ id, name, kind, why }) => ({
    group: 'Pods and nodes',
    label: `Charts of ${kind} ${name}${why === '' ? '' : ` (${why})`}`,
    run: () => route.go(roomAddress(room.code, 'overview', { focus: id })),
  }));
}

/** The panel of everything that has one. */
function facts(room: RoomState, route: Route): Action[] {
  const pods = room.system.pods.map(({ id }) => id);
  return [...(room.info?.components ?? []), ...pods].map((id) => ({
    group: 'Facts and actions',
    label: `Facts of ${id}`,
    run: () => openThing(route, id),
  }));
}

/** A ranked game has one clock for all; elsewhere it is the host's. */
function clockActions(room: RoomState): Action[] {
  if (room.view?.rules.mode === 'ranked') return [];
  const group = 'Host';
  const paused = room.view?.phase === 'paused';
  return [
    paused
      ? { group, label: 'Resume the clock', run: () => void room.do({ type: 'Resume' }, 'Resume') }
      : { group, label: 'Pause the clock', run: () => void room.do({ type: 'Pause' }, 'Pause') },
    ...[0.5, 1, 2, 4].map((speed) => ({
      group,
      label: `Speed ${speed}×`,
      run: () => void room.do({ type: 'SetSpeed', speed }, `Speed ${speed}×`),
    })),
    {
      group,
      label: 'Five more minutes',
      run: () => void room.do({ type: 'ExtendTime', seconds: 300 }, 'Five more minutes'),
    },
  ];
}

/** What only the host does. */
function hostActions(room: RoomState, end: () => void): Action[] {
  if (!room.me?.host) return [];
  const group = 'Host';
  const locked = room.view?.locked === true;
  const label = locked
    ? 'Open the room: whoever has the code may join'
    : 'Lock the room: nobody new may join';
  const lock = () => void room.do({ type: 'LockRoom', locked: !locked }, label.split(':')[0]);
  return [
    ...clockActions(room),
    { group, label, run: lock },
    { group, label: 'End the game for everyone', run: end },
  ];
}

/** What is to be done now and at no other time: the end of the calm, roles of those who are away. */
function momentActions(room: RoomState): Action[] {
  const { view, me } = room;
  if (view === null || me?.kind !== 'player') return [];
  const group = 'Do';
  const ready = () => void room.do({ type: 'ReadyForTrouble' }, 'Ready for trouble');
  const { waitsForMe } = calmState(view, me.seat);
  return [
    ...(waitsForMe ? [{ group, label: 'Ready for trouble', run: ready }] : []),
    ...view.seats
      .filter((seat) => mayTakeOver(seat, me))
      .map(({ seat, name, roles }) => {
        const label = `Take over as ${ROLE_SHORT[roles[0]]} from ${name}`;
        return { group, label, run: () => void room.do({ type: 'TakeRole', seat }, label) };
      }),
  ];
}

/** Notifications of the desktop, for those who were not in the lobby; absent where nothing can be done. */
function noticeActions(settings: Settings): Action[] {
  const group = 'This screen';
  const permission = noticePermission();
  if (permission === 'absent' || permission === 'blocked') return [];
  if (permission === 'allowed' && settings.notify) {
    return [{ group, label: 'Stop notifications', run: () => (settings.notify = false) }];
  }
  const run = () => {
    settings.notify = true;
    void askForNotices();
  };
  return [{ group, label: 'Notify me when a page comes while this tab is hidden', run }];
}

/** All of them, in the order of the list. */
export function allActions(room: RoomState, ports: ActionPorts): Action[] {
  const { route, settings } = ports;
  const group = 'Do';
  const doing: Action[] = [
    { group, label: 'Declare the incident', run: ports.declare },
    { group, label: 'Acknowledge the newest page', keys: 'a', run: ports.acknowledge },
    { group, label: 'Seats: who is here, another name, another device', run: ports.seats },
    { group, label: 'Keys', keys: '?', run: ports.help },
  ];
  const preferences: Action[] = [
    { group: 'This screen', label: 'Dark colours', run: () => (settings.theme = 'dark') },
    { group: 'This screen', label: 'Light colours', run: () => (settings.theme = 'light') },
    { group: 'This screen', label: 'Colours of the system', run: () => (settings.theme = 'system') },
    {
      group: 'This screen',
      label: settings.letterKeys ? 'Switch single-letter keys off' : 'Switch single-letter keys on',
      run: () => (settings.letterKeys = !settings.letterKeys),
    },
    {
      group: 'This screen',
      label: settings.sound ? 'Mute pages' : 'Sound when a page comes',
      run: () => (settings.sound = !settings.sound),
    },
    ...noticeActions(settings),
  ];
  if (room.isReplay)
    return [
      ...places(room, route).filter(({ label }) => !label.startsWith('Watch')),
      ...preferences,
      ...things(room, route),
      ...facts(room, route),
    ];
  return [
    ...places(room, route),
    ...momentActions(room),
    ...doing,
    ...teamActions(room, route),
    ...hostActions(room, ports.end),
    ...preferences,
    ...things(room, route),
    ...facts(room, route),
  ];
}
