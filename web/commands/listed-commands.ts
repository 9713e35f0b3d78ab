import { COMMAND_GROUPS, type Command } from '../app/commands.svelte.ts';
import { fitOf } from './matching.ts';

/** Commands under one heading. */
export interface CommandSection {
  readonly group: 'recent' | (typeof COMMAND_GROUPS)[number];
  readonly commands: readonly Command[];
}

/** How many of those used last are listed before the others. */
const RECENT = 4;

/**
 * The commands that fit what was typed, those that fit best first, and the group with the best one first. Without a word typed
 * all of them, those used last (`recent`, ids) first.
 */
export function listedCommands(
  commands: readonly Command[],
  typed: string,
  recent: readonly string[],
): readonly CommandSection[] {
  // The list itself is no entry of the list.
  const others = commands.filter(({ id }) => id !== 'commands');
  return typed.trim() === '' ? allOf(others, recent) : fitting(others, typed, recent);
}

function allOf(commands: readonly Command[], recent: readonly string[]): CommandSection[] {
  const used = recent.flatMap((id) => commands.find((command) => command.id === id) ?? []).slice(0, RECENT);
  const rest = commands.filter((command) => !used.includes(command));
  return [{ group: 'recent', commands: used } as const, ...grouped(rest)].filter(
    (section) => section.commands.length > 0,
  );
}

function fitting(commands: readonly Command[], typed: string, recent: readonly string[]): CommandSection[] {
  const fits = new Map(commands.map((command) => [command, fitOf(typed, command.label(), command.also?.())]));
  // Of two that fit as well, the one used later.
  const rank = (command: Command): number => {
    const at = recent.indexOf(command.id);
    return fits.get(command)! + (at < 0 ? 0 : 1 - at / recent.length) / 2;
  };
  const found = commands.filter((command) => fits.get(command)! > 0).sort((one, other) => rank(other) - rank(one));
  const sections = grouped(found);
  return sections.sort((one, other) => rank(other.commands[0]!) - rank(one.commands[0]!));
}

function grouped(commands: readonly Command[]): CommandSection[] {
  return COMMAND_GROUPS.map((group) => ({
    group,
    commands: commands.filter((command) => (command.group ?? 'document') === group),
  })).filter((section) => section.commands.length > 0);
}
