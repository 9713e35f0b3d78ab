import type { DocumentSession } from '../../../shared/client/document-session.ts';
import { SessionEndedError } from '../../../shared/client/events/session-status.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import { bestLanguage, useLanguage } from '../../words/languages.ts';
import type { EmbedHandle, EmbedPerson, EmbedState } from '../contract.ts';
import type { EmbedHost } from '../host.ts';
import { HostOptions } from '../stay/host-options.ts';
import { Stay } from '../stay/stay.ts';
import { adoptStyles } from '../stay/styles.ts';
import { embedError } from './embed-error.ts';
import { FormField } from './form-field.ts';
import { tellHost, type Telling } from './host-events.ts';
import { serverOf } from './server-of.ts';
import { stateOf } from './state-of.ts';
import { chromeOf } from './chrome-loading.ts';
import { Shell } from './shell.ts';
import { cleanText } from '../../editor/binding/clean-text.ts';

/** The editor of an element, from the first time that it is connected: its document, its view, and what the page asks of it. */
export class EmbeddedEditor implements EmbedHandle {
  readonly #host: EmbedHost;
  readonly #options: HostOptions;
  readonly #field: FormField;
  /** Undefined while the element names no document. */
  #stay: Stay | undefined;
  #shell: Shell | undefined;
  /** Tells the page of the present document. */
  #telling: Telling | undefined;
  /** Counts what was asked for, so that what was overtaken meanwhile is dropped. */
  #turn = 0;
  #ready!: Promise<void>;
  #settleReady!: { resolve: () => void; reject: (error: Error) => void };

  constructor(host: EmbedHost) {
    this.#host = host;
    this.#options = new HostOptions(host);
    const content = { text: () => this.session?.text, unsaved: () => this.unsaved, flush: () => this.flush() };
    this.#field = new FormField(host, this.#options, content);
    adoptStyles(host.root);
    this.#expectReady();
    // What fields within say is not said by the element.
    for (const name of ['input', 'change']) host.root.addEventListener(name, (event) => event.stopPropagation());
    host.element.addEventListener('click', (event) => {
      // A label of it was pressed.
      if (event.composedPath()[0] === host.element) this.focus();
    });
    addEventListener('beforeunload', (event) => {
      if (this.unsaved > 0 && this.session?.keepsUnsent === false) event.preventDefault();
    });
    addEventListener('pageshow', ({ persisted }) => {
      // The session ended when the page was left; the browser shows the page again as it was.
      if (persisted && host.element.isConnected) void this.#open();
    });
  }

  get value(): string {
    return this.session?.text.toString() ?? '';
  }

  get state(): EmbedState {
    return stateOf(this.session?.status);
  }

  get unsaved(): number {
    return this.session?.unsaved ?? 0;
  }

  get version(): number {
    return this.session?.version ?? 0;
  }

  get role(): Role | null {
    return this.session?.self?.role ?? null;
  }

  get people(): readonly EmbedPerson[] {
    return this.#stay?.people ?? [];
  }

  get ready(): Promise<void> {
    return this.#ready;
  }

  get session(): DocumentSession | undefined {
    return this.#stay?.session;
  }

  /** The element is in a page. */
  attached(): void {
    if (this.#stay === undefined || this.session?.status.kind === 'left') void this.#open();
    else if (this.#shell === undefined) void this.#show(this.#stay);
    else this.#stay.scroll.restore();
    this.#field.refresh();
  }

  /** The element was taken out of its page: what is unsent is sent, then the document is left, unless it is put in again before. */
  detached(): void {
    this.#field.leave();
    this.#hide();
    if (this.#stay !== undefined) this.#leaveOnceSaved(this.#stay);
  }

  /** An attribute or property of the element has another value. */
  changed(name: string): void {
    if (name === 'lang') void this.#useLanguage();
    if (['document', 'server', 'token', 'user', 'link'].includes(name)) {
      if (this.#host.element.isConnected) void this.#open();
    } else {
      this.#options.changes.tell();
      this.#field.refresh();
      this.#telling?.refresh();
    }
  }

  focus(): void {
    this.#whenShown((stay) => stay.editor?.focus());
  }

  select(anchor: number, head = anchor): void {
    this.#whenShown((stay) => stay.editor?.select(anchor, head));
  }

  insertText(text: string): void {
    this.#whenShown((stay) => {
      if (stay.canWrite) stay.editor?.type(cleanText(text));
    });
  }

  replaceRange(from: number, to: number, text: string): void {
    this.#whenShown(({ canWrite, session }) => {
      const { length } = session.text;
      const clamp = (place: number): number => Math.max(0, Math.min(Math.trunc(place) || 0, length));
      const [start, end] = [clamp(Math.min(from, to)), clamp(Math.max(from, to))];
      if (canWrite && (start < end || text !== '')) session.replace(start, end, cleanText(text));
    });
  }

