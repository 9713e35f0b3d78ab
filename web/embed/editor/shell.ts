import { isolated } from '../../../shared/isolated.ts';
import { DocumentEditor } from '../../editor/document-editor.ts';
import { copyText } from '../../ui/text-export.ts';
import { appWords } from '../../words/en/app.ts';
import { editorWords } from '../../words/en/editor.ts';
import { partWords } from '../../words/en/parts.ts';
import { troubleWords } from '../../words/en/trouble.ts';
import { currentLanguage, onLanguage } from '../../words/words.ts';
import type { EmbedHost } from '../host.ts';
import type { Stay } from '../stay/stay.ts';
import { chromeOf } from './chrome-loading.ts';
import { watchColours } from './theming.ts';

/** Milliseconds after which bar and band are shown, though there is no text yet. */
const CHROME_WAITS = 1000;

/**
 * What an element shows of its stay in a document: the text, in a box of its own, and what surrounds it. By hand and not by a
 * framework, so that the text need not wait for one.
 */
export class Shell {
  readonly #stay: Stay;
  readonly #host: EmbedHost;
  readonly #frame = document.createElement('section');
  /** For bar and band. */
  readonly #around = box('embed-around');
  readonly #text = box('embed-text');
  readonly #prefersDark = matchMedia('(prefers-color-scheme: dark)');
  readonly #takeColours: () => void;
  readonly #hiding = new AbortController();
  readonly #endings: (() => void)[] = [];
  #hasChrome = false;
  #isDark: boolean | undefined;
  #hasLineNumbers = false;

  /** Shows it in the place of what the element has shown until now. */
  constructor(stay: Stay, host: EmbedHost) {
    this.#stay = stay;
    this.#host = host;
    const { session, options, changes } = stay;
    const colours = watchColours(host.element, this.#frame);
    this.#takeColours = colours.take;
    this.#text.addEventListener('scroll', stay.scroll.note, { capture: true });
    this.#frame.append(this.#around, this.#text);
    this.#awaitText();
    const update = (): void => this.#update();
    this.#prefersDark.addEventListener('change', update, { signal: this.#hiding.signal });
    const events = ['status', 'role', 'title'] as const;
    this.#endings.push(
      colours.end,
      ...events.map((event) => session.on(event, update)),
      options.changes.on(update),
      changes.on(update),
      onLanguage(update),
    );
    // Colours can be computed only of what is in a page.
    host.root.replaceChildren(this.#frame);
    this.#update();
    void session.whenReady().then(
      () => this.#lend(),
      () => undefined,
    );
    const waiting = setTimeout(() => this.#showChrome(), CHROME_WAITS);
    this.#endings.push(() => clearTimeout(waiting));
  }

  /** Takes the view away; the stay goes on. */
  hide(): void {
    const { editor } = this.#stay;
    if (editor !== undefined) this.#stay.place = editor.place;
    this.#hiding.abort();
    for (const end of this.#endings.splice(0)) end();
    this.#frame.remove();
    this.#stay.editor = undefined;
    this.#stay.whereabouts = new Map();
  }

  /** What the host wrote between the tags, until the text is there. */
  #awaitText(): void {
    const before = box('embed-before');
    before.append(document.createElement('slot'));
    this.#text.append(before);
  }

  #update(): void {
    const { options, editor, title, canWrite, session } = this.#stay;
    const isDark = options.theme === 'dark' || (options.theme === 'auto' && this.#prefersDark.matches);
    const name = isolated(title);
    this.#frame.className = [
      'weft',
      ...(isDark ? ['is-dark'] : []),
      ...(options.presence === 'avatars' || options.presence === 'none' ? ['no-carets'] : []),
    ].join(' ');
    this.#frame.lang = currentLanguage();
    this.#frame.ariaLabel = name || partWords.untitled;
    this.#frame.ariaBusy = `${editor === undefined}`;
    // The text does not move when the bar comes.
    this.#around.classList.toggle('has-bar', options.hasToolbar || options.hasStatus);
    this.#around.classList.toggle('has-buttons', options.hasToolbar);
    if (isDark !== this.#isDark) this.#takeColours();
    this.#isDark = isDark;
    const { kind } = session.status;
    if (kind === 'refused' || kind === 'offline' || kind === 'reconnecting') this.#showChrome();
    if (editor === undefined) return;
    editor.setReadOnly(!canWrite);
    editor.setWords(this.#words());
    const { hasLineNumbers } = options;
    // What is shown otherwise is measured anew.
    if (hasLineNumbers !== this.#hasLineNumbers)
      editor.show({ hasLineNumbers, isFocused: false, checksSpelling: true });
    this.#hasLineNumbers = hasLineNumbers;
  }

  #words(): { label: string; placeholder: string } {
    const { title, canWrite, options } = this.#stay;
    return {
      label: isolated(title) || editorWords.label,
      placeholder: options.placeholder ?? (canWrite ? editorWords.placeholder : editorWords.nothingYet),
    };
  }

  /** Lends the session to an editor. */
  async #lend(): Promise<void> {
    const stay = this.#stay;
    const parent = box('embed-lent');
    this.#text.prepend(parent);
    const editor = await DocumentEditor.open(
      {
        ...this.#words(),
        session: stay.session,
        parent,
        isReadOnly: !stay.canWrite,
        maximum: () => stay.options.maximum,
        onWhereabouts: (places) => (stay.whereabouts = places),
        onOwnAction: () => void stay.chrome?.then((chrome) => chrome.ownAction()),
        onProblem: (message) => (stay.notice = message),
        onPlain: () => undefined,
        onUnloaded: (what) => (stay.notice = appWords.unloaded(what)),
        onCopyLink: (link) => {
          void copyText(link).then((isCopied) => isCopied || (stay.notice = troubleWords.cannotCopy));
        },
        onSelection: (_, { anchor, head }) => stay.onSelection(anchor, head),
      },
      this.#hiding.signal,
    );
    if (editor === undefined) return;
    parent.nextElementSibling?.remove();
    stay.editor = editor;
    // What has changed while it was made.
    this.#update();
    if (stay.place !== undefined) editor.goTo(stay.place);
    if (this.#host.element.autofocus && document.activeElement === document.body) editor.focus();
    stay.onShown();
    this.#showChrome();
  }

  #showChrome(): void {
    if (this.#hasChrome) return;
    this.#hasChrome = true;
    void chromeOf(this.#stay).then((chrome) => {
      if (this.#hiding.signal.aborted) return;
      this.#endings.push(chrome.show(this.#around, this.#frame));
    });
  }
}

function box(name: string): HTMLElement {
  const made = document.createElement('div');
  made.className = name;
  return made;
}
