import { readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { PasswordQueue, PasswordThread } from './password-queue.ts';

const LIMITS = { passwordQueue: 4, passwordsPerMinute: 60 };
const never = new AbortController().signal;

function queue(limits: Partial<typeof LIMITS> = {}) {
  const clock = new ManualClock();
  const passwords = new PasswordQueue({ ...LIMITS, ...limits }, clock);
  const done: string[] = [];
  /** Hashes for somebody, and notes when it is done. */
  const hash = (name: string, source: string, signal = never) =>
    passwords.hash('secret', { source, signal }).then(() => void done.push(name));
  return { clock, passwords, done, hash };
}

it('N4 FH15 hashes one password at a time, and networks take turns', async () => {
  const { done, hash } = queue({ passwordQueue: 5 });
  await Promise.all([
    ...['a1', 'a2', 'a3'].map((name) => hash(name, '192.0.2.1')),
    hash('b1', '192.0.2.2'),
    hash('c1', '2001:db8::1'),
  ]);
  // The first began before there was anybody else.
  expect(done).toEqual(['a1', 'a2', 'b1', 'c1', 'a3']);
});

it('N4 FH15 hashes nothing for whoever has gone, and gives their place to others', async () => {
  const { done, hash } = queue();
  const gone = new AbortController();
  const first = hash('first', '192.0.2.1');
  const dropped = Array.from({ length: 4 }, (_, at) => hash(`dropped ${at}`, '192.0.2.1', gone.signal));
  await expect(hash('one too many', '192.0.2.2')).rejects.toMatchObject({ code: 'rate_limited' });
  gone.abort(new Error('gone'));
  for (const each of dropped) await expect(each).rejects.toThrow('gone');
  const last = hash('last', '192.0.2.2');
  await expect(hash('too late', '192.0.2.1', gone.signal)).rejects.toThrow('gone');
  await Promise.all([first, last]);
  expect(done).toEqual(['first', 'last']);
});

it('N4 FH15 takes so many per minute from one network, right ones too, and others untouched', async () => {
  const { clock, passwords } = queue({ passwordsPerMinute: 1 });
  const check = (source: string) => passwords.check('x', 'scrypt$2$1$1$c2FsdA$AAAA', { source, signal: never });
  expect(await check('2001:db8:0:0')).toBe(false);
  await expect(check('2001:db8:0:0')).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 60_000 });
  expect(await check('192.0.2.1')).toBe(false);
  clock.advance(60_000);
  expect(await check('2001:db8:0:0')).toBe(false);
});

it('N4 goes on after a hash that is none', async () => {
  const { passwords } = queue();
  await expect(passwords.check('x', 'no hash', { source: '', signal: never })).rejects.toThrow('no hash');
  expect(await passwords.hash('x', { source: '', signal: never })).toContain('scrypt');
});

/** How many threads of this process wait behind those of the usual nice value, by Linux. */
function threadsBehind(): number {
  const usual = getPriority();
  const threads = readdirSync('/proc/self/task').map(Number);
  return threads.filter((thread) => getPriority(thread) > usual).length;
}

it('N4 hashes and checks passwords in a thread of its own, and says what is no hash', async () => {
  const thread = new PasswordThread();
  const hash = await thread.hash('pässword');
  expect(await thread.check('pa\u0308ssword', hash)).toBe(true);
  expect(await thread.check('password', hash)).toBe(false);
  await expect(thread.check('password', 'no hash')).rejects.toThrow('no hash');
  expect(await thread.check('pässword', hash)).toBe(true);
});

it.runIf(process.platform === 'linux')('N4 FH15 lets every other thread go before it', async () => {
  const before = threadsBehind();
  await new PasswordThread().hash('x');
  expect(threadsBehind()).toBe(before + 1);
});
