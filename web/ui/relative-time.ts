import { partWords } from '../words/en/parts.ts';
import { currentLocale } from '../words/words.ts';

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** A time as people say it, "5 minutes ago"; a date once it is more than a week ago. Milliseconds since 1970. */
export function relativeTime(time: number, now: number): string {
  const locale = currentLocale();
  const age = now - time;
  if (age < 45_000) return partWords.justNow;
  if (age >= 7 * 86_400_000) {
    const isThisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
    const year = isThisYear ? {} : { year: 'numeric' as const };
    return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', ...year }).format(time);
  }
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (age >= size) return format.format(-Math.round(age / size), unit);
  }
  return format.format(-1, 'minute');
}
