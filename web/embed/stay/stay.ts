import { openBrowserSession } from '../../../shared/client/browser.ts';
import type { DocumentSession } from '../../../shared/client/document-session.ts';
import { platformClock } from '../../../shared/client/transport/platform.ts';
import type { RescuedText } from '../../document/status/status-page.ts';
import { canWrite } from '../../editor/binding/can-write.ts';
import type { Whereabouts } from '../../editor/carets/whereabouts.ts';
import type { DocumentEditor, EditorPlace } from '../../editor/document-editor.ts';
import { pageActivity, watchActivity } from '../../people/activity.ts';
import { keepPeople, peopleOf, type Person } from '../../people/people.ts';
import type { GivenToHost } from '../host.ts';
import { Changes } from './changes.ts';
import type { HostOptions } from './host-options.ts';
import { KeptScroll } from './kept-scroll.ts';

interface StayDeps {
  readonly id: string;
  readonly server: string;
  readonly options: HostOptions;
  readonly given: GivenToHost;
}

/** What surrounds the text: bar, band, announcements. It is loaded behind the text. */
export interface StayChrome {
  /** Shows it in `box`, of the editor `frame`. Returns the function that takes it away. */
  show(box: HTMLElement, frame: HTMLElement): () => void;
  /** Follows a session, if it is somebody else's; null ends it. */
  follow(sessionId: string | null): void;
  /** The person does something of their own. */
  ownAction(): void;
  close(): void;
}

/** One stay in one document of an embedded editor. */
export class Stay {
  readonly id: string;
  /** Without a slash at the end. */
  readonly server: string;
  readonly options: HostOptions;
  readonly session: DocumentSession;
  /** Of what can be set here; the session and the options tell of theirs. */
  readonly changes = new Changes();
  /** Of carets of the others. */
  readonly moves = new Changes();
  readonly scroll = new KeptScroll();
  /** Once it was asked for. */
  chrome: Promise<StayChrome> | undefined;
  /** The element was taken away: the document is left once everything is saved. */
  isParting = false;
  /** Where somebody was when the view was taken away. */
  place: EditorPlace | undefined;
  /** A text that must not get lost, if it came before there was anything to show it. */
  rescued: RescuedText | undefined;
  /** The text is on the screen. */
  onShown: () => void = () => {};
  /** UTF-16 units. */
  onSelection: (anchor: number, head: number) => void = () => {};
  #editor: DocumentEditor | undefined;
  #whereabouts: ReadonlyMap<string, Whereabouts> = new Map();
  #notice = '';
  #isToldByHost = false;
  #title: string | undefined;
  #people: readonly Person[] = [];
  readonly #endings: (() => void)[] = [];

  constructor({ id, server, options, given }: StayDeps) {
    this.id = id;
    this.server = server;
    this.options = options;
    this.session = openBrowserSession({
      documentId: id,
      origin: server,
      ...(given.credentials !== 'same-origin' && { credentials: 'omit' }),
      ...(given.user?.name !== undefined && { name: given.user.name }),
      ...(given.user?.color !== undefined && { color: given.user.color }),
      ...(given.link !== undefined && { link: given.link }),
      // Read when it is asked for: what the host sets later counts.
      ...(given.token !== undefined && { token: async () => tokenOf(given) }),
    });
  }

  /** Once the text is shown. */
  get editor(): DocumentEditor | undefined {
    return this.#editor;
  }

  set editor(editor: DocumentEditor | undefined) {
    this.#editor = editor;
    this.changes.tell();
  }

  /** Where the carets of the others are, by session. */
  get whereabouts(): ReadonlyMap<string, Whereabouts> {
    return this.#whereabouts;
  }

  set whereabouts(whereabouts: ReadonlyMap<string, Whereabouts>) {
    this.#whereabouts = whereabouts;
    this.moves.tell();
  }

  /** What did not work, in a sentence; put away by the person, or by what follows. */
  get notice(): string {
    return this.#notice;
  }

  set notice(notice: string) {
    this.#notice = notice;
    this.changes.tell();
  }

  /** The host says in its own words why it stopped. */
  get isToldByHost(): boolean {
    return this.#isToldByHost;
  }

  set isToldByHost(isTold: boolean) {
    this.#isToldByHost = isTold;
    this.changes.tell();
  }

  /** Empty if it is called nothing, or not known yet. */
  get title(): string {
    return this.#title ?? (this.session.isNamed ? this.session.title : '');
  }

  set title(title: string) {
    this.#title = title;
    this.changes.tell();
  }

  /** Whether what is typed here is taken. */
  get canWrite(): boolean {
    return canWrite(this.session) && !this.options.isReadOnly;
  }

  /** Everybody who is here, oneself first. */
  get people(): readonly Person[] {
    const people = peopleOf(this.session.collaborators, this.session.self?.user.id);
    return (this.#people = keepPeople(this.#people, people));
  }

  open(): void {
    const { session } = this;
    this.#endings.push(
      session.on('fork', ({ text }) => {
        this.rescued = { text };
      }),
      session.on('refusedEdit', ({ message, text }) => {
        this.rescued = { text, refusal: message };
      }),
      watchActivity(pageActivity(document), platformClock, (state) => session.setPresence(state)),
    );
    session.connect();
  }

  /** Leaves the document. */
  close(): void {
    for (const end of this.#endings) end();
    void this.chrome?.then((chrome) => chrome.close());
    void this.session.leave();
  }
}

async function tokenOf({ token }: GivenToHost): Promise<string> {
  const found = typeof token === 'function' ? await token() : token;
  if (found === undefined) throw new Error('The host gave no token');
  return found;
}
