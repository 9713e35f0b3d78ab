import { SUBPROTOCOL } from '../../protocol/frame.ts';
import type { Problem } from '../events/session-status.ts';
import type { ConnectionHandlers, Transport } from './transport.ts';

/** What is used of a WebSocket; the browser's and the one of `ws` both are one. */
export interface WebSocketLike {
  readonly readyState: number;
  readonly bufferedAmount: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

/** `WebSocket.OPEN`, which Node 20 has no constructor to ask for. */
const OPEN = 1;

interface CloseEventLike {
  readonly code: number;
  readonly reason: string;
}

/**
 * Connects to `ws://…/live/<id>` or `wss://…`. `open` makes the socket, by default the platform's own `WebSocket`, which
 * Node 20 does not have: there, take `nodeTransport` of `node.ts`.
 */
export function webSocketTransport(url: string, open: (url: string) => WebSocketLike = openWebSocket): Transport {
  return {
    connect(handlers) {
      const socket = open(url);
      return connectionOf(socket, handlers);
    },
  };
}

function openWebSocket(url: string): WebSocketLike {
  return new WebSocket(url, SUBPROTOCOL);
}

function connectionOf(socket: WebSocketLike, handlers: ConnectionHandlers): ReturnType<Transport['connect']> {
  let isClosed = false;
  const finish = (code: number, reason: string): void => {
    if (isClosed) return;
    isClosed = true;
    handlers.onClose(code, reason);
  };
  socket.onopen = () => handlers.onOpen();
  socket.onmessage = ({ data }: { data: unknown }) => {
    if (typeof data === 'string') handlers.onFrame(data);
  };
  socket.onclose = ({ code, reason }: CloseEventLike) => finish(code, reason);
  // A close event follows every error; without a handler `ws` would throw.
  socket.onerror = () => {};
  return {
    send(frame) {
      // After the other end has closed and before the event tells so, a browser logs an error for every frame.
      if (socket.readyState === OPEN) socket.send(frame);
    },
    close(code, reason) {
      if (!isClosed) socket.close(code, reason);
    },
    get unsentBytes() {
      return socket.bufferedAmount;
    },
  };
}

/** HTTP statuses of refused upgrades, and the close codes that mean the same. */
const CLOSE_BY_STATUS: Readonly<Record<number, number>> = {
  400: 4400,
  401: 4401,
  403: 4403,
  404: 4404,
  426: 4426,
  429: 4429,
  503: 1013,
};

/** The close code that means the same as the HTTP status of a refused upgrade; undefined if there is none. */
export function closeCodeOf(status: number | undefined): number | undefined {
  return status === undefined ? undefined : CLOSE_BY_STATUS[status];
}

/** What the server says over HTTP to a client whose upgrade was refused. */
export interface Explanation {
  /** The answer to a request that is refused for the same reasons. */
  readonly status: number;
  /** Its words, if the request was refused, or why else an upgrade would be. */
  readonly problem?: Problem | undefined;
}

/**
 * A browser does not tell a page why an upgrade was refused. If a connection never opened, this asks once more over HTTP; `ask`
 * rejects if there is no answer.
 */
export function explainRefusals(transport: Transport, ask: () => Promise<Explanation>): Transport {
  return {
    connect(handlers) {
      let hasOpened = false;
      return transport.connect({
        ...handlers,
        onOpen: () => {
          hasOpened = true;
          handlers.onOpen();
        },
        onClose: (code, reason) => {
          if (hasOpened) return handlers.onClose(code, reason);
          void ask().then(
            ({ status, problem }) => handlers.onClose(closeCodeOf(status) ?? code, reason, problem),
            () => handlers.onClose(code, reason),
          );
        },
      });
    },
  };
}
