import { existsSync } from 'node:fs';
import { parseConfig, type Config } from '../setup/config.ts';
import { formerSettings, unknownSettings } from '../setup/settings.ts';

export interface GivenSettings {
  readonly config: Config;
  /** Names in the environment that look like settings and are none. */
  readonly unknown: readonly string[];
  /** Former names that the environment uses, and what they are called now. */
  readonly former: ReturnType<typeof formerSettings>;
}

/** The settings: the command line (`given`) wins over the environment, and that over the file `.env`. Throws ConfigError. */
export function readSettings(given: Readonly<Record<string, unknown>>): GivenSettings {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const options = Object.entries(given).filter(([, value]) => typeof value === 'string' && value !== '');
  const environment = { ...process.env, ...(Object.fromEntries(options) as Record<string, string>) };
  return {
    config: parseConfig(environment),
    unknown: unknownSettings(environment),
    former: formerSettings(environment),
  };
}
