/** Where something is drawn, in pixels of the page or frame that it is in. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Somebody else's caret, as it is drawn. */
export interface ShownCaret extends Box {
  readonly name: string;
  /** As CSS tells it: `rgb(…)`. */
  readonly color: string;
}

/** What can be asked of the page that an editor is in, with what each question needs and answers. */
export interface Questions {
  /** Whether a page or frame has an editor in it, ready or not. */
  hasEditor: (nothing: null) => boolean;
  /** Whether there is a document that can be read: the editor is drawn a moment after the session exists. */
  isReady: (nothing: null) => boolean;
  /** An attribute of what bears the state of the document; empty if there is none. */
  attribute: (name: string) => string;
  /** What the session has, and what the editor shows. */
  texts: (nothing: null) => { session: string; editor: string };
  /** The lines that are drawn. */
  lines: (nothing: null) => string[];
  /** The carets of the others. */
  carets: (nothing: null) => ShownCaret[];
  /** Who is said to be here: by a caret, by a mark of one that is off the screen, by an avatar; or by the element, which knows `people`. */
  names: (nothing: null) => string[];
  /** The text of what has a test id, trimmed, in one line; empty if there is none. */
  shown: (testId: string) => string;
  /** Pastes text into the editor, as from the clipboard. */
  paste: (text: string) => void;
  /** The place before a column (UTF-16 units) of a drawn line (from 0). An empty line is the box of the whole line. */
  place: (wanted: { readonly line: number; readonly column: number }) => Box;
  /** Selects from one place of the text to another, in UTF-16 units. False where one of them is not drawn. */
  select: (wanted: { readonly anchor: number; readonly head: number }) => boolean;
  /** Puts the focus into the text. */
  focus: (nothing: null) => void;
}

/** A question with its argument, as it goes to the page. */
export interface Asked {
  readonly question: keyof Questions;
  readonly argument: unknown;
}

/** What our page hands out with `?debug`. */
interface DebugWindow {
  readonly weft?: { readonly session: { readonly text: { toString(): string } }; shownText(): string };
}

/**
 * Answers a question in the page, in any browser. All of it is one function, because a function that is sent to a page sees nothing but its
 * argument. Editors are found in open shadow roots, too; of several on a page it is the first.
 */
