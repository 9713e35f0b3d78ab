import { createSubscriber } from 'svelte/reactivity';
import type { DocumentSession } from '../../shared/client/document-session.ts';
import type { SessionEvents } from '../../shared/client/events/session-events.ts';
import { mayEdit, type Role } from '../../shared/protocol/roles.ts';
import type { SessionStatus } from '../../shared/client/events/session-status.ts';
import { canWrite } from '../editor/binding/can-write.ts';
import { keepPeople, peopleOf, type Person } from '../people/people.ts';
import type { LiveState, RescuedText } from './status/status-page.ts';

/** UTF-16 units; `headingOf` looks no further. */
const BEGINNING = 4_000;

/** A document session as state: effects that read a property run again when the session reports a change of it. */
export class LiveDocument implements LiveState {
  readonly session: DocumentSession;
  #people: readonly Person[] = [];
  #rescued = $state.raw<RescuedText | undefined>(undefined);
  #mayWrite: boolean | undefined;
  #isDemoted = $state(false);
  readonly #onStatus: () => void;
  readonly #onText: () => void;
  readonly #onPeople: () => void;
  readonly #onTitle: () => void;
  readonly #onRole: () => void;
  readonly #onReady: () => void;
  readonly #onKeeping: () => void;
  readonly #endings: (() => void)[];

  /** `rescued`: what the session told before it was state. */
  constructor(session: DocumentSession, rescued?: RescuedText) {
    this.session = session;
    this.#rescued = rescued;
    this.#mayWrite = session.self && mayEdit(session.self.role);
    this.#onStatus = this.#subscriber('status');
    this.#onText = this.#subscriber('change', 'status', 'ready');
    this.#onPeople = this.#subscriber('collaborators', 'ready');
    this.#onTitle = this.#subscriber('title', 'ready');
    this.#onRole = this.#subscriber('role', 'ready', 'status');
    this.#onReady = this.#subscriber('ready');
    this.#onKeeping = this.#subscriber('keepsUnsent');
    this.#endings = [
      session.on('role', (role) => {
        const could = this.#mayWrite;
        this.#mayWrite = mayEdit(role);
        this.#isDemoted = could !== undefined && !this.#mayWrite && (could || this.#isDemoted);
      }),
      session.on('fork', ({ text }) => {
        this.#rescued = { text };
      }),
      session.on('refusedEdit', ({ message, text }) => {
        this.#rescued = { text, refusal: message };
      }),
    ];
  }

  get status(): SessionStatus {
    this.#onStatus();
    return this.session.status;
  }

  get isReady(): boolean {
    this.#onReady();
    return this.session.isReady;
  }

  get title(): string {
    this.#onTitle();
    return this.session.title;
  }

  /** Whether somebody named the document; until then its title is what its text begins with. */
  get isNamed(): boolean {
    this.#onTitle();
    return this.session.isNamed;
  }

  /** As much of the text as its heading is looked for in. */
  get beginning(): string {
    this.#onText();
    return this.session.text.slice(0, BEGINNING);
  }

  get version(): number {
    this.#onText();
    return this.session.version;
  }

  get unsaved(): number {
    this.#onText();
    return this.session.unsaved;
  }

  get keepsUnsent(): boolean {
    this.#onKeeping();
    return this.session.keepsUnsent;
  }

  /** False for readers, and if the server would refuse what is typed: nothing is accepted that will be dropped. */
  get canWrite(): boolean {
    this.#onRole();
    return canWrite(this.session);
  }

  /** What one may do here; nothing before the first join. */
  get role(): Role | undefined {
    this.#onRole();
    return this.session.self?.role;
  }

  /** The right to write was taken away while the document was open. */
  get isDemoted(): boolean {
    return this.#isDemoted;
  }

  /** Everybody who is here, oneself first. */
  get people(): readonly Person[] {
    this.#onPeople();
    const people = peopleOf(this.session.collaborators, this.session.self?.user.id);
    return (this.#people = keepPeople(this.#people, people));
  }

  /** How many people are here; in a large room more than `people` tells of. */
  get peopleCount(): number {
    const untold = this.session.count - this.session.collaborators.length;
    return this.people.length + Math.max(0, untold);
  }

  get rescued(): RescuedText | undefined {
    return this.#rescued;
  }

  putRescuedAway(): void {
    this.#rescued = undefined;
  }

  /** Leaves the document for good. */
  close(): void {
    for (const end of this.#endings) end();
    void this.session.leave();
  }

  #subscriber(...events: (keyof SessionEvents)[]): () => void {
    return createSubscriber((update) => {
      const endings = events.map((event) => this.session.on(event, update));
      return () => {
        for (const end of endings) end();
      };
    });
  }
}
