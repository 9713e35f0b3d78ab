// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- a module of a declaration cannot be imported
/// <reference path="./virtual-element.d.ts" />
import type { EmbedOptions, WeftEditorElement } from '../embed/contract.ts';
import 'virtual:weft-element';
import { WAITS, writeAttributes } from './editor-attributes.ts';
import { EVENTS, type EditorHandlers } from './editor-events.ts';

/**
 * A `<weft-editor>` that a component has rendered: keeps it as the props say. Frameworks differ in what they make of the props of an
 * element that is not HTML's own, and none can set a property before the element starts; so they render it once, and the rest is
 * done here.
 */
export class EditorTag {
  readonly #element: WeftEditorElement;
  readonly #listeners = new AbortController();
  #options: Partial<EmbedOptions> = {};
  #handlers: EditorHandlers = {};
  readonly #askToken = async (): Promise<string> => {
    const { token = '' } = this.#options;
    return typeof token === 'function' ? token() : token;
  };

  constructor(element: WeftEditorElement) {
    this.#element = element;
    for (const name of EVENTS) {
      const tell = (event: CustomEvent<never>): void => {
        const handler = this.#handlers[name] as ((detail: never, event: CustomEvent<never>) => void) | undefined;
        // An editor within this one's content tells its own component.
        if (event.target === element) handler?.(event.detail, event);
      };
      element.addEventListener(`weft-${name}`, tell as EventListener, { signal: this.#listeners.signal });
    }
  }

  /** Called after each rendering. The first call lets the element start. Functions may be others each time. */
  update(options: EmbedOptions, handlers: EditorHandlers): void {
    const element = this.#element;
    const before = this.#options;
    this.#options = options;
    this.#handlers = handlers;
    const { token, user, link, nonce } = options;
    // One function for all of the host's, or each rendering would ask for a token.
    const source = typeof token === 'function' ? this.#askToken : token;
    if (element.token !== source) element.token = source;
    if (!isSame(user, before.user)) element.user = user;
    if (!isSame(link, before.link)) element.link = link;
    if (nonce !== undefined && nonce !== before.nonce) element.nonce = nonce;
    writeAttributes(element, before, options);
    element.removeAttribute(WAITS);
  }

  /** The component is gone; the element ends by itself when it is taken out of the page. */
  release(): void {
    this.#listeners.abort();
  }
}

/** Whether two plain objects say the same; hosts write them anew at each rendering. */
function isSame(one: object | undefined, other: object | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
