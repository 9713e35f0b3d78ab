import { readValues, type SettingValues } from './setting-values.ts';

/** The key in `localStorage` under which the id of the person stands who was here last. */
const LAST = 'weft-settings-of';

/** The key in `localStorage` under which a person's settings stand. */
export function keyOf(person: string): string {
  return `weft-settings ${person}`;
}

/** Who was here last; undefined if nobody, or if the browser keeps nothing. */
export function lastPerson(): string | undefined {
  return attempt(() => localStorage.getItem(LAST)) ?? undefined;
}

/** The settings that this browser keeps for somebody; the defaults if there are none. */
export function keptSettings(person: string | undefined): SettingValues {
  return readValues(person === undefined ? undefined : attempt(() => localStorage.getItem(keyOf(person))));
}

export function keepSettings(person: string, values: SettingValues): void {
  attempt(() => localStorage.setItem(keyOf(person), JSON.stringify(values)));
}

/** From now on the page begins with the settings of this person. */
export function keepPerson(person: string): void {
  attempt(() => localStorage.setItem(LAST, person));
}

/** Browsers may refuse storage; settings are of this tab alone then. */
function attempt<Result>(access: () => Result): Result | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