  undo(): void {
    this.#whenShown((stay) => {
      if (stay.canWrite) stay.editor?.undo();
    });
  }

  redo(): void {
    this.#whenShown((stay) => {
      if (stay.canWrite) stay.editor?.redo();
    });
  }

  scrollTo(position: number): void {
    this.#whenShown((stay) => stay.editor?.scrollTo(position));
  }

  follow(sessionId: string | null): void {
    this.#whenShown((stay) => void chromeOf(stay).then((chrome) => chrome.follow(sessionId)));
  }

  async flush(): Promise<void> {
    try {
      await this.session?.whenSaved();
    } catch (error) {
      throw embedError(error instanceof SessionEndedError ? error.reason : 'internal');
    }
  }

  disconnect(): void {
    if (this.#stay !== undefined) this.#leaveOnceSaved(this.#stay);
  }

  /** Its form is reset: one's own edits are taken back, those of others stay. */
  reset(): void {
    if (this.#stay?.canWrite !== true) return;
    while (this.session!.undo());
  }

  /** The browser shows a page again, with what `FormField.remember` had told it. */
  restore(state: string): void {
    const found: unknown = JSON.parse(state);
    if (!Array.isArray(found)) return;
    const [anchor, head] = found as unknown[];
    if (typeof anchor === 'number' && typeof head === 'number') this.select(anchor, head);
  }

  /** Opens the document that the element names now, in the place of the one before. */
  async #open(): Promise<void> {
    const turn = ++this.#turn;
    const before = this.#stay;
    this.#hide();
    this.#telling?.end();
    this.#stay = undefined;
    if (before !== undefined) {
      this.#expectReady();
      this.#leaveOnceSaved(before);
    }
    const { element, given } = this.#host;
    const [id, server] = [element.getAttribute('document') ?? '', serverOf(this.#host)];
    if (id === '' || server === undefined) return;
    await this.#useLanguage();
    if (turn !== this.#turn) return;
    const stay = new Stay({ id, server, options: this.#options, given });
    // Who comes back to a document is where they were.
    if (before?.id === id && before.server === server) stay.place = before.place;
    this.#stay = stay;
    this.#telling = tellHost(this.#host, stay, {
      onText: () => this.#field.refresh(),
      onShown: () => this.#settleReady.resolve(),
      onEnded: (code) => this.#settleReady.reject(embedError(code)),
      onSelection: (anchor, head) => this.#field.remember(anchor, head),
    });
    stay.open();
    await this.#show(stay);
  }

  async #show(stay: Stay): Promise<void> {
    await this.#useLanguage();
    if (stay !== this.#stay || this.#shell !== undefined || !this.#host.element.isConnected) return;
    stay.isParting = false;
    this.#shell = new Shell(stay, this.#host);
  }

  #hide(): void {
    this.#shell?.hide();
    this.#shell = undefined;
  }

  #leaveOnceSaved(stay: Stay): void {
    stay.isParting = true;
    const leave = (): void => {
      if (stay.isParting) stay.close();
    };
    stay.session.whenSaved().then(leave, leave);
  }

  #whenShown(run: (stay: Stay) => void): void {
    this.#ready.then(
      () => this.#stay && run(this.#stay),
      () => undefined,
    );
  }

  async #useLanguage(): Promise<void> {
    const own = this.#host.element.getAttribute('lang');
    // English, if it cannot be loaded.
    await useLanguage(bestLanguage(own ? [own] : navigator.languages)).catch(() => undefined);
  }

  #expectReady(): void {
    this.#ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }));
    // Whoever does not wait for it hears of it by events.
    this.#ready.catch(() => undefined);
  }
}
