import { openBrowserSession } from '../../../shared/client/browser.ts';
import { platformClock } from '../../../shared/client/transport/platform.ts';
import { Announcer } from '../../app/announcer.svelte.ts';
import { LiveDocument } from '../../document/live-document.svelte.ts';
import { PageTitle } from '../../document/page-title.svelte.ts';
import { ShownStatus } from '../../document/status/shown-status.svelte.ts';
import { announcementOf } from '../../document/status/status-words.ts';
import type { Whereabouts } from '../../editor/carets/whereabouts.ts';
import type { DocumentEditor, EditorPlace } from '../../editor/document-editor.ts';
import { pageActivity, watchActivity } from '../../people/activity.ts';
import { Following, type PeoplePage } from '../../people/following.svelte.ts';
import type { Person } from '../../people/people.ts';
import type { GivenToHost } from '../host.ts';
import type { HostOptions } from './host-options.svelte.ts';
import { KeptScroll } from './kept-scroll.ts';

interface ModelDeps {
  readonly id: string;
  readonly server: string;
  readonly options: HostOptions;
  readonly given: GivenToHost;
}

/** One stay in one document of an embedded editor, as state. */
export class EmbedModel implements PeoplePage {
  readonly id: string;
  /** Without a slash at the end. */
  readonly server: string;
  readonly options: HostOptions;
  readonly live: LiveDocument;
  readonly shown = new ShownStatus();
  readonly following = new Following();
  readonly announcer = new Announcer();
  /** Once the text is shown. */
  editor = $state.raw<DocumentEditor | undefined>(undefined);
  whereabouts = $state.raw<ReadonlyMap<string, Whereabouts>>(new Map());
  isReaderNoticeSeen = $state(false);
  /** What did not work, in a sentence; put away by the person, or by what follows. */
  notice = $state('');
  /** The host says in its own words why it stopped. */
  isToldByHost = $state(false);
  /** The element was taken away: the document is left once everything is saved. */
  isParting = false;
  /** Where somebody was when the view was taken away. */
  place: EditorPlace | undefined;
  readonly scroll = new KeptScroll();
  /** The text is on the screen. */
  onShown: () => void = () => {};
  /** UTF-16 units. */
  onSelection: (anchor: number, head: number) => void = () => {};
  readonly #title: PageTitle;
  readonly #endings: (() => void)[] = [];

  constructor({ id, server, options, given }: ModelDeps) {
    this.id = id;
    this.server = server;
    this.options = options;
    const session = openBrowserSession({
      documentId: id,
      origin: server,
      ...(given.credentials !== 'same-origin' && { credentials: 'omit' }),
      ...(given.user?.name !== undefined && { name: given.user.name }),
      ...(given.user?.color !== undefined && { color: given.user.color }),
      ...(given.link !== undefined && { link: given.link }),
      // Read when it is asked for: what the host sets later counts.
      ...(given.token !== undefined && { token: async () => tokenOf(given) }),
    });
    this.live = new LiveDocument(session);
    this.#title = new PageTitle({ live: this.live, record: undefined });
  }

  /** Empty if it is called nothing, or not known yet. */
  get title(): string {
    return this.#title.known ?? '';
  }

  /** The page of the document in Weft. */
  get address(): string {
    return `${this.server}/d/${this.id}`;
  }

  /** Whether what is typed here is taken. */
  get canWrite(): boolean {
    return this.live.canWrite && !this.options.isReadOnly;
  }

  open(): void {
    const { session } = this.live;
    let before = session.status;
    let known: ReadonlyMap<string, string> | undefined;
    this.#endings.push(
      session.on('status', (status) => {
        this.shown.show(status);
        const words = announcementOf(before.kind, status, this.canWrite);
        if (words !== undefined) this.announcer.say(words);
        before = status;
      }),
      session.on('collaborators', (collaborators) => {
        const now = new Map(collaborators.map((one) => [one.user.id, one.user.name]));
        if (known !== undefined) this.announcer.compare(known, now);
        known = now;
      }),
      watchActivity(pageActivity(document), platformClock, (state) => session.setPresence(state)),
    );
    this.shown.show(before);
    void session.whenReady().then(
      () => (session.isNamed ? undefined : this.#title.readHeading()),
      () => undefined,
    );
    session.connect();
  }

  whereIs({ sessionIds }: Person): Whereabouts | undefined {
    const used = sessionIds.find((id) => this.whereabouts.has(id));
    return used === undefined ? undefined : this.whereabouts.get(used);
  }

  goTo({ sessionIds }: Person): void {
    sessionIds.some((id) => this.editor?.reveal(id) === true);
  }

  /** Leaves the document. */
  close(): void {
    for (const end of this.#endings) end();
    this.shown.stop();
    this.announcer.stop();
    this.live.close();
  }
}

async function tokenOf({ token }: GivenToHost): Promise<string> {
  const found = typeof token === 'function' ? await token() : token;
  if (found === undefined) throw new Error('The host gave no token');
  return found;
}
