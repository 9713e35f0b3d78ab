import type { DocumentSessionOptions } from '../document-session.ts';
import type { Clock } from '../transport/transport.ts';
import { MemoryOutbox, type MemoryDisk } from './memory-outbox.ts';
import type { MemoryLink } from './memory-link.ts';
import type { Participant, TestWorld } from './participant.ts';

/** A browser tab: a participant with an outbox on a shared disk, that can crash. */
export class Tab {
  readonly participant: Participant;
  readonly #world: TestWorld;
  readonly #outbox: MemoryOutbox;
  readonly #links: MemoryLink[] = [];
  #isAlive = true;

  /** `user`: whom the server takes it for; a function is asked at every connection. */
  constructor(
    world: TestWorld,
    disk: MemoryDisk,
    user: string | (() => string) = 'anna',
    options: Partial<DocumentSessionOptions> = {},
  ) {
    this.#world = world;
    this.#outbox = new MemoryOutbox(disk);
    const transport = world.server.transport(user);
    const clock: Clock = {
      now: () => world.clock.now(),
      monotonic: () => world.clock.monotonic(),
      after: (delay, callback) => world.clock.after(delay, () => this.#isAlive && callback()),
    };
    this.participant = world.participant('', {
      ...options,
      clock,
      outbox: this.#outbox,
      transport: {
        connect: (handlers) => {
          const connection = transport.connect(handlers);
          this.#links.push(world.server.newestLink);
          return connection;
        },
      },
    });
  }

  get link(): MemoryLink {
    return this.#links.at(-1)!;
  }

  /** Resolves when it has joined. */
  joined(): Promise<void> {
    return this.#world.until(() => ['live', 'saving', 'saved'].includes(this.participant.status));
  }

  /** Ends as a killed tab does: no goodbye, no last write, no timer. What it sent may still be `underway`, and arrive later. */
  crash({ underway = false } = {}): void {
    this.#isAlive = false;
    this.#outbox.crash();
    if (!underway) this.link?.cut();
    this.link?.mute();
  }
}
