import path from 'node:path';
import { parseArgs } from 'node:util';
import { replay, type ReplayResult } from './replay/replay.ts';
import { readTrace } from './replay/trace.ts';

const USAGE = `npm run replay -- FILE [--clients n] [--pace edits/s] [--url http://host:port]

Types a recorded editing trace into a real server over real sockets and checks the text that comes out.
  --clients n    sessions that have a sequential trace open: one types, the others read along (default 1)
  --pace n       edits per second, to watch it in a browser (default: as fast as it goes)
  --url address  a running server (default: starts its own, with a fresh data folder)

Two traces come with the project: bench/traces/automerge-paper.json.gz, bench/traces/concurrent-friendsforever.json.gz`;

let lastTenth = -1;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    clients: { type: 'string' },
    pace: { type: 'string' },
    url: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const [file] = positionals;
const clients = Number(values.clients ?? 1);
const pace = values.pace === undefined ? undefined : Number(values.pace);

if (
  values.help ||
  file === undefined ||
  !Number.isInteger(clients) ||
  clients < 1 ||
  (pace !== undefined && !(pace > 0))
) {
  console.log(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  const trace = readTrace(file);
  let begun = performance.now();
  const result = await replay(trace, {
    url: values.url?.replace(/\/$/, ''),
    clients,
    pace,
    title: path.basename(file).replace(/\..*$/, ''),
    onDocument: (address) => {
      console.log(`Watch it at ${address}`);
      begun = performance.now();
    },
    onProgress: (done, total) => showProgress(done, total, (performance.now() - begun) / 1000),
  });
  process.stdout.write('\n');
  console.log(describe(result));
  process.exitCode = result.agrees && (result.isExpected || trace.agents > 1) ? 0 : 1;
}

function showProgress(done: number, total: number, seconds: number): void {
  const share = total === 0 ? 1 : done / total;
  const line = `${bar(share)} ${Math.floor(share * 100)} %  ${done.toLocaleString('en')} edits, ${Math.round(done / seconds).toLocaleString('en')}/s`;
  if (process.stdout.isTTY) {
    process.stdout.write(`\r${line}   `);
  } else if (Math.floor(share * 10) > lastTenth) {
    lastTenth = Math.floor(share * 10);
    console.log(line);
  }
}

function bar(share: number): string {
  const filled = Math.round(share * 24);
  return '█'.repeat(filled) + '░'.repeat(24 - filled);
}

function describe(result: ReplayResult): string {
  const { edits, seconds, versions, bytes, exact } = result;
  return [
    `${edits.toLocaleString('en')} edits in ${seconds.toFixed(1)} s, ${Math.round(edits / seconds).toLocaleString('en')} per second, as ${versions.toLocaleString('en')} changes`,
    ...(bytes === undefined ? [] : [`${(bytes / edits).toFixed(1)} bytes on disk per edit`]),
    ...(exact === undefined
      ? []
      : [
          `${((exact / edits) * 100).toFixed(1)} % were typed on exactly the text that their author had; the rest was carried over newer typing`,
        ]),
    result.agrees ? 'All sessions and the server agree.' : 'SESSIONS AND SERVER DISAGREE.',
    result.isExpected
      ? 'The text is the one that the trace promises.'
      : 'The text differs from the one that the trace promises.',
  ].join('\n');
}
