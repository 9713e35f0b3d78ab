import path from 'node:path';
import { root } from '../../scripts/build.mjs';
import { readTrace } from '../../scripts/replay/trace.ts';
import { ChunkedText } from '../../shared/text/chunked-text.ts';
import { operationsFromEdit, type Operation } from '../../shared/text/operation.ts';
import type { Arrivals, LoadClient, RunningServer } from '../server-under-test.ts';
import type { Cell } from '../workloads/workload.ts';

/** Keystrokes that may be unacknowledged. */
const WINDOW = 100;
const TRACE = path.join(root, 'bench/traces/automerge-paper.json.gz');

export interface Paper {
  /** Each keystroke on the text that the one before it left. */
  readonly keystrokes: readonly (readonly Operation[])[];
  readonly text: string;
}

/** The writing of a paper, 259,778 real keystrokes, or the first of them. */
export function readPaper(limit = Infinity): Paper {
  const trace = readTrace(TRACE);
  const edits = trace.transactions.map(({ edit }) => edit).slice(0, limit);
  const keystrokes = edits.map(operationsFromEdit);
  if (edits.length === trace.transactions.length) return { keystrokes, text: trace.endContent };
  const text = edits.reduce((typed, edit) => typed.apply(edit), ChunkedText.from(''));
  return { keystrokes, text: text.toString() };
}

/**
 * One client that types a paper as fast as it may: at most 100 keystrokes are unacknowledged. Where a protocol allows only one
 * submission under way, what is typed meanwhile travels together.
 */
export class TraceTypist implements Arrivals {
  readonly #keystrokes: Paper['keystrokes'];
  readonly #atOnce: number;
  readonly #cell: Cell;
  readonly #done: () => void;
  /** Resolves once everything is acknowledged. */
  readonly finished: Promise<void>;
  /** Keystrokes of each submission under way. */
  readonly #underWay: number[] = [];
  #unacknowledged = 0;
  #typed = 0;
  #client: LoadClient | undefined;

  /** `atOnce` keystrokes make one submission at most; as many as the window holds by default, where one is under way at a time. */
  constructor(cell: Cell, paper: Paper, atOnce = cell.adapter.inFlight === 1 ? WINDOW : 1) {
    this.#cell = cell;
    this.#keystrokes = paper.keystrokes;
    this.#atOnce = atOnce;
    let done = (): void => undefined;
    this.finished = new Promise((resolve) => (done = resolve));
    this.#done = done;
  }

  async start(server: RunningServer, documentId: string): Promise<void> {
    this.#client = await server.connect(documentId, this);
    this.#type();
  }

  acknowledged(): void {
    this.#unacknowledged -= this.#underWay.shift() ?? 0;
    this.#type();
  }

  untraceable(): void {
    this.#unacknowledged -= this.#underWay.pop() ?? 0;
  }

  upTo(): void {}

  one(): void {}

  failed(reason: string): void {
    this.#cell.fail(reason);
  }

  cut(): void {
    this.#client?.cut();
  }

  #type(): void {
    const room = this.#cell.adapter.inFlight - this.#underWay.length;
    for (let count = 0; count < room && this.#unacknowledged < WINDOW; count += 1) {
      const size = Math.min(this.#atOnce, this.#keystrokes.length - this.#typed);
      if (size === 0) break;
      const operations = this.#keystrokes.slice(this.#typed, this.#typed + size).flat();
      this.#typed += size;
      this.#unacknowledged += size;
      this.#underWay.push(size);
      this.#client!.submit(operations);
    }
    if (this.#unacknowledged === 0) this.#done();
  }
}
