/** One attack, a process of its own, so that what it does costs nobody who is measured: `attacker-process.ts NAME {target}`. */
import { constants, setPriority } from 'node:os';
import type { Facts, Target } from './attack.ts';
import { attackNamed } from './attacks.ts';

/** What the attacker tells. */
export type AttackerReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly facts: Facts }
  | { readonly kind: 'failed'; readonly reason: string };

const tell = (report: AttackerReport): void => void process.send?.(report);

// Attackers have machines of their own. Here they share a core with those who are measured, and take what these leave.
setPriority(constants.priority.PRIORITY_LOW);

try {
  const attack = await attackNamed(process.argv[2] ?? '').prepare(JSON.parse(process.argv[3] ?? '') as Target);
  process.once('message', () => {
    attack().then((facts) => tell({ kind: 'done', facts }), fail);
  });
  tell({ kind: 'ready' });
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  tell({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
