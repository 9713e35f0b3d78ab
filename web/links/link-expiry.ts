import { dateAndTime } from '../words/formats.ts';
import { linkWords } from '../words/en/links.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When an invite link can end: the choices of the form. Milliseconds from now; undefined for never, `chosen` for a time of one's own. */
export const EXPIRIES = [
  { value: 'never', after: undefined },
  { value: 'hour', after: HOUR },
  { value: 'day', after: DAY },
  { value: 'week', after: 7 * DAY },
  { value: 'month', after: 30 * DAY },
  { value: 'chosen', after: undefined },
] as const;

export type Expiry = (typeof EXPIRIES)[number]['value'];

/** The moment of a choice, or what is wrong with it. `chosen`: as `datetime-local` fields have it, in local time. */
export function expiryTime(
  expiry: Expiry,
  chosen: string,
  now: number,
): { readonly at: number | undefined } | { readonly problem: string } {
  if (expiry !== 'chosen') {
    const { after } = EXPIRIES.find(({ value }) => value === expiry)!;
    return { at: after === undefined ? undefined : now + after };
  }
  const at = new Date(chosen).getTime();
  if (Number.isNaN(at)) return { problem: linkWords.noEnd };
  return at <= now ? { problem: linkWords.pastEnd } : { at };
}

/** A moment as a `datetime-local` field has it, in local time and whole minutes. */
export function fieldTime(time: number): string {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** When a link ends or ended, in words. */
export function endWords(expiresAt: number | undefined, now: number): string {
  if (expiresAt === undefined) return linkWords.neverEnds;
  const time = dateAndTime(expiresAt);
  return expiresAt <= now ? linkWords.endedOn(time) : linkWords.endsOn(time);
}
