import type { ParseArgsConfig } from 'node:util';
import { ConfigError } from '../setup/config.ts';
import { StoreError } from '../stores/store-error.ts';

/** What was typed behind a command's name: options by name, and the other words. */
export interface Arguments {
  readonly options: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly words: readonly string[];
}

/**
 * A command of the command line, one per file of this folder. `--help` is everybody's and never reaches `run`. What somebody who
 * runs it can mend is thrown as CommandError, ConfigError or StoreError.
 */
export interface Command {
  /** What `weft NAME --help` prints: the call, what it does, its options. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** How many words it needs beside its options. */
  readonly words: number;
  /** Resolves with the exit code; undefined where the process goes on and ends itself. */
  run(given: Arguments): Promise<number | undefined>;
}

/** What the command line was asked for cannot be done; the message says why and what to do. */
export class CommandError extends Error {
  /** 1: it failed; 2: it was called in a wrong way. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** What somebody at the command line reads of an error: what is wrong, or for one that only a developer understands, where. */
export function explanation(error: unknown): string {
  if (error instanceof ConfigError) return `The settings need mending:\n${error.message}`;
  if (error instanceof CommandError || error instanceof StoreError) return error.message;
  if (!(error instanceof Error)) return `Weft failed: ${String(error)}`;
  // Of the system: a file that cannot be read, a disk that is full.
  return 'syscall' in error ? error.message : `Weft failed: ${error.stack}`;
}
