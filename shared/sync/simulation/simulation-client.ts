import { ChunkedText } from '../../text/chunked-text.ts';
import { editsEqual, IDENTITY, replaceEdit } from '../../text/edit.ts';
import { editFromDescending, submissionOperations } from '../../text/operation.ts';
import type { EditBudget } from '../../text/split-edit.ts';
import type { VersionName } from '../change.ts';
import { Link, type DownMessage, type Update } from './simulation-link.ts';
import { VersionHoleError, type Replica, type ReplicaState } from '../replica.ts';

/** What the simulation uses of a replica, so that tests can put a wrong one in its place. */
export type ReplicaLike = Pick<
  Replica,
  | 'text'
  | 'confirmed'
  | 'inFlight'
  | 'buffer'
  | 'state'
  | 'isSaved'
  | 'edit'
  | 'takeSubmission'
  | 'receive'
  | 'acknowledge'
  | 'reset'
  | 'synchronised'
>;
export type ReplicaFactory = (state?: ReplicaState) => ReplicaLike;

export interface ClientCounts {
  edits: number;
  adoptions: number;
  resets: number;
  holes: number;
  resends: number;
  /** Submissions of which rebasing has left nothing. */
  emptied: number;
}

/** Somebody's editor with the real replica: what it shows is kept apart and changed only by what the replica says. */
export class SimulatedClient {
  readonly id: string;
  /** The seqs that the server has acknowledged; with the version, unless a snapshot acknowledged it. */
  readonly acknowledged: { readonly seq: number; readonly name: VersionName | undefined }[] = [];
  readonly counts: ClientCounts = { edits: 0, adoptions: 0, resets: 0, holes: 0, resends: 0, emptied: 0 };
  readonly #createReplica: ReplicaFactory;
  readonly #budget: EditBudget;
  #replica: ReplicaLike;
  #view = ChunkedText.EMPTY;
  #hasJoined = false;
  #link: Link | undefined;
  /** The seq that this link has carried. */
  #sent = 0;
  #isLive = false;
  #broken: Link[] = [];

  constructor(id: string, createReplica: ReplicaFactory, budget: EditBudget) {
    this.id = id;
    this.#createReplica = createReplica;
    this.#replica = createReplica();
    this.#budget = budget;
  }

  get text(): string {
    return this.#view.toString();
  }

  get version(): number {
    return this.#replica.confirmed.version;
  }

  get isSaved(): boolean {
    return this.#replica.isSaved;
  }

  get link(): Link | undefined {
    return this.#link;
  }

  get broken(): readonly Link[] {
    return this.#broken;
  }

  /** Replaces `[from, to)` of what is shown. */
  edit(from: number, to: number, text: string): void {
    const edit = replaceEdit(from, to, text);
    this.#replica.edit(edit);
    this.#view = this.#view.apply(edit);
    this.counts.edits += 1;
  }

  connect(): void {
    if (this.#link !== undefined) return;
    this.#link = new Link(this.id);
    const { version, timestamp } = this.#replica.confirmed;
    this.#link.up.push({ type: 'join', name: this.#hasJoined ? { version, timestamp } : undefined });
  }

  cut(): void {
    if (this.#link === undefined) return;
    this.#broken = [...this.#broken.filter((link) => link.up.length > 0 && link.session !== 'closed'), this.#link];
    this.#link = undefined;
    this.#isLive = false;
    this.#sent = 0;
  }

  /** The tab crashes and starts again from plain data. */
  reload(): void {
    this.cut();
    this.#replica = this.#createReplica(this.#replica.state);
  }

  send(): void {
    if (!this.#isLive || this.#link === undefined) return;
    const isResend = this.#replica.inFlight !== undefined;
    const submission = this.#replica.inFlight ?? this.#replica.takeSubmission(this.#budget);
    if (submission === undefined || submission.seq === this.#sent) return;
    if (isResend) this.counts.resends += 1;
    if (submission.edit.length === 0) this.counts.emptied += 1;
    this.#sent = submission.seq;
    const operations = submissionOperations(submission.edit);
    this.#link.up.push({ type: 'submit', seq: submission.seq, version: this.version, operations });
  }

  /** The next message arrives, or the news that the server has closed the socket. */
  receive(): void {
    const message = this.#link?.down.shift();
    if (message === undefined) {
      if (this.#link?.session === 'closed') this.cut();
      return;
    }
    try {
      this.#take(message);
    } catch (error) {
      if (!(error instanceof VersionHoleError)) throw error;
      this.counts.holes += 1;
      this.cut();
    }
    this.#requireConsistency();
  }

  #take(message: DownMessage): void {
    const isAnswer = message.type === 'document-init' || message.type === 'document-sync';
    // The answer to our join got lost.
    if (!this.#isLive && !isAnswer) throw new VersionHoleError(this.version + 1, NaN);
    switch (message.type) {
      case 'document-init': {
        if (message.reason !== 'new') this.counts.resets += 1;
        const { version, timestamp, seq, content } = message;
        this.#noteReset(seq);
        this.#show(this.#replica.reset({ version, timestamp, seq, text: content }));
        break;
      }
      case 'document-sync':
        for (const update of message.updates) this.#takeUpdate(update);
        this.#replica.synchronised(message.seq);
        break;
      case 'document-update':
        this.#takeUpdate(message);
        break;
      case 'ack':
        this.#takeAck(message);
        break;
      case 'error':
        // Unavailable: keep it and send it again.
        if (message.seq === this.#sent) this.#sent = 0;
        break;
    }
    if (!isAnswer) return;
    this.#isLive = true;
    this.#hasJoined = true;
  }

  #takeUpdate({ version, timestamp, operations, seq }: Update): void {
    const edit = editFromDescending(operations);
    const { inFlight } = this.#replica;
    if (seq !== undefined && seq === inFlight?.seq && version > this.version) {
      this.acknowledged.push({ seq, name: { version, timestamp } });
      if (!editsEqual(edit, inFlight.edit)) this.counts.adoptions += 1;
    }
    this.#show(this.#replica.receive({ version, timestamp, edit, seq }));
  }

  #takeAck(ack: Extract<DownMessage, { type: 'ack' }>): void {
    const { operations, version, timestamp, seq } = ack;
    if (operations !== undefined) {
      this.#takeUpdate({ version, timestamp, operations, seq });
      return;
    }
    this.acknowledged.push({ seq, name: { version, timestamp } });
    this.#show(this.#replica.acknowledge({ version, timestamp, seq }));
  }

  /** A snapshot that has what is in flight inside acknowledges it as well. */
  #noteReset(seq: number): void {
    const { inFlight } = this.#replica;
    if (inFlight !== undefined && seq >= inFlight.seq) this.acknowledged.push({ seq: inFlight.seq, name: undefined });
  }

  #show(edit: Parameters<ChunkedText['apply']>[0]): void {
    this.#view = this.#view.apply(edit);
  }

  /** What is shown is the confirmed text with what is in flight and what was typed since. */
  #requireConsistency(): void {
    const { confirmed, inFlight, buffer, text } = this.#replica;
    const whole = confirmed.text
      .apply(inFlight?.edit ?? IDENTITY)
      .apply(buffer)
      .toString();
    if (text.toString() !== whole) throw new Error(`${this.id}: the replica's text is not the sum of its parts`);
    if (this.text !== whole) throw new Error(`${this.id}: the view shows another text than the replica has`);
  }
}
