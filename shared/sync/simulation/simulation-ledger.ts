import { ChunkedText } from '../../text/chunked-text.ts';
import { insertedText } from '../../text/edit.ts';
import type { SimulatedClient } from './simulation-client.ts';
import type { Restoration, SimulatedServer } from './simulation-server.ts';

/** Every keystroke types a marker of its own, one code point; half of them are surrogate pairs. */
const MARKER = /[\u4e00-\u9fff\u{20000}-\u{2a6df}]/gu;

export function markersIn(text: string): string[] {
  return text.match(MARKER) ?? [];
}

/** Records what was typed and deleted, and audits the end of a run. */
export class Ledger {
  readonly #typed = new Set<string>();
  readonly #deleted = new Set<string>();

  get typed(): number {
    return this.#typed.size;
  }

  /** What somebody types next: new markers, among them emoji, combining marks and line breaks that are all alike. */
  write(count: number): string {
    let text = '';
    for (let index = 0; index < count; index += 1) {
      const number = this.#typed.size;
      const marker = String.fromCodePoint(number % 2 === 0 ? 0x4e00 + (number % 20_000) : 0x20000 + (number % 40_000));
      this.#typed.add(marker);
      text += marker;
      if (number % 5 === 0) text += '😀';
      if (number % 7 === 0) text += '\n';
      if (number % 11 === 0) text += 'e\u0301';
    }
    return text;
  }

  delete(text: string): void {
    for (const marker of markersIn(text)) this.#deleted.add(marker);
  }

  /** Checks the end of a run, when everybody is online and nothing is in flight. Throws if anything is wrong. */
  audit(server: SimulatedServer, clients: readonly SimulatedClient[]): void {
    const text = server.head.text.toString();
    for (const client of clients) {
      if (client.text !== text)
        throw new Error(`${client.id} shows ${show(client.text)}, the server has ${show(text)}`);
    }
    auditLog(server);
    for (const client of clients) auditAcknowledgements(server, client);
    this.#auditMarkers(text, server, clients);
  }

  #auditMarkers(text: string, server: SimulatedServer, clients: readonly SimulatedClient[]): void {
    const present = markersIn(text);
    const unique = new Set(present);
    if (unique.size !== present.length) throw new Error(`Something is there twice in ${show(text)}`);
    const forgotten = new Set(server.restorations.flatMap(forgottenMarkers));
    // After a snapshot, or after another copy was adopted, an uncommitted deletion may be lost.
    const keepsDeletions = clients.every(({ counts }) => counts.resets + counts.adoptions === 0);
    for (const marker of this.#typed) {
      if (forgotten.has(marker)) continue;
      if (!this.#deleted.has(marker) && !unique.has(marker)) throw new Error(`${marker} was typed and is gone`);
      if (keepsDeletions && this.#deleted.has(marker) && unique.has(marker)) {
        throw new Error(`${marker} was deleted and is there`);
      }
    }
  }
}

function auditLog(server: SimulatedServer): void {
  let text = ChunkedText.EMPTY;
  let timestamp = 0;
  const seqs = new Map<string, number>();
  server.log.forEach((change, index) => {
    if (change.version !== index + 1) throw new Error(`Version ${index + 1} is ${change.version} in the log`);
    if (change.timestamp < timestamp) throw new Error(`Version ${change.version} is older than the one before`);
    const seq = (seqs.get(change.clientId) ?? 0) + 1;
    if (change.seq !== seq) throw new Error(`${change.clientId}: seq ${seq} is ${change.seq} in the log`);
    seqs.set(change.clientId, seq);
    timestamp = change.timestamp;
    text = text.apply(change.edit);
  });
  if (text.toString() !== server.head.text.toString()) throw new Error('The log does not make the text');
  if (server.log.length !== server.head.version) throw new Error('The head is not the end of the log');
}

/** What a client was told is in the log, or was before a backup was restored. */
function auditAcknowledgements(server: SimulatedServer, client: SimulatedClient): void {
  const forgotten = server.restorations.flatMap((restoration) => restoration.forgotten);
  const committed = [...server.log, ...forgotten].filter((change) => change.clientId === client.id);
  for (const { seq, name } of client.acknowledged) {
    const isCommitted = committed.some(
      (change) =>
        change.seq === seq &&
        (name === undefined || (change.version === name.version && change.timestamp === name.timestamp)),
    );
    if (!isCommitted) throw new Error(`${client.id}: seq ${seq} was acknowledged and is not in the log`);
  }
}

/** Markers whose insertion or deletion was taken away with the end of the log. */
function forgottenMarkers({ forgotten, before, after }: Restoration): string[] {
  const inserted = forgotten.flatMap((change) => markersIn(insertedText(change.edit)));
  const there = new Set(markersIn(before));
  return [...inserted, ...markersIn(after).filter((marker) => !there.has(marker))];
}

function show(text: string): string {
  return JSON.stringify(text);
}
