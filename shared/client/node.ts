import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../protocol/frame.ts';
import { DocumentSession, type DocumentSessionOptions } from './document-session.ts';
import { closeCodeOf, webSocketTransport, type WebSocketLike } from './transport/websocket-transport.ts';
import type { Transport } from './transport/transport.ts';

export { DocumentSession } from './document-session.ts';
export { SessionEndedError } from './events/session-status.ts';

export interface NodeTransportOptions {
  /** Sent with the upgrade, for instance `authorization` or `cookie`. */
  headers?: Record<string, string>;
}

/** Connects to `ws://…/live/<id>` or `wss://…` from Node. */
export function nodeTransport(url: string, { headers = {} }: NodeTransportOptions = {}): Transport {
  return {
    connect(handlers) {
      let refusedWith: number | undefined;
      const open = (address: string): WebSocketLike => {
        const socket = new WebSocket(address, SUBPROTOCOL, { headers });
        socket.on('unexpected-response', (request, response) => {
          refusedWith = closeCodeOf(response.statusCode);
          // With a listener the library leaves the rest to us; this ends in `close`.
          request.destroy();
          socket.terminate();
        });
        return socket;
      };
      return webSocketTransport(url, open).connect({
        ...handlers,
        onClose: (code, reason) => handlers.onClose(refusedWith ?? code, reason),
      });
    },
  };
}

export type OpenDocumentOptions = Omit<DocumentSessionOptions, 'transport'> & NodeTransportOptions;

/**
 * Joins a document from Node. `address` is the document's page (`http://host/d/<id>`) or its socket (`ws://host/live/<id>`);
 * a path in front of `/d/` or `/live/` is kept. Throws TypeError for any other address.
 */
export function openDocument(address: string, options: OpenDocumentOptions = {}): DocumentSession {
  const { headers, ...rest } = options;
  const transport = nodeTransport(socketAddress(address), headers === undefined ? {} : { headers });
  const session = new DocumentSession({ ...rest, transport });
  session.connect();
  return session;
}

function socketAddress(address: string): string {
  const url = new URL(address);
  const match = /^(.*)\/(?:d|live)\/([A-Za-z0-9_-]{1,64})\/?$/.exec(url.pathname);
  if (match === null) throw new TypeError(`Not the address of a document: ${address}`);
  url.protocol = url.protocol.replace(/^http/, 'ws');
  url.pathname = `${match[1]}/live/${match[2]}`;
  url.search = '';
  url.hash = '';
  return url.href;
}