export function answerInPage({ question, argument }: Asked): unknown {
  const findAll = (selector: string, root: Document | ShadowRoot = document): HTMLElement[] => {
    const here = [...root.querySelectorAll<HTMLElement>(selector)];
    const hosts = [...root.querySelectorAll('*')].filter(({ shadowRoot }) => shadowRoot !== null);
    return [...here, ...hosts.flatMap((host) => findAll(selector, host.shadowRoot!))];
  };
  const editorOf = (): HTMLElement => {
    const [editor] = findAll('[data-testid="editor"]');
    if (editor === undefined) throw new Error('The page has no editor');
    return editor;
  };
  const lines = (): HTMLElement[] => [...editorOf().querySelectorAll<HTMLElement>('.cm-line')];
  const isText = (node: Node): boolean => node.parentElement?.closest('.cm-placeholder, .cm-widgetBuffer') === null;
  const textNodes = (line: HTMLElement): Text[] => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const found: Text[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (isText(node)) found.push(node as Text);
    }
    return found;
  };
  const textOf = (line: HTMLElement): string =>
    textNodes(line)
      .map((node) => node.data)
      .join('');
  const boxOf = ({ left, top, width, height }: DOMRect): Box => ({ left, top, width, height });
  /** The place in the document of the page before a column of a drawn line. */
  const pointIn = (line: HTMLElement, column: number): [node: Node, offset: number] => {
    let rest = column;
    for (const node of textNodes(line)) {
      if (rest <= node.length) return [node, rest];
      rest -= node.length;
    }
    return [line, 0];
  };

  const answers: Questions = {
    hasEditor: () => findAll('[data-testid="editor"]').length > 0,
    isReady: () =>
      findAll('[data-collab-state="live"], [data-collab-state="saved"]').length > 0 &&
      findAll('[data-testid="editor"]').length > 0,
    attribute: (name) => findAll('[data-collab-state]')[0]?.getAttribute(name) ?? '',
    texts: () => {
      const { weft } = window as unknown as DebugWindow;
      if (weft !== undefined) return { session: weft.session.text.toString(), editor: weft.shownText() };
      const shown = lines().map(textOf).join('\n');
      // An element knows its whole text; of a long one only what is near the screen is drawn.
      const [element] = findAll('[data-collab-state]') as { value?: unknown }[];
      const { value } = element ?? {};
      if (typeof value !== 'string') return { session: shown, editor: shown };
      return { session: value, editor: editorOf().querySelector('.cm-gap') === null ? shown : value };
    },
    lines: () => lines().map((line) => line.textContent ?? ''),
    carets: () =>
      findAll('[data-testid="remote-caret"]').map((caret) => ({
        name: caret.dataset['name'] ?? '',
        color: getComputedStyle(caret).backgroundColor,
        ...boxOf(caret.getBoundingClientRect()),
      })),
    names: () => {
      const places = ['remote-caret', 'avatar', 'off-screen'].map((id) => `[data-testid="${id}"]`);
      const found = findAll(places.join(', ')).flatMap((element) => [
        element,
        ...element.querySelectorAll<HTMLElement>('[data-name]'),
      ]);
      const shown = found.map(({ dataset }) => dataset['name'] ?? '');
      const [element] = findAll('[data-collab-state]') as { people?: readonly { readonly name: string }[] }[];
      const told = (element?.people ?? []).map(({ name }) => name);
      return [...new Set([...shown, ...told])].filter((name) => name !== '');
    },
    shown: (testId) => findAll(`[data-testid="${testId}"]`)[0]?.textContent?.replace(/\s+/g, ' ').trim() ?? '',
    paste: (text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true });
      // Firefox empties what it is given in the constructor.
      Object.defineProperty(event, 'clipboardData', { value: clipboardData });
      editorOf().dispatchEvent(event);
    },
    place: ({ line, column }) => {
      const element = lines()[line]!;
      const [node, offset] = pointIn(element, column);
      // An empty line has no text to measure.
      if (node === element) return boxOf(element.getBoundingClientRect());
      const range = document.createRange();
      range.setStart(node, offset);
      return boxOf(range.getBoundingClientRect());
    },
    select: ({ anchor, head }) => {
      // With a gap in it, the drawn lines do not tell which they are.
      if (editorOf().querySelector('.cm-gap') !== null) return false;
      const drawn = lines();
      const pointAt = (position: number): [node: Node, offset: number] | undefined => {
        let rest = position;
        for (const line of drawn) {
          const { length } = textOf(line);
          if (rest <= length) return pointIn(line, rest);
          rest -= length + 1;
        }
        return undefined;
      };
      const [from, to] = [pointAt(anchor), pointAt(head)];
      if (from === undefined || to === undefined) return false;
      document.getSelection()!.setBaseAndExtent(...from, ...to);
      return true;
    },
    focus: () => editorOf().focus(),
  };
  return (answers[question] as (argument: unknown) => unknown)(argument);
}

/** How many edits the outbox has on this device's disk: those of all documents of the page's origin. */
export async function countKept(): Promise<number> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('weft');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('The outbox cannot be read'));
  });
  try {
    const records = await new Promise<{ unsaved: number }[]>((resolve, reject) => {
      const request = database.transaction('records').objectStore('records').getAll();
      request.onsuccess = () => resolve(request.result as { unsaved: number }[]);
      request.onerror = () => reject(new Error('The outbox cannot be read'));
    });
    return records.reduce((sum, record) => sum + record.unsaved, 0);
  } finally {
    database.close();
  }
}
