import { expect, it } from 'vitest';
import { CallQueue } from './thread-messages.ts';
import type { CallName } from './store-calls.ts';

function queueOf(...names: CallName[]): CallQueue {
  const queue = new CallQueue();
  for (const [id, name] of names.entries()) queue.add({ id, name, args: [] });
  return queue;
}

function namesOf(queue: CallQueue): string[] {
  const names: string[] = [];
  for (let call = queue.next(); call !== undefined; call = queue.next()) names.push(`${call.name} ${call.id}`);
  return names;
}

it('lets commits go before long reads, and keeps the order of each', () => {
  const queue = queueOf('changesAfter', 'append', 'load', 'findDocument', 'append');
  expect(namesOf(queue)).toEqual(['append 1', 'findDocument 3', 'append 4', 'changesAfter 0', 'load 2']);
});

it('lets lists go before searches', () => {
  const queue = new CallQueue();
  for (const [id, words] of [['word'], undefined, ['other'], []].entries()) {
    const query = { show: 'all', limit: 9, now: 0, ...(words && { words }) };
    queue.add({ id, name: 'listDocuments', args: ['user', query] });
  }
  const names = ['listDocuments 1', 'listDocuments 3', 'listDocuments 0', 'listDocuments 2'];
  expect(namesOf(queue)).toEqual(names);
});

it('lets no long call wait for ever', () => {
  const queue = queueOf('load', ...Array.from({ length: 40 }, (): CallName => 'append'), 'textAt');
  const names = namesOf(queue);
  expect(names.indexOf('load 0')).toBe(16);
  expect(names.indexOf('textAt 41')).toBe(33);
});

it('closes after everything else', () => {
  const queue = queueOf('close', ...Array.from({ length: 40 }, (): CallName => 'append'));
  expect(namesOf(queue).at(-1)).toBe('close 0');
});
