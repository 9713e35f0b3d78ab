import type { ClientMessage } from '../../../shared/protocol/messages.ts';
import type { DocumentSync } from '../../../shared/protocol/document-messages.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import type { User } from '../../../shared/protocol/fields.ts';
import type { Change } from '../../../shared/sync/change.ts';
import type { RoomLog } from '../commit/room-log.ts';
import type { Frame } from '../frames/wire-frame.ts';

/** A session of a room, as its parts see it. */
export interface PartSession {
  readonly sessionId: string;
  /** How the others see them. */
  readonly user: User;
  readonly role: Role;
  /** Sends a frame that holds `messages` messages, one unless given. */
  send(frame: Frame, messages?: number): void;
}

/** Everybody in a room. */
export interface Audience {
  /** Sends each session the frame that `frameFor` gives for it, if any. A frame holds `messages` messages. */
  send(frameFor: (session: PartSession) => Frame | undefined, messages: number): void;
}

/** The messages of clients that belong to parts of a room. The session carries out the others itself. */
export type PartMessage = Exclude<ClientMessage, { type: 'join' | 'submit' | 'authenticate' | 'ping' | 'leave' }>;

/** The fields of the answer to `join` that parts fill in. */
export type PartFields = Pick<DocumentSync, 'collaborators' | 'count'>;

/** What a part gets from its room. */
export interface PartDeps {
  readonly documentId: string;
  readonly log: RoomLog;
  readonly audience: Audience;
}

/** Something that a room offers besides its text, such as presence. docs/architecture.md tells how to add one. */
export interface RoomPart<M = PartMessage> {
  /** Carries out a message of a client whose role allows it. Throws ProtocolError or RefusalError to refuse it. */
  handle(message: M, session: PartSession): void;
  /**
   * A session joins: tells the others, and returns this part's fields of the answer. The session is not in the audience yet. Must not
   * throw.
   */
  welcome(session: PartSession): Partial<PartFields>;
  /** Changes became durable, in version order. Everybody hears of them before anything that the part sends now. Must not throw. */
  committed(changes: readonly Change[]): void;
}

/** All parts of one room, called in the order in which they were added. */
export class RoomParts {
  readonly #deps: PartDeps;
  readonly #parts: RoomPart[] = [];
  readonly #owners = new Map<PartMessage['type'], RoomPart>();

  constructor(deps: PartDeps) {
    this.#deps = deps;
  }

  /** Makes and adds a part, which owns the messages of these types. All parts are added before anybody joins. */
  add<T extends PartMessage['type'], P extends RoomPart<Extract<PartMessage, { type: T }>>>(
    types: readonly T[],
    make: (deps: PartDeps) => P,
  ): P {
    const part = make(this.#deps);
    this.#parts.push(part);
    for (const type of types) this.#owners.set(type, part);
    return part;
  }

  /** Has a message carried out by the part that owns its type. */
  handle(message: PartMessage, session: PartSession): void {
    const owner = this.#owners.get(message.type);
    if (owner === undefined) throw new Error(`No part of the room owns messages of the type ${message.type}`);
    owner.handle(message, session);
  }

  /** Welcomes a session in every part, and returns their fields of the answer. */
  welcome(session: PartSession): PartFields {
    const fields: PartFields = { collaborators: [], count: 0 };
    for (const part of this.#parts) Object.assign(fields, part.welcome(session));
    return fields;
  }

  /** Tells every part of changes that became durable. */
  committed(changes: readonly Change[]): void {
    for (const part of this.#parts) part.committed(changes);
  }
}
