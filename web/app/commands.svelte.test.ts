import { describe, expect, it, vi } from 'vitest';
import { Commands } from './commands.svelte.ts';

function press(commands: Commands, key: string): boolean {
  const held = { ctrlKey: true, metaKey: false, shiftKey: false, altKey: false, getModifierState: () => false };
  return commands.press({ key, code: `Key${key.toUpperCase()}`, ...held } as unknown as KeyboardEvent, 'page');
}

function print() {
  const run = vi.fn();
  return { run, offered: [{ id: 'print', label: () => 'Print', shortcut: 'print', run }] as const };
}

describe('a shortcut that is pressed before its command is offered', () => {
  it('is carried out once, when it is', () => {
    const [commands, { run, offered }] = [new Commands(), print()];
    commands.expectMore();
    expect(press(commands, 'p')).toBe(true);
    commands.offer([{ id: 'other', label: () => 'Other', run: vi.fn() }]);
    expect(run).not.toHaveBeenCalled();
    commands.offer(offered);
    commands.offer([{ id: 'more', label: () => 'More', run: vi.fn() }]);
    expect(run).toHaveBeenCalledOnce();
  });

  it('is the browser’s if nothing more is expected, here or any more', () => {
    const [commands, { run, offered }] = [new Commands(), print()];
    expect(press(commands, 'p')).toBe(false);
    const end = commands.expectMore();
    press(commands, 'p');
    end();
    expect(press(commands, 'p')).toBe(false);
    commands.offer(offered);
    expect(run).not.toHaveBeenCalled();
  });

  it('is the browser’s if no shortcut of ours has these keys, or what has them cannot be done now', () => {
    const commands = new Commands();
    commands.expectMore();
    expect(press(commands, 'l')).toBe(false);
    commands.offer([{ ...print().offered[0], isAvailable: () => false }]);
    expect(press(commands, 'p')).toBe(false);
  });

  it('is not meant any more after five seconds', () => {
    vi.useFakeTimers();
    const [commands, { run, offered }] = [new Commands(), print()];
    commands.expectMore();
    press(commands, 'p');
    vi.advanceTimersByTime(5_000);
    commands.offer(offered);
    expect(run).not.toHaveBeenCalled();
    vi.useRealTimers();
  });
});
