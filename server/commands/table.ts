import type { Command } from './command.ts';

interface Entry {
  /** One line for the list of commands. */
  readonly summary: string;
  /** A command is loaded when it is called; most need no server, and none needs all of it. */
  readonly load: () => Promise<Command>;
}

/** Every command by its name, in the order in which help lists them. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  serve: {
    summary: 'starts the server; what happens without a command',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  backup: {
    summary: 'copies all documents to a file, beside a running server too',
    load: async () => (await import('./backup.ts')).backupCommand,
  },
  restore: {
    summary: 'puts a backup in the place of the documents',
    load: async () => (await import('./restore.ts')).restoreCommand,
  },
  compact: {
    summary: 'makes the history of all documents small',
    load: async () => (await import('./compact.ts')).compactCommand,
  },
  verify: {
    summary: 'reads everything and says what is damaged',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  stats: {
    summary: 'counts documents, changes and bytes',
    load: async () => (await import('./stats.ts')).statsCommand,
  },
  token: {
    summary: 'signs a token that tells who somebody is',
    load: async () => (await import('./token.ts')).tokenCommand,
  },
};

const NAME_WIDTH = Math.max(...Object.keys(COMMANDS).map((name) => name.length)) + 2;

export const USAGE = `Weft, collaborative documents that you host yourself

Usage: weft [COMMAND] [options]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(NAME_WIDTH)}${summary}`)
  .join('\n')}

  --help      this text; behind a command, its options
  --version   the version

All settings are described in docs/configuration.md.`;
