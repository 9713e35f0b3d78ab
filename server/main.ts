#!/usr/bin/env node
/** The command line: `weft [COMMAND] [options]`. Finds the command, reads its options, runs it, and exits with its code. */
import { parseArgs } from 'node:util';
import { isOutOfFiles, openFilesLimit, outOfFiles } from './limits/open-files.ts';
import type { Arguments, Command } from './commands/command.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Weft needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

// A closed pipe or terminal (`weft serve | head -1`) or a full disk must not end the process.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

// Loaded only now, so that an old Node reports the reason above and no syntax error.
const [{ COMMANDS, USAGE }, { CommandError, explanation }, { weftVersion }] = await Promise.all([
  import('./commands/table.ts'),
  import('./commands/command.ts'),
  import('./setup/installation.ts'),
]).catch(endWithoutFiles);

try {
  const exitCode = await main(process.argv.slice(2));
  if (exitCode !== undefined) process.exitCode = exitCode;
} catch (error) {
  if (isOutOfFiles(error)) endWithoutFiles(error);
  console.error(explanation(error));
  process.exit(error instanceof CommandError ? error.exitCode : 1);
}

async function main(given: readonly string[]): Promise<number | undefined> {
  const [first = ''] = given;
  if (['--help', '-h', 'help'].includes(first)) return say(USAGE);
  if (['--version', '-v'].includes(first)) return say(weftVersion());
  const isNamed = first !== '' && !first.startsWith('-');
  const name = isNamed ? first : 'serve';
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) throw new CommandError(`Weft has no command "${name}".\n\n${USAGE}`, 2);
  const command = await entry.load();
  const { options, words } = readArguments(isNamed ? given.slice(1) : given, command.usage, command.options);
  if (options['help'] === true) return say(command.usage);
  if (words.length !== command.words) {
    const wanted = command.words === 0 ? 'no other words' : `${command.words} word${command.words === 1 ? '' : 's'}`;
    throw new CommandError(`weft ${name} takes ${wanted}.\n\n${command.usage}`, 2);
  }
  return command.run({ options, words });
}

function readArguments(args: readonly string[], usage: string, taken: Command['options']): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...taken, help: { type: 'boolean', short: 'h' } },
    });
    return { options: values, words: positionals };
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${usage}`, 2);
  }
}

/** Explains EMFILE; Node opens the files of a program by the dozen at once. */
function endWithoutFiles(error: unknown): never {
  if (!isOutOfFiles(error)) throw error;
  console.error(outOfFiles(openFilesLimit()));
  process.exit(1);
}

function say(text: string): 0 {
  console.log(text);
  return 0;
}
