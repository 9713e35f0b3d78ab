import type { CallMessage, ConnectMessage, FrameOptions } from './frame-messages.ts';

/* What comes from the page around a frame is looked at before it is used: it may be anything. */

export function isConnect(data: unknown): data is ConnectMessage {
  return isRecord(data) && data['type'] === 'weft-connect' && data['protocol'] === 1;
}

export function isCall(data: unknown): data is CallMessage {
  if (!isRecord(data) || typeof data['call'] !== 'string') return false;
  const { id, args } = data;
  return (typeof id === 'number' || typeof id === 'string') && (args === undefined || Array.isArray(args));
}

const TEXTS = ['mode', 'theme', 'lang', 'presence', 'toolbar', 'status', 'placeholder'] as const;
const FLAGS = ['readonly', 'lineNumbers', 'autofocus', 'tellsHeight'] as const;

/** The options that are ones; anything else is left out. */
export function optionsOf(given: unknown): FrameOptions {
  if (!isRecord(given)) return {};
  const found: Record<string, unknown> = {};
  for (const name of TEXTS) if (typeof given[name] === 'string') found[name] = given[name];
  for (const name of FLAGS) if (typeof given[name] === 'boolean') found[name] = given[name];
  const { token, user, link, maxlength } = given;
  if (token === true || typeof token === 'string') found['token'] = token;
  if (typeof maxlength === 'number') found['maxlength'] = maxlength;
  if (isRecord(user) && typeof user['name'] === 'string')
    found['user'] = { name: user['name'], ...(typeof user['color'] === 'string' && { color: user['color'] }) };
  if (isRecord(link) && typeof link['secret'] === 'string')
    found['link'] = {
      secret: link['secret'],
      ...(typeof link['password'] === 'string' && { password: link['password'] }),
    };
  return found;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
