import type { DocumentSession } from '../../shared/client/document-session.ts';
import type { Role } from '../../shared/protocol/roles.ts';
import type { ChunkedText } from '../../shared/text/chunked-text.ts';
import type { Edit } from '../../shared/text/edit.ts';
import type { EmbedCode, EmbedEvents, EmbedPerson, EmbedState } from '../embed/contract.ts';
import { codeOf, stateOf } from '../embed/editor/state-of.ts';

/** What can be done to a document without a view. The functions stay the same as long as the document does. */
export interface DocumentCommands {
  /**
   * Changes the text: see `weftdoc/text`. Throws OperationError or RangeError if the edit does not fit `text`, and SessionEndedError
   * if there is no session; nothing is changed then.
   */
  readonly edit: (edit: Edit) => void;
  /** Inserts at a place of `text`, in UTF-16 units. Throws as `edit` does. */
  readonly insert: (position: number, text: string) => void;
  /** Replaces `[from, to)` of `text`. Throws as `edit` does. */
  readonly replaceRange: (from: number, to: number, text: string) => void;
  /** Takes back the newest of one's own edits; false if there is none. */
  readonly undo: () => boolean;
  /** False if nothing was undone. */
  readonly redo: () => boolean;
  /** Resolves when everything typed so far is durable. Rejects with SessionEndedError if it cannot be. */
  readonly flush: () => Promise<void>;
}

/** What is known of a document at one moment. It never changes; the next moment has one of its own. */
export interface DocumentSnapshot extends DocumentCommands {
  /** As the person sees it, own unsaved edits included. It is put together when it is first read, and once per change. */
  readonly text: string;
  readonly state: EmbedState;
  /** Why it was refused, or cannot be saved now. */
  readonly code: EmbedCode | undefined;
  /** Edits that are not durable yet. */
  readonly unsaved: number;
  /** The newest version of the server that is in the text. */
  readonly version: number;
  /** Everybody here, oneself first. The same list as before unless somebody came, went or changed. */
  readonly people: readonly EmbedPerson[];
  /** Null before the first connection. */
  readonly role: Role | null;
  /** A first text is here. */
  readonly isReady: boolean;
  /** What changed the text last, whoever did it; undefined before the first change. */
  readonly lastChange: EmbedEvents['weft-change'] | undefined;
  /** The engine's session, for everything else; undefined on a server and until the component is mounted. */
  readonly session: DocumentSession | undefined;
}

/** Puts a text together when it is first asked for, and once. */
export class TextReader {
  readonly source: ChunkedText;
  #text: string | undefined;

  constructor(source: ChunkedText) {
    this.source = source;
  }

  read(): string {
    return (this.#text ??= this.source.toString());
  }
}

/** What a session and its store know together. */
export interface SnapshotParts extends Pick<DocumentSnapshot, 'people' | 'lastChange'> {
  readonly session: DocumentSession;
  /** Of `session.text`. */
  readonly text: TextReader;
}

/** The present moment of a session. */
export function snapshotOf({ session, text, ...rest }: SnapshotParts, commands: DocumentCommands): DocumentSnapshot {
  const { status, unsaved, version, isReady, self } = session;
  return {
    ...commands,
    ...rest,
    get text() {
      return text.read();
    },
    state: stateOf(status),
    code: codeOf(status),
    unsaved,
    version,
    role: self?.role ?? null,
    isReady,
    session,
  };
}

/** The moment before there is a session. */
export function emptySnapshot(commands: DocumentCommands): DocumentSnapshot {
  return {
    ...commands,
    text: '',
    state: stateOf(undefined),
    code: undefined,
    unsaved: 0,
    version: 0,
    people: [],
    role: null,
    isReady: false,
    lastChange: undefined,
    session: undefined,
  };
}
