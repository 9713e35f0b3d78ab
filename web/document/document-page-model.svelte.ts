import { openBrowserSession } from '../../shared/client/browser.ts';
import type { SessionStatus } from '../../shared/client/events/session-status.ts';
import type { DocumentBody } from '../../shared/protocol/http.ts';
import { mayEdit } from '../../shared/protocol/roles.ts';
import { platformClock } from '../../shared/client/transport/platform.ts';
import { ApiError, readDocument, updateDocument, type SendOptions } from '../app/api.ts';
import { SERVER } from '../app/base.ts';
import { pageActivity, watchActivity } from '../people/activity.ts';
import type { Announcer } from '../app/announcer.svelte.ts';
import { Following } from '../people/following.svelte.ts';
import { LiveDocument } from './live-document.svelte.ts';
import { PageTitle } from './page-title.svelte.ts';
import { ShownStatus } from './status/shown-status.svelte.ts';
import { announcementOf, answerToSave } from './status/status-words.ts';
import type { CurrentUser } from '../app/current-user.svelte.ts';
import type { Whereabouts } from '../editor/carets/whereabouts.ts';
import type { DocumentEditor } from '../editor/document-editor.ts';
import { nextFrame } from '../editor/binding/pace.ts';
import { TypeAhead } from '../editor/keys/type-ahead.ts';
import type { PeoplePage } from '../people/following.svelte.ts';
import type { Person } from '../people/people.ts';
import { statusWords } from '../words/en/status.ts';
import type { BandPage } from './frame/band-page.ts';

/** Milliseconds between two checks, after a lost connection, whether the document still exists; at least. */
const ASK_AGAIN = 10_000;

interface PageOptions {
  readonly id: string;
  /** Just made here, to be written in. */
  readonly isNew: boolean;
  readonly currentUser: CurrentUser;
  readonly announcer: Announcer;
}

/** The state of the page of one document, from opening to leaving. */
export class DocumentPageModel implements BandPage, PeoplePage {
  readonly id: string;
  readonly live: LiveDocument;
  readonly shown = new ShownStatus();
  readonly following = new Following();
  /** The text is on the screen, or will not be soon: what stands around it may be loaded, which would have delayed it. */
  readonly settled: Promise<void>;
  /** What is typed before the text is there, in a document just made: its text gets the focus. */
  readonly ahead: TypeAhead | undefined;
  /** Once the text is shown. */
  editor = $state.raw<DocumentEditor | undefined>(undefined);
  /** What lies over the text, which cannot be reached then: the preview, where there is no room for both. */
  cover = $state.raw<HTMLElement | undefined>(undefined);
  /** Where the carets of the others are, by session. */
  whereabouts = $state.raw<ReadonlyMap<string, Whereabouts>>(new Map());
  /** The selected text; empty if nothing is selected, or too much. */
  selected = $state.raw('');
  isPlain = $state(false);
  isReaderNoticeSeen = $state(false);
  #settle!: () => void;
  readonly #currentUser: CurrentUser;
  readonly #announcer: Announcer;
  readonly #endings: (() => void)[] = [];
  #missing = $state<'document' | 'binned' | undefined>(undefined);
  #record = $state.raw<DocumentBody | undefined>(undefined);
  readonly #title = new PageTitle(this);
  #askedAt = 0;
  /** Somebody pressed the keys for saving during a save, and is to be told when it is done. */
  #owesAnswer = false;
  #isClosed = false;

