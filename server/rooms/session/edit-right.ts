import { isAllowed, MESSAGES } from '../../access/permissions.ts';
import type { Requester } from '../../access/requester.ts';
import type { Room } from '../room/room.ts';

const EXPIRED = { code: 'unauthenticated', message: 'Your token has expired' } as const;
const NOT_ALLOWED = { code: 'forbidden', message: 'Your role may not edit' } as const;

/** Why somebody in a room may not edit now, in clock milliseconds; undefined where they may. Asked when a submission is sequenced. */
export function whyNotEdit(
  room: Pick<Room, 'roleOf'>,
  requester: Requester,
  now: number,
): typeof EXPIRED | typeof NOT_ALLOWED | undefined {
  if (requester.token !== undefined && requester.token.countsUntil <= now) return EXPIRED;
  return isAllowed(MESSAGES.submit, room.roleOf(requester)) ? undefined : NOT_ALLOWED;
}
