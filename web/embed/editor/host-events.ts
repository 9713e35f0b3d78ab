import type { EmbedCode } from '../contract.ts';
import type { EmbedHost } from '../host.ts';
import type { Stay } from '../stay/stay.ts';
import { codeOf, stateOf } from './state-of.ts';

/** What the editor of an element hears of its document, too. */
export interface Hearing {
  /** The text, or how safe it is. */
  onText(): void;
  /** The text is on the screen. */
  onShown(): void;
  /** There will be none until somebody does something. */
  onEnded(code: EmbedCode): void;
  /** UTF-16 units. */
  onSelection(anchor: number, head: number): void;
}

/** What tells a page of a document. */
export interface Telling {
  /** The options of the element have changed. */
  refresh(): void;
  end(): void;
}

/** States of `:state()`, which style sheets of hosts use. */
const STATES = ['saving', 'offline', 'readonly'] as const;

/** Tells the page of a host what happens in a document, by events, attributes and states of the element.  */
export function tellHost(host: EmbedHost, stay: Stay, hearing: Hearing): Telling {
  const { element, internals } = host;
  const { session } = stay;
  let isChanged = false;
  /** Before, what the server sends is the text that `value` begins with. */
  let isShown = false;

  const show = (): void => {
    element.dataset['collabState'] = stateOf(session.status);
    element.dataset['collabVersion'] = `${session.version}`;
    element.dataset['collabUnsaved'] = `${session.unsaved}`;
    const { kind } = session.status;
    const now = {
      saving: kind === 'saving',
      offline: kind === 'offline' || kind === 'reconnecting',
      readonly: !stay.canWrite,
    };
    for (const name of STATES) internals.states[now[name] ? 'add' : 'delete'](name);
    hearing.onText();
  };

  const refused = (code: EmbedCode): void => {
    stay.isToldByHost = !host.emit('weft-refused', { code, text: session.text.toString() }, true);
  };

  const commit = (): void => {
    if (!isChanged) return;
    isChanged = false;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  };

  const told = (): void => void (stay.isToldByHost = true);
  element.addEventListener('focusout', commit);
  // Of the page around a frame, which answers later.
  element.addEventListener('weft-told', told);
  const endings = [
    session.on('change', ({ edit, origin }) => {
      const isRemote = origin === 'remote' || origin === 'reset';
      show();
      if (!isShown) return;
      host.emit('weft-change', { origin: isRemote ? 'remote' : 'local', version: session.version, edit });
      if (isRemote) return;
      isChanged = true;
      element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    }),
    session.on('status', (status) => {
      show();
      const code = codeOf(status);
      const detail = { state: stateOf(status), unsaved: session.unsaved, ...(code !== undefined && { code }) };
      host.emit('weft-state', detail);
      if (status.kind !== 'refused') return;
      refused(status.reason);
      hearing.onEnded(status.reason);
    }),
    session.on('refusedEdit', ({ code }) => refused(code)),
    session.on('role', show),
    session.on('collaborators', () => host.emit('weft-presence', { people: stay.people })),
    () => element.removeEventListener('focusout', commit),
    () => element.removeEventListener('weft-told', told),
  ];
  stay.onShown = () => {
    isShown = true;
    show();
    hearing.onShown();
    host.emit('weft-ready', undefined);
  };
  stay.onSelection = (anchor, head) => {
    hearing.onSelection(anchor, head);
    host.emit('weft-selection', { anchor, head });
  };
  show();
  return {
    refresh: show,
    end: () => {
      for (const end of endings) end();
    },
  };
}
