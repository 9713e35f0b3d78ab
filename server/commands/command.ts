import { existsSync } from 'node:fs';
import type { ParseArgsConfig } from 'node:util';
import { ConfigError, parseConfig, type Config } from '../setup/config.ts';
import { formerSettings, unknownSettings } from '../setup/settings.ts';
import { StoreError } from '../stores/store-error.ts';

/** The arguments after a command's name: options by name, and the other words. */
export interface Arguments {
  readonly options: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly words: readonly string[];
}

/**
 * One command of the command line, in a file of its own. `--help` is handled before `run`. Errors that the user can fix are thrown
 * as CommandError, ConfigError or StoreError.
 */
export interface Command {
  /** What `weft NAME --help` prints: the call, what it does, its options. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Number of words that it takes beside its options. */
  readonly words: number;
  /** Resolves with the exit code; undefined if the process goes on and ends itself. */
  run(given: Arguments): Promise<number | undefined>;
}

/** The command cannot be carried out; the message says why and what to do. */
export class CommandError extends Error {
  /** 1: it failed; 2: it was called wrongly. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** The text that is printed for an error: what is wrong, and for an unexpected error its stack trace. */
export function explanation(error: unknown): string {
  if (error instanceof ConfigError) return `The settings need mending:\n${error.message}`;
  if (error instanceof CommandError || error instanceof StoreError) return error.message;
  if (!(error instanceof Error)) return `Weft failed: ${String(error)}`;
  // A system error: a file that cannot be read, a full disk.
  return 'syscall' in error ? error.message : `Weft failed: ${error.stack}`;
}

/** What the settings of a command are, and what is odd about where they came from. */
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
