import type { DocumentSession } from '../../shared/client/document-session.ts';
import { SessionEndedError } from '../../shared/client/events/session-status.ts';
import type { EmbedEvents, EmbedPerson } from '../embed/contract.ts';
import { openSession } from '../embed/editor/open-session.ts';
import { sessionKey, type DocumentOptions } from './document-options.ts';
import { emptySnapshot, snapshotOf, TextReader } from './document-snapshot.ts';
import type { DocumentCommands, DocumentSnapshot } from './document-snapshot.ts';
import { endSession, handOver } from './ending-sessions.ts';
import { PeopleStore } from './people-store.ts';

/**
 * A document as a framework reads it: a session that is open as long as somebody listens, and what is known of it as a value that
 * is another one when something has changed. Nothing happens before the first listener, so it may be made while rendering, on a
 * server too. Each store has a session of its own.
 */
export class DocumentStore {
  /** Options with another key need another store. */
  readonly key: string;
  readonly #commands: DocumentCommands = {
    edit: (edit) => this.#opened().edit(edit),
    insert: (position, text) => this.#opened().insert(position, text),
    replaceRange: (from, to, text) => this.#opened().replace(from, to, text),
    undo: () => this.#opened().undo(),
    redo: () => this.#opened().redo(),
    flush: async () => this.#opened().whenSaved(),
  };
  readonly #empty = emptySnapshot(this.#commands);
  readonly #listeners = new Set<() => void>();
  #options: DocumentOptions;
  #session: DocumentSession | undefined;
  #endings: (() => void)[] = [];
  #people: readonly EmbedPerson[] = [];
  #lastChange: EmbedEvents['weft-change'] | undefined;
  #text: TextReader | undefined;
  /** Undefined if something has changed since it was read. */
  #snapshot: DocumentSnapshot | undefined;

  constructor(options: DocumentOptions) {
    this.key = sessionKey(options);
    this.#options = options;
  }

  /** The newest options, of the same key: from now on this token is asked for. */
  renew(options: DocumentOptions): void {
    this.#options = options;
  }

  /** The present moment; the same object until something changes. */
  readonly read = (): DocumentSnapshot => (this.#snapshot ??= this.#take());

  /** The moment before there is a session, as a server renders it. */
  readonly readEmpty = (): DocumentSnapshot => this.#empty;

  /**
   * Calls back when something has changed. Returns the function that ends it; with the last one the session ends, once everything is
   * durable. Listening again at once, as frameworks do when they try out effects, keeps it.
   */
  readonly subscribe = (listener: () => void): (() => void) => {
    const tell = (): void => listener();
    this.#listeners.add(tell);
    if (this.#session === undefined) this.#begin();
    return () => {
      this.#listeners.delete(tell);
      queueMicrotask(() => this.#listeners.size === 0 && this.#end());
    };
  };

  #begin(): void {
    const handed = handOver(this.key);
    if (handed === undefined) return this.#open();
    void handed.then(() => {
      if (this.#session === undefined && this.#listeners.size > 0) this.#open();
    });
  }

  #open(): void {
    const { token } = this.#options;
    const session = openSession({ ...this.#options, token: token === undefined ? undefined : () => this.#askToken() });
    this.#session = session;
    const people = new PeopleStore(session);
    const changed = (): void => this.#changed();
    // What a page that is left had typed goes on in the next session; the browser may show the page again.
    const reopen = (): void => {
      if (session.status.kind !== 'left') return;
      this.#end();
      this.#begin();
    };
    addEventListener('pageshow', reopen);
    let isShown = false;
    this.#endings = [
      () => removeEventListener('pageshow', reopen),
      session.on('change', ({ edit, origin }) => {
        const isOthers = origin === 'remote' || origin === 'reset';
        // The first text is nobody's change.
        if (isShown) this.#lastChange = { origin: isOthers ? 'remote' : 'local', version: session.version, edit };
        changed();
      }),
      session.on('ready', () => {
        isShown = true;
        changed();
      }),
      session.on('collaborators', () => {
        this.#people = people.read();
        changed();
      }),
      session.on('status', changed),
      session.on('role', changed),
    ];
    changed();
  }

  #end(): void {
    const session = this.#session;
    if (session === undefined) return;
    for (const end of this.#endings.splice(0)) end();
    this.#session = undefined;
    this.#people = [];
    this.#lastChange = undefined;
    this.#text = undefined;
    void endSession(this.key, session);
    this.#changed();
  }

  #changed(): void {
    this.#snapshot = undefined;
    for (const tell of [...this.#listeners]) tell();
  }

  #take(): DocumentSnapshot {
    const session = this.#session;
    if (session === undefined) return this.#empty;
    if (this.#text?.source !== session.text) this.#text = new TextReader(session.text);
    return snapshotOf(
      { session, text: this.#text, people: this.#people, lastChange: this.#lastChange },
      this.#commands,
    );
  }

  /** Throws SessionEndedError if there is no session. */
  #opened(): DocumentSession {
    if (this.#session === undefined) throw new SessionEndedError('left');
    return this.#session;
  }

  async #askToken(): Promise<string> {
    const { token = '' } = this.#options;
    return typeof token === 'function' ? token() : token;
  }
}
