import { test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import type { ServerMessage } from '../../shared/protocol/messages.ts';
import type { User } from '../../shared/protocol/fields.ts';
import { guestFromClientId, sessionIdOf } from '../access/identity.ts';
import { parseConfig } from '../setup/config.ts';
import { BackgroundJobs } from '../base/background-jobs.ts';
import { InProcessBus } from '../bus/bus.ts';
import type { ClientConnection } from '../rooms/session/session-deps.ts';
import type { RoomLimits } from '../rooms/services/room-limits.ts';
import type { SendOutcome } from '../rooms/frames/frame-arena.ts';
import { DocumentOperations } from '../rooms/document-operations.ts';
import { RoomRegistry } from '../rooms/room-registry.ts';
import { RefusalError } from '../base/refusal.ts';
import type { RoomSession } from '../rooms/session/room-session.ts';
import { headerLength, LongMessage, type Frame } from '../rooms/frames/wire-frame.ts';
import { SqliteStore } from '../stores/sqlite/sqlite-store.ts';
import { FaultyStore } from './faulty-store.ts';

const SECRET = 'a secret of more than thirty-two bytes';
const OWNER: User = { id: 'guest_owner', name: 'Olive Owl', color: '#ba3d47' };

/** The open documents of one process, and the operations that its HTTP routes call. */
export class RoomNode extends RoomRegistry {
  readonly documents = new DocumentOperations(this);
}

/** A real store in a fresh folder, a clock that the test moves, and any number of registries (nodes) on them. */
export class RoomKit {
  readonly clock = new ManualClock();
  readonly bus = new InProcessBus();
  readonly faults: FaultyStore;
  readonly store: SqliteStore;
  readonly #registries: RoomNode[] = [];

  private constructor(store: SqliteStore) {
    ({ store: this.store, faults: this.faults } = FaultyStore.wrap(store));
  }

  static async open(): Promise<RoomKit> {
    return new RoomKit(await SqliteStore.open({ folder: temporaryFolder() }));
  }

  /**
   * A node: a registry of its own on the shared store and bus, by default with the shared secret and under a new name. With the
   * name of a closed node it is that node after a restart.
   */
  node(limits: Partial<RoomLimits> = {}, secret = SECRET, name = `node ${this.#registries.length}`): RoomNode {
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const registry = new RoomNode({
      store: this.store,
      catalogue: this.store,
      bus: this.bus,
      clock: this.clock,
      limits: { ...parseConfig({}).limits, ...limits },
      logger,
      jobs: new BackgroundJobs({ clock: this.clock, logger }),
      node: name,
      sessionIdOf: (documentId, clientId) => sessionIdOf(secret, documentId, clientId),
    });
    this.#registries.push(registry);
    return registry;
  }

  /** Makes a document with a text, and returns its id. */
  async document(id: string, content = ''): Promise<string> {
    const createdAt = this.clock.now();
    const client = { clientId: `creator-of-${id}-creator-of`, seq: 1, userId: OWNER.id, sessionId: 'creator' };
    await this.store.createDocument(
      { id, title: 'Notes', linkAccess: 'edit', createdAt },
      OWNER,
      content === '' ? undefined : { version: 1, timestamp: createdAt, edit: [content], ...client },
    );
    return id;
  }

  async close(): Promise<void> {
    this.faults.release();
    for (const registry of this.#registries) await registry.close();
    await this.store.close();
  }
}

/** A test with a kit and a node on it, both its own and closed after it. */
export const roomTest = test
  // Vitest reads from this pattern which fixtures it needs.
  .extend('kit', async ({}, { onCleanup }) => {
    const kit = await RoomKit.open();
    onCleanup(() => kit.close());
    return kit;
  })
  .extend('node', ({ kit }) => kit.node());

/** What `roomTest` hands to a test. */
export interface RoomFixtures {
  readonly kit: RoomKit;
  readonly node: RoomNode;
}

/** The text of a frame. */
export function textOf(frame: Frame): string {
  if (typeof frame === 'string') return frame;
  if (frame instanceof LongMessage) return Buffer.concat(frame.pieces).toString();
  const header = [2, 4, 10].find((length) => headerLength(frame.length - length) === length);
  return frame.toString('utf8', header);
}

/** A client at the other end of a connection: what was sent to it, message by message. */
export class TestClient implements ClientConnection {
  readonly connectionId = 'a connection';
  readonly clientId: string;
  readonly messages: ServerMessage[] = [];
  readonly frames: string[] = [];
  closed: { code: number; reason: string } | undefined;
  queuedBytes = 0;
  readonly session: RoomSession;
  readonly end: () => void;

  constructor(
    registry: RoomRegistry,
    documentId: string,
    clientId: string,
    user = guestFromClientId(SECRET, clientId),
  ) {
    this.clientId = clientId;
    ({ session: this.session, end: this.end } = registry.startSession(documentId, this, {
      admit: (joining) => ({
        ...user,
        name: joining.name ?? user.name,
        ...(joining.color === undefined ? {} : { color: joining.color, choseColor: true as const }),
      }),
      verify: () => Promise.reject(new RefusalError('unauthenticated', 'No token counts here')),
    }));
  }

  /** A client that has joined as new. */
  static async joined(registry: RoomRegistry, documentId: string, name: string): Promise<TestClient> {
    const client = new TestClient(registry, documentId, name.padEnd(22, '-'));
    client.say({ type: 'join', clientId: client.clientId, name });
    await client.hears('document-init');
    return client;
  }

  send(frame: Frame): SendOutcome {
    const text = textOf(frame);
    this.frames.push(text);
    const value = JSON.parse(text) as ServerMessage | ServerMessage[];
    this.messages.push(...(Array.isArray(value) ? value : [value]));
    return 'written';
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
    this.end();
  }

  say(...messages: object[]): void {
    this.session.receive(JSON.stringify(messages.length === 1 ? messages[0] : messages));
  }

  submit(seq: number, version: number, ...operations: object[]): void {
    this.say({ type: 'submit', seq, version, operations });
  }

  all<T extends ServerMessage['type']>(type: T): Extract<ServerMessage, { type: T }>[] {
    return this.messages.filter((message): message is Extract<ServerMessage, { type: T }> => message.type === type);
  }

  /** Resolves with the `count`th message of a type, as soon as it is there. */
  hears<T extends ServerMessage['type']>(type: T, count = 1): Promise<Extract<ServerMessage, { type: T }>> {
    return vi.waitFor(
      () => {
        const message = this.all(type)[count - 1];
        if (message === undefined) throw new Error(`${this.clientId} heard no ${type} number ${count}`);
        return message;
      },
      { timeout: 5000, interval: 2 },
    );
  }

  /** The versions that this client was sent, in order. */
  get versions(): number[] {
    return this.messages.flatMap((message) =>
      message.type === 'ack' || message.type === 'document-update' ? [message.version] : [],
    );
  }
}
