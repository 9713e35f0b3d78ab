const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When a share link may end: the choices of the form. Milliseconds from now; undefined for never, `chosen` for a time of one's own. */
export const EXPIRIES = [
  { value: 'never', label: 'Never', after: undefined },
  { value: 'hour', label: 'In an hour', after: HOUR },
  { value: 'day', label: 'In a day', after: DAY },
  { value: 'week', label: 'In a week', after: 7 * DAY },
  { value: 'month', label: 'In 30 days', after: 30 * DAY },
  { value: 'chosen', label: 'At a time of your choice…', after: undefined },
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
  if (Number.isNaN(at)) return { problem: 'Say when the link shall end.' };
  return at <= now ? { problem: 'The end must lie in the future.' } : { at };
}

/** A moment as a `datetime-local` field has it, in local time and whole minutes. */
export function fieldTime(time: number): string {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** When a link ends or ended, in words. */
export function endWords(expiresAt: number | undefined, now: number, locale?: string): string {
  if (expiresAt === undefined) return 'never ends';
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(expiresAt);
  return expiresAt <= now ? `ended ${time}` : `ends ${time}`;
}
