import { runPaced, type PacedWork } from './paced.ts';
import type { Workload } from './workload.ts';

const CALM: PacedWork = { documents: 1, writersEach: 64, perSecond: 2, seconds: 6 };
const FAN: PacedWork = {
  documents: 1,
  writersEach: 1,
  readersEach: 1000,
  perSecond: 20,
  seconds: 5,
  eachArrival: true,
};
const MANY: PacedWork = { documents: 500, writersEach: 2, perSecond: 1, seconds: 5 };
const CARETS: PacedWork = { ...CALM, caretsPerSecond: 20 };

export const calm: Workload = {
  name: 'calm-64',
  work: '64 writers, one document, two keystrokes a second each',
  servers: ['plain relay', 'weft'],
  peers: ['sharedb', 'hocuspocus', 'y-websocket'],
  headline: 'p50',
  run: (cell) => runPaced(cell, CALM),
};

export const fan: Workload = {
  name: 'fan-1000',
  work: 'one writer, 20 keystrokes a second, 1,000 readers',
  servers: ['plain relay', 'weft'],
  peers: ['sharedb', 'hocuspocus', 'y-websocket'],
  headline: 'p99',
  run: (cell) => runPaced(cell, FAN),
};

export const many: Workload = {
  name: 'many-500',
  work: '500 documents, two writers each, one keystroke a second each',
  servers: ['durable relay', 'weft'],
  peers: ['sharedb', 'hocuspocus', 'y-websocket'],
  headline: 'p99',
  run: (cell) => runPaced(cell, MANY),
};

export const carets: Workload = {
  name: 'carets-64',
  work: '64 people who move their carets 20 times a second beside two keystrokes a second',
  servers: ['weft'],
  headline: 'serverShare',
  run: (cell) => runPaced(cell, CARETS),
};