  constructor({ id, isNew, currentUser, announcer }: PageOptions) {
    this.id = id;
    this.ahead = isNew ? new TypeAhead({ takesLines: true }) : undefined;
    this.settled = new Promise((resolve) => (this.#settle = resolve));
    this.#currentUser = currentUser;
    this.#announcer = announcer;
    this.live = new LiveDocument(openBrowserSession({ documentId: id, origin: SERVER }));
  }

  /** The document does not exist or is not accessible, or lies in the bin of its reader. */
  get missing(): 'document' | 'binned' | undefined {
    return this.#missing;
  }

  /** Its name; until somebody named it, what its text begins with; empty if that is nothing, or not known yet. */
  get title(): string {
    return this.#title.known ?? '';
  }

  /** The same; undefined until it is known. */
  get knownTitle(): string | undefined {
    return this.#title.known;
  }

  /** The document as the HTTP interface describes it, as read last. */
  get record(): DocumentBody | undefined {
    return this.#record;
  }

  /** Opens the page; returns the function that closes it. */
  open(): () => void {
    const { session } = this.live;
    let before = session.status;
    this.#endings.push(
      session.on('status', (status) => {
        this.shown.show(status);
        const words = announcementOf(before.kind, status, this.live.canWrite);
        if (words !== undefined) this.#announcer.say(words);
        if (status.kind === 'reconnecting') void this.#look();
        if (status.kind === 'reconnecting' || status.kind === 'refused') this.#settle();
        this.#answerLater(status);
        before = status;
      }),
      session.on('role', (role) => {
        // Whoever could write is told anew once they cannot.
        if (mayEdit(role)) this.isReaderNoticeSeen = false;
      }),
      this.#announcePeople(),
      watchActivity(pageActivity(document), platformClock, (state) => session.setPresence(state)),
      guardUnload(() => session.unsaved > 0 && !session.keepsUnsent),
      () => this.ahead?.stop(),
    );
    this.shown.show(before);
    void session.whenReady().then(
      () => (session.isNamed ? undefined : this.#title.readHeading()),
      () => undefined,
    );
    void this.#begin();
    return () => this.#close();
  }

  /** Somebody pressed the keys for saving: announces the state, and later the end of a save in progress. */
  answerSave(): void {
    const { status, keepsUnsent, canWrite } = this.live;
    this.#owesAnswer = status.kind === 'saving';
    this.#announcer.say(answerToSave(status, { now: platformClock.monotonic(), keepsUnsent, canWrite }));
  }

  /** The text is there. */
  show(editor: DocumentEditor | undefined): void {
    this.editor = editor;
    void nextFrame().then(this.#settle);
  }

  /** Puts the focus on the text, or on what lies over it. */
  focusText(): void {
    (this.cover ?? this.editor)?.focus();
  }

  showMarkdown(): void {
    this.isPlain = false;
    void this.editor?.showMarkdown();
  }

  /** Of their tabs, the one that they use. */
  whereIs({ sessionIds }: Person): Whereabouts | undefined {
    const used = sessionIds.find((id) => this.whereabouts.has(id));
    return used === undefined ? undefined : this.whereabouts.get(used);
  }

  goTo({ sessionIds }: Person): void {
    sessionIds.some((id) => this.editor?.reveal(id) === true);
  }

  async rename(title: string, options?: SendOptions): Promise<void> {
    await updateDocument(this.id, { title }, options);
  }

  /** The cookie must be there before the socket opens, because it says who we are. */
  async #begin(): Promise<void> {
    // If the server cannot be reached, the session says so, and shows what this device has kept.
    await this.#currentUser.ensure().catch(() => undefined);
    if (this.#isClosed) return;
    this.live.session.connect();
    await this.#look();
  }

  async #look(): Promise<void> {
    if (performance.now() - this.#askedAt < ASK_AGAIN && this.#askedAt > 0) return;
    this.#askedAt = performance.now();
    try {
      this.#record = await readDocument(this.id);
    } catch (error) {
      if (!(error instanceof ApiError) || (error.code !== 'not_found' && error.code !== 'forbidden')) return;
      // The session hears the same and stops; what this device has kept of the document is shown even now.
      this.#missing = error.isTrashed ? 'binned' : 'document';
    }
  }

  #answerLater(status: SessionStatus): void {
    if (!this.#owesAnswer || status.kind === 'saving') return;
    this.#owesAnswer = false;
    if (status.kind === 'saved') this.#announcer.say(statusWords.nowSaved);
  }

  #announcePeople(): () => void {
    const { session } = this.live;
    let known: Map<string, string> | undefined;
    return session.on('collaborators', (collaborators) => {
      const now = new Map(collaborators.map((one) => [one.user.id, one.user.name]));
      if (known !== undefined) this.#announcer.compare(known, now);
      known = now;
    });
  }

  #close(): void {
    this.#isClosed = true;
    for (const end of this.#endings) end();
    this.shown.stop();
    this.live.close();
  }
}

/** Asks before the tab is closed, only while `isAtRisk`. */
function guardUnload(isAtRisk: () => boolean): () => void {
  const guard = (event: BeforeUnloadEvent): void => {
    if (isAtRisk()) event.preventDefault();
  };
  window.addEventListener('beforeunload', guard);
  return () => window.removeEventListener('beforeunload', guard);
}
