import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { fold, replaceEdit, type Edit } from '../../shared/text/edit.ts';

/** One or more patches that one person made at once. */
export interface Transaction {
  readonly edit: Edit;
  /** Who typed it, from 0; always 0 in a sequential trace. */
  readonly agent: number;
  /** How many transactions of each agent its author had seen, own ones included. */
  readonly seen: readonly number[];
}

/** A recorded editing history. */
export interface Trace {
  readonly startContent: string;
  readonly endContent: string;
  readonly agents: number;
  readonly transactions: readonly Transaction[];
}

const traceSchema = z.object({
  startContent: z.string().default(''),
  endContent: z.string(),
  numAgents: z.int().positive().default(1),
  txns: z.array(
    z.object({
      agent: z.int().nonnegative().default(0),
      parents: z.array(z.int().nonnegative()).optional(),
      patches: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative(), z.string()])),
    }),
  ),
});

/**
 * Reads a trace of the form that bench/traces/README.md describes, gzipped or not. Throws where it has another form, or text
 * beyond the basic plane: positions of a trace count code points, and only there are these UTF-16 units.
 */
export function readTrace(file: string): Trace {
  const bytes = readFileSync(file);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const raw = traceSchema.parse(JSON.parse((isGzip ? gunzipSync(bytes) : bytes).toString('utf8')));
  if (
    /[\ud800-\udfff]/.test(raw.endContent) ||
    raw.txns.some((txn) => txn.patches.some((patch) => /[\ud800-\udfff]/.test(patch[2])))
  ) {
    throw new Error(`${file} holds text beyond the basic plane`);
  }
  const seenBy: number[][] = [];
  const transactions = raw.txns.map((transaction, index): Transaction => {
    // Without parents, each transaction follows the one before.
    const parents = transaction.parents ?? (index === 0 ? [] : [index - 1]);
    const seen = new Array<number>(raw.numAgents).fill(0);
    for (const parent of parents) {
      seenBy[parent]!.forEach((count, agent) => (seen[agent] = Math.max(seen[agent]!, count)));
    }
    const after = seen.slice();
    after[transaction.agent]! += 1;
    seenBy.push(after);
    const edit = fold(
      transaction.patches.map(([position, count, text]) => replaceEdit(position, position + count, text)),
    );
    return { edit, agent: transaction.agent, seen };
  });
  return { startContent: raw.startContent, endContent: raw.endContent, agents: raw.numAgents, transactions };
}
