import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { LoadWriter, type SeenChange } from '../../testing/load-writer.ts';
import { readStoredLog } from '../testing/stored-log.ts';

const WRITERS = 8;
const ROUNDS = 20;
/** Acknowledgements in a round before the server is killed; different each time, so that it dies at different moments. */
const acknowledgementsOf = (round: number): number => 40 + ((round * 37) % 90);

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start({ env: { WEFT_SUBMISSIONS_PER_SECOND: '100000' } });
});

afterAll(async () => {
  await server.dispose();
});

test(`G1, G2, G3: ${ROUNDS} times kill -9 under ${WRITERS} writers lose, double and invent nothing (FS1)`, async () => {
  const documentId = await createDocument();
  let total = 0;
  let onAcknowledged = (): void => undefined;
  const writers = Array.from({ length: WRITERS }, (_, index) => new LoadWriter(`w${index}`, () => onAcknowledged()));

  for (let round = 0; round < ROUNDS; round += 1) {
    const isLast = round === ROUNDS - 1;
    let left = acknowledgementsOf(round);
    let kill: Promise<void> | undefined;
    onAcknowledged = () => {
      total += 1;
      left -= 1;
      // In the middle of everything: seven others are waiting for their answer now.
      if (left === 0 && !isLast) kill = server.kill();
    };
    await Promise.all(
      writers.map((writer) => writer.writeUntilCut(server.socketUrl(documentId), () => isLast && left <= 0)),
    );
    await kill;
    if (!isLast) await server.start();
  }

  const changes = await readChanges(documentId);
  const content = await (await fetch(`${server.url}/api/documents/${documentId}/content`)).text();
  await server.stop();
  const log = readStoredLog(server.dataFolder, documentId);

  expect(log.map((change) => change.version)).toEqual(log.map((_, index) => index + 1));
  expect(changes.map(({ version, timestamp }) => [version, timestamp])).toEqual(
    log.map(({ version, timestamp }) => [version, timestamp]),
  );

  const versionOf = new Map<string, number>();
  for (const { clientId, seq, version } of log) {
    expect(versionOf.has(`${clientId} ${seq}`), `${clientId} ${seq} is in the log twice`).toBe(false);
    versionOf.set(`${clientId} ${seq}`, version);
  }
  for (const writer of writers) {
    expect(writer.contradictions).toEqual([]);
    for (const [seq, version] of writer.acknowledged) {
      expect(versionOf.get(`${writer.clientId} ${seq}`), `acknowledged seq ${seq}`).toBe(version);
    }
    const invented = writer.seen.filter((seen) => !isSame(seen, changes[seen.version - 1]));
    expect(invented, 'seen by somebody, but not in the log').toEqual([]);
    expect(writer.seen.length).toBeGreaterThan(0);
  }

  expect(changes.reduce((text, change) => applyOperations(text, change.operations as Operation[]), '')).toBe(content);
  expect(total).toBeGreaterThanOrEqual(
    Array.from({ length: ROUNDS }, (_, round) => acknowledgementsOf(round)).reduce(sum),
  );
}, 120_000);

type Operation = { position: number; text: string } | { from: number; to: number; text?: string };

function applyOperations(text: string, operations: readonly Operation[]): string {
  return operations.reduce((before, operation) => {
    const [from, to] =
      'position' in operation ? [operation.position, operation.position] : [operation.from, operation.to];
    return before.slice(0, from) + (operation.text ?? '') + before.slice(to);
  }, text);
}

function isSame(seen: SeenChange, stored: SeenChange | undefined): boolean {
  return stored?.timestamp === seen.timestamp && JSON.stringify(stored.operations) === JSON.stringify(seen.operations);
}

async function createDocument(): Promise<string> {
  const session = await fetch(`${server.url}/api/session`, { method: 'POST' });
  const cookie = session.headers.getSetCookie()[0]!.split(';')[0]!;
  const answer = await fetch(`${server.url}/api/documents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: '{}',
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

/** The whole log, as the HTTP interface tells it. */
async function readChanges(documentId: string): Promise<SeenChange[]> {
  const changes: SeenChange[] = [];
  for (let after: number | undefined = 0; after !== undefined;) {
    const answer = await fetch(`${server.url}/api/documents/${documentId}/changes?limit=1000&after=${after}`);
    expect(answer.status).toBe(200);
    const page = (await answer.json()) as { changes: SeenChange[]; next?: number };
    changes.push(...page.changes);
    after = page.next;
  }
  return changes;
}

function sum(a: number, b: number): number {
  return a + b;
}
