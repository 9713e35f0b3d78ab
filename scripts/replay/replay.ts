import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { nodeTransport } from '../../shared/client/node.ts';
import { ServerProcess } from '../../testing/server-process.ts';
import { replayConcurrently } from './concurrent.ts';
import { Pace } from './pace.ts';
import { replaySequentially } from './sequential.ts';
import type { Trace } from './trace.ts';

export interface ReplayOptions {
  /** A running server, without a slash at the end; by default one is started on a fresh folder and stopped afterwards. */
  readonly url?: string | undefined;
  /** Sessions that have a sequential trace open: one types, the others read. A concurrent trace has its own two. */
  readonly clients: number;
  /** Edits per second; as fast as it goes by default. */
  readonly pace?: number | undefined;
  readonly title: string;
  /** Called once, with the address to watch it at. */
  readonly onDocument?: (address: string) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ReplayResult {
  readonly edits: number;
  readonly seconds: number;
  /** Changes that the edits became: what is typed while a submission is under way travels together. */
  readonly versions: number;
  /** Growth of the data folder in bytes, where the server is our own. */
  readonly bytes?: number | undefined;
  /** Whether all sessions and the server have one text in the end. */
  readonly agrees: boolean;
  /** Whether that is the text that the trace promises. */
  readonly isExpected: boolean;
  /** The server's text. */
  readonly text: string;
  /** Concurrent traces: transactions typed on exactly the text that their author had in front of them. */
  readonly exact?: number | undefined;
}

/** Sends a trace through a real server over real sockets. */
export async function replay(trace: Trace, options: ReplayOptions): Promise<ReplayResult> {
  const server = options.url === undefined ? await ServerProcess.start() : undefined;
  try {
    const url = options.url ?? server!.url;
    const id = await createDocument(url, options.title, trace.startContent);
    options.onDocument?.(`${url}/d/${id}`);
    const before = server === undefined ? 0 : sizeOf(server.dataFolder);
    const total = trace.transactions.length;
    const pace = new Pace(options.pace, (done) => options.onProgress?.(done, total));
    const openTransport = () => nodeTransport(`${url.replace(/^http/, 'ws')}/live/${id}`);
    const begun = performance.now();
    const result =
      trace.agents > 1
        ? await replayConcurrently(trace, openTransport, pace)
        : await replaySequentially(trace, openTransport, options.clients, pace);
    const seconds = (performance.now() - begun) / 1000;
    options.onProgress?.(total, total);
    const stored = await fetch(`${url}/api/documents/${id}/content`);
    if (!stored.ok) throw new Error(`Reading the document was answered by ${stored.status}`);
    const text = await stored.text();
    // Stopped, the server has folded its write-ahead log into the database.
    await server?.stop();
    return {
      edits: total,
      seconds,
      versions: Number(stored.headers.get('weft-version')),
      bytes: server === undefined ? undefined : sizeOf(server.dataFolder) - before,
      agrees: result.texts.every((each) => each === text),
      isExpected: text === trace.endContent,
      text,
      exact: 'exact' in result ? result.exact : undefined,
    };
  } finally {
    await server?.dispose();
  }
}

async function createDocument(url: string, title: string, content: string): Promise<string> {
  const session = await fetch(`${url}/api/session`, { method: 'POST' });
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const answer = await fetch(`${url}/api/documents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ title, ...(content === '' ? {} : { content }) }),
  });
  if (!answer.ok) throw new Error(`Making a document was answered by ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/** Bytes of all files in a folder. */
function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
}
