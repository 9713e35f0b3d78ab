/* The page of a frame, /embed/:documentId: one editor over the whole page, which the page around it may lead over a port. */
import { embedWords } from '../../words/en/embed.ts';
import type { EmbedCode, EmbedError, EmbedOptions, WeftEditorElement } from '../contract.ts';
import type { CallMessage, EventMessage, FrameEvents, FrameOptions, FrameProperties } from './frame-messages.ts';
import { isConnect, isCall, optionsOf } from './frame-input.ts';

/** Milliseconds that a page that has announced its port has for it; then one comes as a guest. */
const PATIENCE = 5_000;
const FEATURES = ['set', 'get', 'token', 'height'];

const page = new CSSStyleSheet();
page.replaceSync(`
  html, body { height: 100%; margin: 0; overflow: hidden; background: none }
  weft-editor { height: 100%; --weft-radius: 0 }
  weft-editor.tells-height { height: auto; --weft-min-height: 8rem }
  p { font: 1rem/1.5 system-ui, sans-serif; margin: 1.5rem }
`);
document.adoptedStyleSheets.push(page);

const query = new URLSearchParams(location.search);
const editor = document.createElement('weft-editor') as WeftEditorElement;
const id = /\/embed\/([^/]+)\/?$/.exec(location.pathname)?.[1] ?? '';

if (self.origin === 'null') say(embedWords.noOrigin);
else begin();

function begin(): void {
  for (const name of ['mode', 'theme', 'presence', 'lang', 'toolbar', 'status', 'line-numbers'])
    if (query.has(name)) editor.setAttribute(name, query.get(name)!);
  editor.setAttribute('document', id);
  addEventListener('message', takePort);
  if (!query.has('connect')) show();
  else setTimeout(show, PATIENCE);
}

/** Who is there is known now, or will not be. */
function show(): void {
  if (!editor.isConnected) document.body.append(editor);
}

function say(text: string): void {
  const line = document.createElement('p');
  line.textContent = text;
  document.body.append(line);
}

/** From the page around this one, and once. Which pages may be around it, the policy of this page says, which browsers keep to. */
function takePort(event: MessageEvent): void {
  if (event.source !== parent || parent === self || event.origin === 'null' || !isConnect(event.data)) return;
  const [port] = event.ports;
  if (port === undefined) return;
  removeEventListener('message', takePort);
  serve(port);
}

/** Does what the host asks, and tells it what happens. */
function serve(port: MessagePort): void {
  let request = 0;
  const tokens = new Map<number, (token: string | undefined) => void>();
  const askToken = (): Promise<string> =>
    new Promise((resolve, reject) => {
      request += 1;
      tokens.set(request, (token) =>
        token === undefined ? reject(new Error('The host gave no token')) : resolve(token),
      );
      tell('weft-token', { request });
    });

  const calls: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
    focus: () => editor.focus(),
    select: (anchor, head) => editor.select(numberOf(anchor), head === undefined ? undefined : numberOf(head)),
    insertText: (text) => editor.insertText(String(text)),
    replaceRange: (from, to, text) => editor.replaceRange(numberOf(from), numberOf(to), String(text)),
    undo: () => editor.undo(),
    redo: () => editor.redo(),
    scrollTo: (position) => editor.scrollTo(numberOf(position)),
    follow: (sessionId) => editor.follow(typeof sessionId === 'string' ? sessionId : null),
    flush: () => editor.flush(),
    disconnect: () => editor.disconnect(),
    get: (name) => (isProperty(name) ? editor[name] : undefined),
    set: (given) => {
      setOptions(optionsOf(given), askToken);
      show();
    },
    token: (number, token) => {
      tokens.get(numberOf(number))?.(typeof token === 'string' ? token : undefined);
      tokens.delete(numberOf(number));
    },
    told: () => editor.dispatchEvent(new Event('weft-told')),
  };

  const answer = async ({ id: number, call, args = [] }: CallMessage): Promise<void> => {
    try {
      const run = Object.hasOwn(calls, call) ? calls[call] : undefined;
      if (run === undefined) throw Object.assign(new Error('Unknown call'), { code: 'bad_message' });
      port.postMessage({ id: number, ok: true, value: await run(...args) });
    } catch (error) {
      const code: EmbedCode = (error as Partial<EmbedError>).code ?? 'internal';
      port.postMessage({ id: number, ok: false, code });
    }
  };

  function tell<Name extends keyof FrameEvents>(
    event: Name,
    detail?: FrameEvents[Name],
    told: Partial<FrameProperties> = properties(),
  ): void {
    const message: EventMessage<Name> = { event, ...(detail !== undefined && { detail }), told };
    port.postMessage(message);
  }

  port.onmessage = ({ data }) => {
    if (isCall(data)) void answer(data);
  };
  for (const name of ['weft-change', 'weft-state', 'weft-presence', 'weft-selection', 'weft-refused'] as const)
    editor.addEventListener(name, ({ detail }) => tell(name, detail as never));
  for (const name of ['input', 'change'] as const) editor.addEventListener(name, () => tell(name));
  editor.addEventListener('weft-ready', () => tellReady());
  const tellReady = (): void => tell('weft-ready', undefined, { ...properties(), value: editor.value });
  new ResizeObserver(() => {
    if (editor.classList.contains('tells-height'))
      tell('weft-height', { height: Math.ceil(editor.getBoundingClientRect().height) });
  }).observe(editor);
  port.postMessage({ type: 'weft-ready', protocol: 1, features: FEATURES });
  // It came late.
  if (editor.isConnected) void editor.ready.then(tellReady, () => undefined);
}

function setOptions(given: FrameOptions, askToken: () => Promise<string>): void {
  const { token, user, link, tellsHeight, ...attributes } = given;
  if (tellsHeight !== undefined) editor.classList.toggle('tells-height', tellsHeight);
  if (token !== undefined) editor.token = token === true ? askToken : token;
  if (user !== undefined) editor.user = user;
  if (link !== undefined) editor.link = link;
  for (const [name, value] of Object.entries(attributes) as [keyof EmbedOptions, unknown][]) {
    const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (value === false || value === undefined) editor.removeAttribute(attribute);
    else editor.setAttribute(attribute, value === true ? '' : `${value as string | number}`);
  }
}

function properties(): Omit<FrameProperties, 'value'> {
  const { state, unsaved, version, role, people } = editor;
  return { state, unsaved, version, role, people };
}

function isProperty(name: unknown): name is keyof FrameProperties {
  return typeof name === 'string' && ['value', 'state', 'unsaved', 'version', 'role', 'people'].includes(name);
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
