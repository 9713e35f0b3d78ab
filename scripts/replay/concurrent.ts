import type { Edit } from '../../shared/text/edit.ts';
import { difference } from '../../shared/text/difference.ts';
import { transform } from '../../shared/text/transform.ts';
import type { Transport } from '../../shared/client/transport/transport.ts';
import { Branches } from './branches.ts';
import type { Pace } from './pace.ts';
import type { Trace } from './trace.ts';
import { Typist } from './typist.ts';

/** Unsent keystrokes that one author may have before the other waits for the network as well. */
const MAX_UNSENT = 500;

export interface ConcurrentResult {
  /** What each author has in the end. */
  readonly texts: readonly string[];
  /** Transactions typed on exactly the text that the trace's author had in front of them. */
  readonly exact: number;
}

/**
 * Has two sessions type a concurrent trace: nobody types a transaction before its parents have arrived, and what came later is
 * kept back. Where more has arrived all the same, the transaction is carried over the difference.
 */
export async function replayConcurrently(
  trace: Trace,
  openTransport: () => Transport,
  pace: Pace,
): Promise<ConcurrentResult> {
  if (trace.agents !== 2) throw new Error(`The trace has ${trace.agents} authors; this replays two`);
  let wake = (): void => undefined;
  const typists = ['Ada', 'Ben'].map((name) => new Typist(name, openTransport(), () => wake()));
  const [first, second] = typists as [Typist, Typist];
  first.meet(second);
  second.meet(first);
  for (const { session } of typists) session.connect();
  await Promise.all(typists.map(({ session }) => session.whenReady()));

  const branches = new Branches(trace.agents);
  /** By author: what their session has beyond what the trace shows them, as an edit of the latter. */
  const extras: Edit[] = typists.map(() => []);
  let exact = 0;
  for (const transaction of trace.transactions) {
    const author = typists[transaction.agent]!;
    const due = transaction.seen[1 - transaction.agent]!;
    author.expect(due);
    while (author.received < due) {
      await new Promise<void>((resolve) => (wake = resolve));
    }
    const branchMoved = branches.see(transaction.agent, transaction.seen);
    const sessionMoved = author.takeNews();
    // As long as neither hears anything new, what was equal stays equal.
    if (branchMoved || sessionMoved || extras[transaction.agent]!.length > 0) {
      extras[transaction.agent] = difference(branches.text(transaction.agent), author.session.text.toString());
    }
    const extra = extras[transaction.agent]!;
    if (extra.length === 0) exact += 1;
    author.type(transform(transaction.edit, extra, 'left'));
    branches.type(transaction);
    await pace.step();
    if (author.session.unsaved > MAX_UNSENT) {
      first.expect(second.typed);
      second.expect(first.typed);
      await author.session.whenSaved();
    }
  }

  first.expect(second.typed);
  second.expect(first.typed);
  while (first.received < second.typed || second.received < first.typed) {
    await new Promise<void>((resolve) => (wake = resolve));
  }
  await Promise.all(typists.map(({ session }) => session.whenSaved()));
  const texts = typists.map(({ session }) => session.text.toString());
  await Promise.all(typists.map(({ session }) => session.leave()));
  return { texts, exact };
}
