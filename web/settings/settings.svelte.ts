import { createContext } from 'svelte';
import { keepPerson, keepSettings, keptSettings, keyOf, lastPerson } from './kept-settings.ts';
import type { SettingValues } from './setting-values.ts';

export const [getSettings, setSettings] = createContext<Settings>();

/** The settings of the person who is here, the same in all their tabs. Until they are known, those of whoever was here last. */
export class Settings {
  #person = lastPerson();
  /** What was chosen before anybody was known. */
  #chosen: Partial<SettingValues> = {};
  #values = $state.raw(keptSettings(this.#person));

  get values(): SettingValues {
    return this.#values;
  }

  /** The server has said who is here. */
  belongTo(person: string): void {
    if (person === this.#person) return;
    this.#values = { ...keptSettings(person), ...this.#chosen };
    if (this.#person === undefined) keepSettings(person, this.#values);
    this.#chosen = {};
    this.#person = person;
    keepPerson(person);
  }

  change(values: Partial<SettingValues>): void {
    this.#values = { ...this.#values, ...values };
    if (this.#person === undefined) this.#chosen = { ...this.#chosen, ...values };
    else keepSettings(this.#person, this.#values);
  }

  /** Follows what is chosen in other tabs; returns the function that ends it. */
  listen(): () => void {
    const read = ({ key }: StorageEvent): void => {
      // Without a key everything was cleared.
      if (key !== null && (this.#person === undefined || key !== keyOf(this.#person))) return;
      this.#values = keptSettings(this.#person);
    };
    window.addEventListener('storage', read);
    return () => window.removeEventListener('storage', read);
  }
}
