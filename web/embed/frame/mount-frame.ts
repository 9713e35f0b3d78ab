import type { Edit } from '../../../shared/text/edit.ts';
import type { EmbedCode, EmbedError, EmbedEvents, EmbedFrame, EmbedFrameOptions } from '../contract.ts';
import type { AnswerMessage, EventMessage, FrameProperties, ReadyMessage } from './frame-messages.ts';

/** Milliseconds between two attempts to reach the page of the frame, which may be loading. */
const RETRY = 250;
/** Attempts until a frame that has loaded counts as refused: then it is not our page that is there. */
const ATTEMPTS = 20;
/** Options that stand in the address of the frame. */
const IN_ADDRESS = ['mode', 'theme', 'presence', 'lang', 'toolbar', 'status', 'lineNumbers'] as const;
const ASKED = [
  'focus',
  'select',
  'insertText',
  'replaceRange',
  'undo',
  'redo',
  'scrollTo',
  'follow',
  'flush',
  'disconnect',
];
const TOLD: FrameProperties = { value: '', state: 'connecting', unsaved: 0, version: 0, role: null, people: [] };

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * Shows an editor in a frame within `container`, with the methods, properties and events of the element. The frame is a page of the
 * server, so nothing of the host reaches it, and nothing of it the host.
 */
export function mountFrame(container: Element, options: EmbedFrameOptions): EmbedFrame {
  const {
    document: id,
    server = location.origin,
    title,
    height = 384,
    maxHeight,
    token,
    user,
    link,
    ...more
  } = options;
  const target = new EventTarget();
  const told: Record<string, unknown> = { ...TOLD };
  const waiting = new Map<number, Waiting>();
  const address = new URL(`${server.replace(/\/$/, '')}/embed/${encodeURIComponent(id)}?connect`, location.href);
  for (const name of IN_ADDRESS)
    if (more[name] !== undefined)
      address.searchParams.set(name.replace('N', '-n'), more[name] === true ? '' : `${more[name]}`);
  const iframe = document.createElement('iframe');
  iframe.src = address.href;
  iframe.title = title ?? 'Weft';
  iframe.allow = 'clipboard-write';
  // The server tells by it which page asks, also of a page that withholds it elsewhere, and a refusal can name it.
  iframe.referrerPolicy = 'strict-origin';
  iframe.loading = options.loading ?? 'eager';
  const px = (size: number | string): string => (typeof size === 'number' ? `${size}px` : size);
  Object.assign(iframe.style, { width: '100%', height: px(height === 'auto' ? 160 : height), border: '0' });
  if (maxHeight !== undefined) iframe.style.maxHeight = px(maxHeight);

  let port: MessagePort | undefined;
  let count = 0;
  let isOver = false;
  let settle!: Waiting;
  const ready = new Promise<unknown>((resolve, reject) => (settle = { resolve, reject }));
  // Whoever does not wait for it hears of it by events.
  ready.catch(() => undefined);
  let connected!: () => void;
  const connecting = new Promise<void>((resolve) => (connected = resolve));

  const call = async (name: string, ...args: unknown[]): Promise<unknown> => {
    await connecting;
    const number = ++count;
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      port!.postMessage({ id: number, call: name, args });
    });
  };

  const hear = ({ data }: MessageEvent<AnswerMessage | EventMessage>): void => {
    if ('event' in data) return tell(data);
    const one = waiting.get(data.id as number);
    waiting.delete(data.id as number);
    if (data.ok) one?.resolve(data.value);
    else one?.reject(failure(data.code));
  };

  const tell = ({ event, detail, told: news }: EventMessage): void => {
    Object.assign(told, news);
    if (event === 'weft-change')
      told['value'] = applied(told['value'] as string, (detail as EmbedEvents['weft-change']).edit);
    if (event === 'weft-token') {
      const { request } = detail as { request: number };
      const answer = async (): Promise<unknown> => (typeof token === 'function' ? token() : token);
      void answer().then(
        (fresh) => call('token', request, fresh),
        () => call('token', request),
      );
      return;
    }
    if (event === 'weft-height') {
      if (height === 'auto') iframe.style.height = px((detail as { height: number }).height);
      return;
    }
    const isRefusal = event === 'weft-refused';
    const isGoing = target.dispatchEvent(new CustomEvent(event, { detail, cancelable: isRefusal }));
    if (event === 'weft-ready') settle.resolve(undefined);
    if (!isRefusal) return;
    settle.reject(failure((detail as EmbedEvents['weft-refused']).code));
    if (!isGoing) void call('told');
  };

  /** A port is handed over with each attempt; the one that is answered counts. */
  const connect = (rest: number): void => {
    if (isOver || !iframe.contentWindow) return;
    if (rest === 0)
      return tell({ event: 'weft-refused', detail: { code: 'forbidden', text: '' }, told: { state: 'refused' } });
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(connect, RETRY, rest - 1);
    port1.onmessage = ({ data }: MessageEvent<ReadyMessage>) => {
      if (data.type !== 'weft-ready') return;
      clearTimeout(timer);
      port = port1;
      port1.onmessage = hear;
      // Sent before anything that the host has asked for meanwhile.
      const set = { token: typeof token === 'function' ? true : token, user, link, ...more };
      port1.postMessage({ id: 0, call: 'set', args: [{ ...set, tellsHeight: height === 'auto' }] });
      connected();
    };
    iframe.contentWindow.postMessage({ type: 'weft-connect', protocol: 1 }, address.origin, [port2]);
  };
  // Before, the frame shows another page, and the message would be refused.
  iframe.addEventListener('load', () => connect(ATTEMPTS));
  container.append(iframe);

  const frame = {
    iframe,
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    dispatchEvent: target.dispatchEvent.bind(target),
    async destroy() {
      if (port) await call('flush').catch(() => undefined);
      isOver = true;
      iframe.remove();
    },
  };
  Object.defineProperty(frame, 'ready', { get: () => ready });
  for (const name of ASKED) Object.defineProperty(frame, name, { value: call.bind(undefined, name) });
  for (const name of Object.keys(TOLD)) Object.defineProperty(frame, name, { get: () => told[name] });
  return frame as unknown as EmbedFrame;
}

/** An edit as the contract has it: parts to keep, to remove (negative) and to put in. */
function applied(text: string, edit: Edit): string {
  let at = 0;
  let made = '';
  for (const part of edit)
    if (typeof part === 'string') made += part;
    else {
      if (part > 0) made += text.slice(at, at + part);
      at += Math.abs(part);
    }
  return made + text.slice(at);
}

function failure(code: EmbedCode): EmbedError {
  return Object.assign(new Error(code), { code });
}
