import { ATTACKS } from './hostile/attacks.ts';

/** Finds a figure of this run: the median of a metric of a workload on a server; NaN where it was not measured. */
export type Find = (workload: string, server: string, metric: string) => number;

/** One thing that is promised of the product. */
export interface Goal {
  readonly kind: 'at least' | 'at most';
  readonly limit: number;
  readonly unit: Unit;
  /** What the figure is. */
  readonly meaning: string;
  readonly measured: (find: Find, workload: string) => number;
}

/** How a figure is written. */
interface Unit {
  readonly name: string;
  readonly digits: number;
}

const TIMES: Unit = { name: '×', digits: 2 };
const MS: Unit = { name: ' ms', digits: 1 };
const CPU_MS: Unit = { name: ' ms', digits: 2 };
const US: Unit = { name: ' µs', digits: 1 };
const PERCENT: Unit = { name: ' %', digits: 1 };
const KIB: Unit = { name: ' KiB', digits: 1 };
const MIB: Unit = { name: ' MiB', digits: 0 };
const MB: Unit = { name: ' MB', digits: 0 };
const BYTES: Unit = { name: ' B', digits: 1 };
const COUNT: Unit = { name: '', digits: 0 };

const WEFT = 'weft';
const PLAIN = 'plain relay';
const DURABLE = 'durable relay';
/** The work that growing work is compared with. */
const SMALL = 'small';
/** What counts as noise between two measurements of one thing. */
const NOISE = 1.25;

const COST_GROWS_NOT = atMost(NOISE, TIMES, 'server CPU per change, of small', timesOther(SMALL, 'cpuPerChange'));
const OPEN_GROWS_NOT = atMost(
  NOISE,
  TIMES,
  'until open after a restart, of small',
  timesOther(SMALL, 'openMilliseconds'),
);

