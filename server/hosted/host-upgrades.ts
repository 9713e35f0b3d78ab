import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Our listeners, on the servers of all hosts. */
const OURS = new WeakSet<object>();

/**
 * Sends the upgrades of a host's server through its routes, so that its hooks see them like every other request. If the host uses
 * @fastify/websocket, that does so already. If nobody else listens for upgrades, those to other paths are sent through the routes too: Node
 * would have treated them as plain requests without our listener.
 */
export class HostUpgrades {
  readonly #host: FastifyInstance;
  readonly #prefix: string;
  /** What came after the head of an upgrade. */
  readonly #heads = new WeakMap<IncomingMessage, Buffer>();

  /** For what lies below `prefix`. */
  constructor(host: FastifyInstance, prefix: string) {
    this.#host = host;
    this.#prefix = prefix;
    OURS.add(this.#listen);
    // First of all: another listener may send the request through the routes at once.
    host.server.prependListener('upgrade', this.#listen);
  }

  /** The bytes behind the head of an upgrade; undefined if the request is none. */
  headOf(request: IncomingMessage): Buffer | undefined {
    return this.#heads.get(request);
  }

  /** Takes no more. */
  close(): void {
    this.#host.server.off('upgrade', this.#listen);
  }

  readonly #listen = (request: IncomingMessage, socket: Socket, head: Buffer): void => {
    this.#heads.set(request, head);
    const listeners = this.#host.server.listeners('upgrade');
    const isOnlyOurs = listeners.every((listener) => OURS.has(listener));
    // One service of several speaks for all.
    if (isOnlyOurs ? listeners[0] !== this.#listen : !request.url?.startsWith(`${this.#prefix}/`)) return;
    socket.on('error', destroy);
    // By then the listener of @fastify/websocket has given the socket an answer to carry, whether it was added before ours or after.
    process.nextTick(() => {
      const answer = answerOf(socket) ?? this.#route(request, socket);
      // It is finished if no upgrade came of it. Then nobody reads from this connection again, and nobody else closes it if a hook refused.
      answer.once('finish', () => socket.destroySoon());
    });
  };

  #route(request: IncomingMessage, socket: Socket): ServerResponse {
    const answer = new ServerResponse(request);
    answer.shouldKeepAlive = false;
    answer.assignSocket(socket);
    this.#host.routing(request, answer);
    return answer;
  }
}

function destroy(this: Socket): void {
  this.destroy();
}

/** Node notes there which answer a connection carries, and refuses a second one. It has no other name for it. */
function answerOf(socket: Socket & { readonly _httpMessage?: ServerResponse | null }): ServerResponse | undefined {
  return socket._httpMessage ?? undefined;
}
