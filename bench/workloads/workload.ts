import type { RunningServer, ServerAdapter, StartOptions } from '../server-under-test.ts';

/** Figures of one measurement, by the names of `METRICS` in report/metrics.ts. */
export type Metrics = Record<string, number>;

/** One piece of work that is measured. */
export interface Workload {
  readonly name: string;
  /** What is done, in one sentence. */
  readonly work: string;
  /** Servers that are measured with it, by name, in this order. */
  readonly servers: readonly string[];
  /** Peers that are measured too where they are asked for. */
  readonly peers?: readonly string[];
  /** The figure that tells most, by its metric name. */
  readonly headline: string;
  /** Measured once however many rounds there are, because it takes long and varies little. */
  readonly once?: boolean;
  /** Measured only where it is named: what misbehaving people cost, which takes a minute each. */
  readonly onRequest?: boolean;
  /** Opens pages of the product, so the web app and the embedded editor must be built. */
  readonly needsPages?: boolean;
  run(cell: Cell): Promise<Metrics>;
}

/** One workload on one server in one round: a process of its own. */
export interface Cell {
  readonly adapter: ServerAdapter;
  /** A smoke test: everything short and small. */
  readonly isQuick: boolean;
  /** Starts a fresh server on its core; it is disposed of when the workload ends. */
  start(options?: Pick<StartOptions, 'settings' | 'isAsShipped'>): Promise<RunningServer>;
  /** Tells how far it is. */
  report(progress: string): void;
  /** Voids the measurement: `settle` rejects. */
  fail(reason: string): void;
  /** The same promise, which rejects also where the measurement became void. */
  settle<T>(promise: Promise<T>): Promise<T>;
}
