import { existsSync } from 'node:fs';
import { parseConfig, type Config } from '../setup/config.ts';
import { unknownSettings } from '../setup/settings.ts';

export interface GivenSettings {
  readonly config: Config;
  /** Names in the environment that look like settings and are none. */
  readonly unknown: readonly string[];
}

/** The settings: the file `.env`, over it the environment, over that what the command line gives by name. Throws ConfigError. */
export function readSettings(given: Readonly<Record<string, unknown>>): GivenSettings {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const options = Object.entries(given).filter(([, value]) => typeof value === 'string' && value !== '');
  const environment = { ...process.env, ...(Object.fromEntries(options) as Record<string, string>) };
  return { config: parseConfig(environment), unknown: unknownSettings(environment) };
}