/** Every goal by its workload. Those about peers stay open unless the run had peers (`--peers`). */
export const GOALS: Readonly<Record<string, readonly Goal[]>> = {
  'hot-64': [
    atLeast(0.6, TIMES, 'changes/s, of the durable relay', timesServer(DURABLE, 'changesPerSecond')),
    atLeast(1, TIMES, 'changes/s, of Hocuspocus', timesServer('hocuspocus', 'changesPerSecond')),
    atLeast(25, TIMES, 'changes/s, of ShareDB', timesServer('sharedb', 'changesPerSecond')),
    atMost(15, MS, 'p99 until the slowest has it', own('p99')),
    atMost(45, US, 'server CPU per change', own('cpuPerChange')),
  ],
  'hot-16': [atLeast(0.6, TIMES, 'changes/s, of the durable relay', timesServer(DURABLE, 'changesPerSecond'))],
  'hot-2': [atLeast(0.7, TIMES, 'changes/s, of the durable relay', timesServer(DURABLE, 'changesPerSecond'))],
  'calm-64': [
    atMost(1.35, TIMES, 'p50, of the plain relay', timesServer(PLAIN, 'p50')),
    atMost(1.4, TIMES, 'server CPU, of the plain relay', timesServer(PLAIN, 'cpuPerChange')),
  ],
  'fan-1000': [
    atMost(1.1, TIMES, 'server CPU per delivery, of the plain relay', timesServer(PLAIN, 'cpuPerDelivery')),
    atMost(15, MS, 'p99 of every delivery', own('p99')),
  ],
  'many-500': [
    atMost(1, TIMES, 'server CPU per change, of the durable relay', timesServer(DURABLE, 'cpuPerChange')),
    atMost(6, MS, 'p99', own('p99')),
  ],
  'carets-64': [
    atMost(15, PERCENT, 'server CPU, of its core', own('serverShare', 100)),
    atMost(1.3, TIMES, 'p99 of edits, of calm-64', timesOther('calm-64', 'p99')),
  ],
  'idle-2000': [
    atMost(10, KIB, 'memory per connection', own('kibPerConnection')),
    // Half a percent is what rounding calls none.
    atMost(0.5, PERCENT, 'server CPU, of its core', own('serverShare', 100)),
  ],
  replay: [
    atLeast(60_000, COUNT, 'keystrokes/s', own('keystrokesPerSecond')),
    atLeast(0.55, TIMES, 'keystrokes/s, of the durable relay', timesServer(DURABLE, 'keystrokesPerSecond')),
    atMost(130, MB, 'server memory at its highest', own('peakMegabytes')),
  ],
  open: [
    atMost(20, MS, 'until a new client has the text', own('openMilliseconds')),
    atMost(1.05, TIMES, 'bytes received, of those of the text', own('openBytesPerByte')),
  ],
  'storm-1000': [
    atMost(1.6, TIMES, 'until all have caught up, of the plain relay', timesServer(PLAIN, 'stormMilliseconds')),
    atMost(0.22, CPU_MS, 'server CPU per client', own('cpuPerClient')),
    atMost(3000, BYTES, 'received per client', own('bytesPerClient')),
  ],
  stale: [atMost(300, MS, 'until caught up and its own edits saved', own('staleMilliseconds'))],
  revoke: [atMost(1000, MS, 'longest until a cut role or a revoked link is heard of', own('cutMax'))],
  'slow-500': [
    atMost(1.2, TIMES, 'p99 beside 500 who never read, of alone', own('slowedDown')),
    atMost(1.2, TIMES, 'the same after the first second', own('slowedDownNoticed')),
    atMost(1024, KIB, 'server memory per slow reader', own('kibPerSlowReader')),
    atLeast(500, COUNT, 'slow readers closed', own('slowReadersClosed')),
  ],
  'unjoined-1000': [
    atMost(20, KIB, 'memory per silent socket that has not joined', own('kibPerSilent')),
    // What the limits allow: one message of 1 MiB that is not whole yet, and a quarter of what keeps it.
    atMost(1280, KIB, 'the same with a message of 1 MiB that never ends', own('kibPerUnjoined')),
  ],
  disk: [
    atMost(12, BYTES, 'per keystroke of the replay', own('bytesPerKeystroke')),
    atMost(3, BYTES, 'per keystroke of the replay, compacted', own('bytesPerKeystrokeCompacted')),
    atMost(12, BYTES, 'where every keystroke is a change of its own', own('bytesPerSingleKeystroke')),
    atMost(3, BYTES, 'where every keystroke is a change, compacted', own('bytesPerSingleKeystrokeCompacted')),
  ],
  browser: [
    atMost(16, MS, 'p95 from key to painted letter, above an empty CodeMirror', own('paintedAbove')),
    atMost(50, MS, 'longest task while typing', own('longestTask')),
    atMost(50, MS, 'longest task while opening', own('longestLoadTask')),
    atMost(160, KIB, 'JavaScript of the first load, gzipped', own('firstLoad')),
  ],
  'embed-first': [
    atMost(300, MS, 'from the script to the first letter, newcomers, p50', own('elementFirst')),
    atMost(300, MS, 'the same, a regular, p50', own('elementAgain')),
  ],
  'embed-20': [
    atMost(1, TIMES, 'style sheets of 20 elements, of those of one', (find, workload) => {
      return find(workload, WEFT, 'sheets') / find(workload, WEFT, 'sheetsOfOne');
    }),
  ],
  // A longer text takes longer to travel; that is all that its opening may cost.
  'text-1m': [COST_GROWS_NOT],
  'text-4.9m': [COST_GROWS_NOT],
  'history-1m': [
    COST_GROWS_NOT,
    OPEN_GROWS_NOT,
    atMost(100, MS, 'until a version in the middle of it is read', own('oldVersionMilliseconds')),
  ],
  'documents-100': [COST_GROWS_NOT, OPEN_GROWS_NOT],
  'documents-10k': [COST_GROWS_NOT, OPEN_GROWS_NOT],
  ...hostileGoals(),
};

/** What one address may cost the others, whatever it sends or does not read. */
function hostileGoals(): Record<string, readonly Goal[]> {
  const goals = [
    atMost(256, MIB, 'memory that one address makes the server hold', own('heldMebibytes')),
    atMost(2, TIMES, "others' p99, of theirs before", own('slowedDown')),
    atMost(100, MS, "longest turn of the server's loop", own('longestTurn')),
    atMost(0, COUNT, 'exit code of a server that is stopped then', own('exitCode')),
  ];
  return {
    ...Object.fromEntries(ATTACKS.map(({ name }) => [`hostile-${name}`, goals])),
    'hostile-markdown': [
      atMost(2, TIMES, 'p95 from key to painted letter, of a line of letters', (find, workload) => {
        return find(workload, WEFT, 'paintedP95') / find(workload, WEFT, 'paintedPlainP95');
      }),
    ],
  };
}

type Measured = Goal['measured'];

function atLeast(limit: number, unit: Unit, meaning: string, measured: Measured): Goal {
  return { kind: 'at least', limit, unit, meaning, measured };
}

function atMost(limit: number, unit: Unit, meaning: string, measured: Measured): Goal {
  return { kind: 'at most', limit, unit, meaning, measured };
}

/** A figure of the product. */
function own(metric: string, factor = 1): Measured {
  return (find, workload) => find(workload, WEFT, metric) * factor;
}

/** A figure of the product, as so many times that of another server with the same work. */
function timesServer(server: string, metric: string): Measured {
  return (find, workload) => find(workload, WEFT, metric) / find(workload, server, metric);
}

/** A figure of the product, as so many times its own with other work. */
function timesOther(baseline: string, metric: string): Measured {
  return (find, workload) => find(workload, WEFT, metric) / find(baseline, WEFT, metric);
}
