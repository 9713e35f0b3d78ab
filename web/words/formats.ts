import { currentLocale } from './words.ts';

/*
 * Times, numbers and lists as the chosen language writes them. Times are milliseconds since 1970. Formats are kept, because
 * making one takes as long as a hundred uses.
 */
const kept = new Map<string, unknown>();

function format<Format>(kind: string, make: (locale: string) => Format): Format {
  const locale = currentLocale();
  const key = `${kind} ${locale}`;
  const found = (kept.get(key) as Format | undefined) ?? make(locale);
  kept.set(key, found);
  return found;
}

/** 1,234 */
export function inDigits(value: number): string {
  return format('number', (locale) => new Intl.NumberFormat(locale)).format(value);
}

/** "Ada, Mina and Jonas" */
export function inList(names: readonly string[]): string {
  return format('list', (locale) => new Intl.ListFormat(locale)).format(names);
}

/** "Ada, Mina or Jonas" */
export function inAlternatives(names: readonly string[]): string {
  return format('alternatives', (locale) => new Intl.ListFormat(locale, { type: 'disjunction' })).format(names);
}

/** 14:02 */
export function timeOfDay(at: number): string {
  const options = { hour: 'numeric', minute: '2-digit' } as const;
  return format('time', (locale) => new Intl.DateTimeFormat(locale, options)).format(at);
}

/** 3 March, 14:02, with the year. */
export function dateAndTime(at: number): string {
  const options = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return format('date and time', (locale) => new Intl.DateTimeFormat(locale, options)).format(at);
}

/** What is made of parts, as the beginning of a line: "Can read · never ends". */
export function atLineStart(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(currentLocale()) + text.slice(first.length);
}

/** When something happened: today its time, in the last week its day, then its date: 14:02, Wednesday, 3 March, 3 March 2024. */
export function timeOrDay(at: number, now: number): string {
  const [day, today] = [midnightOf(at), midnightOf(now)];
  if (day === today) return timeOfDay(at);
  const age = Math.round((today - day) / DAY);
  if (age > 0 && age < 7)
    return format('weekday', (locale) => new Intl.DateTimeFormat(locale, { weekday: 'long' })).format(at);
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const);
  const options = { day: 'numeric', month: 'long', ...year } as const;
  return format(`date ${'year' in options}`, (locale) => new Intl.DateTimeFormat(locale, options)).format(at);
}

/** November, or December 2025 of another year than `now`. */
export function monthOf(at: number, now: number): string {
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const);
  const options = { month: 'long', ...year } as const;
  return format(`month ${'year' in options}`, (locale) => new Intl.DateTimeFormat(locale, options)).format(at);
}

/** 30 November 2026 */
export function dateInWords(at: number): string {
  return format('date', (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' })).format(at);
}

/** The form of a word for a number of things, by the plural rules of English or another language: `#` becomes the number. */
export function counted(
  count: number,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string },
): string {
  const rule = format('plural', (locale) => new Intl.PluralRules(locale)).select(count);
  return (forms[rule] ?? forms.other).replaceAll('#', inDigits(count));
}

const DAY = 86_400_000;

function midnightOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
