import { createSubscriber } from 'svelte/reactivity';
import { Announcer } from '../../app/announcer.svelte.ts';
import { LiveDocument } from '../../document/live-document.svelte.ts';
import { PageTitle } from '../../document/page-title.svelte.ts';
import { ShownStatus } from '../../document/status/shown-status.svelte.ts';
import { announcementOf } from '../../document/status/status-words.ts';
import type { Whereabouts } from '../../editor/carets/whereabouts.ts';
import type { DocumentEditor } from '../../editor/document-editor.ts';
import { Following, type PeoplePage } from '../../people/following.svelte.ts';
import type { Person } from '../../people/people.ts';
import type { HostOptions } from '../stay/host-options.ts';
import type { Stay } from '../stay/stay.ts';

/** A stay in a document as state, for what surrounds the text. */
export class EmbedModel implements PeoplePage {
  readonly stay: Stay;
  readonly live: LiveDocument;
  readonly shown = new ShownStatus();
  readonly following = new Following();
  readonly announcer = new Announcer();
  isReaderNoticeSeen = $state(false);
  readonly #title: PageTitle;
  readonly #onStay: () => void;
  readonly #onMove: () => void;
  readonly #onOptions: () => void;
  readonly #endings: readonly (() => void)[];

  constructor(stay: Stay) {
    const { session, options } = stay;
    this.stay = stay;
    this.#onStay = createSubscriber((update) => stay.changes.on(update));
    this.#onMove = createSubscriber((update) => stay.moves.on(update));
    this.#onOptions = createSubscriber((update) => options.changes.on(update));
    this.live = new LiveDocument(session, stay.rescued);
    this.#title = new PageTitle({ live: this.live, record: undefined });
    let before = session.status;
    let known = session.isReady ? namesIn(session) : undefined;
    this.#endings = [
      session.on('status', (status) => {
        this.shown.show(status);
        const words = announcementOf(before.kind, status, this.canWrite);
        if (words !== undefined) this.announcer.say(words);
        before = status;
      }),
      session.on('collaborators', () => {
        const now = namesIn(session);
        if (known !== undefined) this.announcer.compare(known, now);
        known = now;
      }),
    ];
    this.shown.show(before);
    void session.whenReady().then(
      () => (session.isNamed ? undefined : this.#title.readHeading()),
      () => undefined,
    );
  }

  get hasToolbar(): boolean {
    return this.#options.hasToolbar;
  }

  get hasStatus(): boolean {
    return this.#options.hasStatus;
  }

  /** Discs of who is here. */
  get hasPeople(): boolean {
    const { presence } = this.#options;
    return presence === 'full' || presence === 'avatars';
  }

  /** The host does not let anybody write here. */
  get isReadOnlyByHost(): boolean {
    return this.#options.isReadOnly;
  }

  get editor(): DocumentEditor | undefined {
    this.#onStay();
    return this.stay.editor;
  }

  get notice(): string {
    this.#onStay();
    return this.stay.notice;
  }

  set notice(notice: string) {
    this.stay.notice = notice;
  }

  get isToldByHost(): boolean {
    this.#onStay();
    return this.stay.isToldByHost;
  }

  /** Empty if it is called nothing, or not known yet. */
  get title(): string {
    return this.#title.known ?? '';
  }

  /** The page of the document in Weft. */
  get address(): string {
    return `${this.stay.server}/d/${this.stay.id}`;
  }

  get canWrite(): boolean {
    return this.live.canWrite && !this.isReadOnlyByHost;
  }

  whereIs({ sessionIds }: Person): Whereabouts | undefined {
    this.#onMove();
    const { whereabouts } = this.stay;
    const used = sessionIds.find((id) => whereabouts.has(id));
    return used === undefined ? undefined : whereabouts.get(used);
  }

  goTo({ sessionIds }: Person): void {
    sessionIds.some((id) => this.stay.editor?.reveal(id) === true);
  }

  close(): void {
    for (const end of this.#endings) end();
    this.shown.stop();
    this.announcer.stop();
    this.live.close();
  }

  get #options(): HostOptions {
    this.#onOptions();
    return this.stay.options;
  }
}

function namesIn({ collaborators }: Stay['session']): ReadonlyMap<string, string> {
  return new Map(collaborators.map((one) => [one.user.id, one.user.name]));
}
