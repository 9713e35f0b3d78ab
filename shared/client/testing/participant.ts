import { ManualClock } from '../../testing/manual-clock.ts';
import { SeededRandom } from '../../testing/random.ts';
import { DocumentSession, type DocumentSessionOptions } from '../document-session.ts';
import type { SessionEvents } from '../events/session-events.ts';
import type { PageLifecycle } from '../transport/transport.ts';
import { MemoryServer } from './memory-server.ts';

/** PageLifecycle that a test switches. */
export class ManualLifecycle implements PageLifecycle {
  isOnline = true;
  readonly #wakes = new Set<() => void>();
  readonly #losses = new Set<() => void>();

  onWake(callback: () => void): () => void {
    this.#wakes.add(callback);
    return () => this.#wakes.delete(callback);
  }

  onOffline(callback: () => void): () => void {
    this.#losses.add(callback);
    return () => this.#losses.delete(callback);
  }

  wake(): void {
    for (const callback of this.#wakes) callback();
  }

  /** The browser notices that the network has gone. */
  goOffline(): void {
    this.isOnline = false;
    for (const callback of this.#losses) callback();
  }
}

/** A clock, a server and seeded random numbers: one world of a test. */
export class TestWorld {
  readonly clock = new ManualClock();
  readonly server: MemoryServer;
  readonly random: SeededRandom;

  constructor(text = '', seed = 1) {
    this.server = new MemoryServer(this.clock, text);
    this.random = new SeededRandom(seed);
  }

  /** A session that is connecting; `userId` is who the server takes it for. */
  participant(userId: string, options: Partial<DocumentSessionOptions> = {}): Participant {
    const pageLifecycle = new ManualLifecycle();
    const session = new DocumentSession({
      transport: this.server.transport(userId),
      clock: this.clock,
      random: () => this.random.next() / 2 ** 32,
      pageLifecycle,
      ...options,
    });
    const participant = new Participant(session, pageLifecycle);
    session.connect();
    return participant;
  }

  /** One that has joined. */
  joined(userId: string, options: Partial<DocumentSessionOptions> = {}): Participant {
    const participant = this.participant(userId, options);
    this.server.settle();
    return participant;
  }

  /** Lets time pass in steps, and delivers what happens meanwhile. */
  pass(milliseconds: number): void {
    for (let left = milliseconds; left > 0; left -= 100) {
      this.clock.advance(Math.min(100, left));
      this.server.settle();
    }
  }

  /** Lets promises go on until a condition holds, and delivers everything meanwhile. Throws if it never does. */
  until(condition: () => boolean): Promise<void> {
    return this.#until(condition, () => this.server.settle());
  }

  /** The same while nothing arrives anywhere. */
  untilOffline(condition: () => boolean): Promise<void> {
    return this.#until(condition, () => {});
  }

  async #until(condition: () => boolean, meanwhile: () => void): Promise<void> {
    for (let turn = 0; turn < 1000; turn += 1) {
      meanwhile();
      if (condition()) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error('The condition never came true');
  }
}

/** A session with what it told, and with a view that follows its changes. */
export class Participant {
  readonly session: DocumentSession;
  readonly pageLifecycle: ManualLifecycle;
  readonly statuses: string[] = [];
  readonly refusedEdits: SessionEvents['refusedEdit'][] = [];
  readonly forks: string[] = [];

  constructor(session: DocumentSession, pageLifecycle: ManualLifecycle) {
    this.session = session;
    this.pageLifecycle = pageLifecycle;
    session.on('status', (status) => this.statuses.push(status.kind));
    session.on('refusedEdit', (refusal) => this.refusedEdits.push(refusal));
    session.on('fork', ({ text }) => this.forks.push(text));
  }

  get text(): string {
    return this.session.text.toString();
  }

  get status(): string {
    const { status } = this.session;
    return status.kind === 'refused' ? `refused: ${status.reason}` : status.kind;
  }

  type(text: string, position = this.session.text.length): void {
    this.session.edit([...(position > 0 ? [position] : []), text], { group: 'typing' });
  }
}
