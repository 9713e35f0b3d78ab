import { expect, test } from 'vitest';
import { replay } from './replay.ts';
import { readTrace } from './trace.ts';

test('259,778 real keystrokes arrive through a real server, and a reader has the same text', async () => {
  const trace = readTrace('bench/traces/automerge-paper.json.gz');
  const result = await replay(trace, { clients: 2, title: 'automerge-paper' });
  expect(result.edits).toBe(259_778);
  expect(result.agrees).toBe(true);
  expect(result.text).toBe(trace.endContent);
}, 240_000);

test('two people who typed at once are replayed by two sessions with what each had seen', async () => {
  const trace = readTrace('bench/traces/concurrent-friendsforever.json.gz');
  const result = await replay(trace, { clients: 2, title: 'friendsforever' });
  expect(result.edits).toBe(26_078);
  expect(result.agrees).toBe(true);
  // Nothing in this trace was typed at one place by both at once, so the tie-break of the product does not show.
  expect(result.text).toBe(trace.endContent);
  expect(result.exact).toBeGreaterThan(result.edits / 3);
}, 240_000);
