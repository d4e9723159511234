/** Reads what a client sent. Whatever it is, the answer is a message or a sentence; nothing is thrown. */
import type { ClientMessage } from '@chaotic-good/engine/protocol/wire';
import { clientMessageSchema } from './client-message-schema.ts';

/** Longest message, characters. */
const MESSAGE_CHARACTERS_MAX = 65_536;
/** Nesting and number of values that a message may have. */
const DEPTH_MAX = 32;
const VALUES_MAX = 5000;
/** Members that no object may have: they mean something to JavaScript itself. */
const FORBIDDEN_MEMBERS = ['__proto__', 'prototype', 'constructor'];

/** A message, or what is wrong with it and which command it was, '' if that is not to be seen. */
export type ReadMessage =
  { ok: true; message: ClientMessage } | { ok: false; sentence: string; commandId: string };

/** Looks at all values of parsed JSON, breadth first, so that depth costs no stack. */
function isTame(value: unknown): boolean {
  let level = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return false;
    const below: unknown[] = [];
    for (const one of level) {
      if (++values > VALUES_MAX) return false;
      if (typeof one !== 'object' || one === null) continue;
      if (Object.keys(one).some((key) => FORBIDDEN_MEMBERS.includes(key))) return false;
      for (const member of Object.values(one)) below.push(member);
    }
    level = below;
  }
  return true;
}

function commandIdOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const { commandId } = value as { commandId?: unknown };
  return typeof commandId === 'string' ? commandId.slice(0, 64) : '';
}

/** Reads a text. */
export function readClientMessage(payload: unknown): ReadMessage {
  const refuse = (sentence: string, commandId = ''): ReadMessage => ({ ok: false, sentence, commandId });
  if (typeof payload !== 'string') return refuse('A message is one JSON text.');
  if (payload.length > MESSAGE_CHARACTERS_MAX) return refuse('This message is too long. Shorten it.');
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return refuse('This message is no JSON. Reload the page.');
  }
  if (!isTame(value)) return refuse('This message is too deep, too large or oddly named.');
  const parsed = clientMessageSchema.safeParse(value);
  if (parsed.success) return { ok: true, message: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue.path.length === 0 ? '' : ` at ${issue.path.join('.').slice(0, 100)}`;
  return refuse(`This message was not understood${where}. Reload the page.`, commandIdOf(value));
}
