import websocket from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import { SUBPROTOCOL } from '../../shared/protocol/frame.ts';
import { documentIdSchema } from '../../shared/protocol/fields.ts';
import type { JoinMessage } from '../../shared/protocol/session-messages.ts';
import type { Config } from '../setup/config.ts';
import { CLOSES } from '../../shared/protocol/errors.ts';
import { endWith, errorAnswer } from '../plugins/answers/error-answers.ts';
import { guestFromClientId, type Requester } from '../access/identity.ts';
import { isLoopback } from '../limits/network.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { noGuests, requesterOf } from '../plugins/authentication.ts';
import { foreignOriginOf, requireEmbedding } from '../plugins/foreign-origin.ts';
import { upgradeDeadline } from '../plugins/requests/connections.ts';
import { HalfMessage, type IncomingBytes } from '../limits/incoming-bytes.ts';
import type { DocumentCatalogue } from '../stores/document-catalogue.ts';
import { noSuchDocument, RefusalError } from '../base/refusal.ts';
import { countIn } from '../rooms/services/room-counters.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import type { WaitingBytes } from '../limits/waiting-bytes.ts';
import type { Redemption, ShareLinks } from '../sharing/share-links.ts';
import type { TokenVerifier } from '../tokens/token-verifier.ts';
import type { WriteRates } from '../limits/write-rates.ts';
import { RateByKey } from '../limits/rate-by-key.ts';
import { callerGone } from '../routes/caller-gone.ts';
import { Heartbeat } from './heartbeat.ts';
import { CLOSE_TIMEOUT, LiveSocket } from './live-socket.ts';

export interface LiveRouteDeps {
  readonly config: Config;
  readonly secret: string;
  readonly tokens: TokenVerifier;
  readonly catalogue: Pick<DocumentCatalogue, 'findDocument'>;
  readonly registry: Pick<RoomRegistry, 'startSession' | 'find' | 'isAccepting' | 'counters' | 'slices'>;
  readonly shareLinks: ShareLinks;
  readonly writes: WriteRates;
  readonly waiting: WaitingBytes;
  readonly incoming: IncomingBytes;
  readonly clock: Clock;
  readonly jobs: AppDeps['jobs'];
}

/** Seconds of the rate of new sockets from one network. */
const RATE_WINDOW = 10;
/** Milliseconds after which there may be room for another socket. */
const RETRY_AFTER = 5000;

/** For the sockets that the library closes by itself; its types lack the option. */
const LIBRARY_CLOSES = { closeTimeout: CLOSE_TIMEOUT };

/** The document socket, `GET /live/:documentId` (docs/protocol.md, section 4). */
export async function liveRoute(app: App, deps: LiveRouteDeps): Promise<void> {
  const { config, catalogue, registry, clock, jobs, shareLinks, writes, tokens } = deps;
  const heartbeat = new Heartbeat(config.limits, clock, jobs);
  app.addHook('onClose', () => heartbeat.close());
  const newSockets = RateByKey.within(config.addressConnections, RATE_WINDOW, clock);

  await app.register(websocket, {
    // Invalid frames of a peer must not fill the log: the library has closed that socket, and its end is logged like any other.
    // Only failures of the handler below are left.
    errorHandler: (error, socket, request) => {
      if (socket.readyState !== socket.OPEN) return;
      request.log.error({ err: error }, 'A socket could not be served');
      socket.close(1011, CLOSES[1011].meaning);
    },
    options: {
      maxPayload: config.limits.messageBytes,
      maxFragments: config.fragments,
      maxBufferedChunks: config.bufferedChunks,
      perMessageDeflate: false,
      ...LIBRARY_CLOSES,
      handleProtocols: (offered: Set<string>) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    },
  });
  // An invalid upgrade (version, key); `ws` leaves the answer to this listener.
  app.websocketServer.on('wsClientError', (_error, socket) => {
    countIn(registry.counters.failedHandshakes, 'bad_handshake');
    endWith(socket, 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });

  upgradeDeadline(app, config.headersTimeout);

  const { counters, slices } = registry;
  const sockets = { clock, counters, heartbeat, logger: app.log, slices };

  const mustHaveRoom = (): void => {
    if (heartbeat.size < config.sessions) return;
    throw new RefusalError('unavailable', 'This server holds as many sockets as it may', RETRY_AFTER);
  };

  /** Loopback addresses are not limited: an unannounced local proxy would make one network of everybody. */
  const mustNotHurry = ({ ip, source }: FastifyRequest): void => {
    const wait = !config.trustProxy && isLoopback(ip) ? 0 : newSockets.take(source);
    if (wait > 0) throw new RefusalError('rate_limited', 'Too many connections come from your network', wait);
  };

  /** A link that gives nothing is ignored; they keep what they have without it. */
  async function redeem(documentId: string, redemption: Redemption): Promise<void> {
    try {
      await shareLinks.redeem(documentId, redemption);
    } catch (error) {
      if (!(error instanceof RefusalError) || error.code !== 'not_found') throw error;
    }
  }

  app.route({
    method: 'GET',
    url: '/live/:documentId',
    config: { takesLaterCredential: true, mayOmitCookie: true },
    schema: {
      params: z.object({ documentId: documentIdSchema }),
      querystring: z.object({ credentials: z.literal('omit').optional() }),
    },
    preHandler: async (request, reply) => {
      if (!request.ws) {
        const { body } = errorAnswer('bad_message', 'This address speaks WebSocket');
        return reply.code(426).header('Upgrade', 'websocket').send(body);
      }
      mustNotHurry(request);
      const offered = request.headers['sec-websocket-protocol'];
      if (offered !== undefined && !offered.split(',').some((name) => name.trim() === SUBPROTOCOL)) {
        throw new RefusalError('bad_message', `The subprotocol is ${SUBPROTOCOL}`);
      }
      if (!registry.isAccepting) throw new RefusalError('unavailable', 'The server is stopping');
      mustHaveRoom();
      const { documentId } = request.params;
      const document = registry.find(documentId)?.access.record ?? (await catalogue.findDocument(documentId));
      if (document === undefined || document.trashedAt !== undefined) throw noSuchDocument();
      requireEmbedding(document, request);
      // Others may have connected while the document was looked up.
      mustHaveRoom();
      // From here on the socket belongs to no request, and must not keep one in memory.
      reply.raw.detachSocket(request.raw.socket);
    },
    handler: (_request, reply) => reply.callNotFound(),
    wsHandler: (socket, request) => {
      // Nothing below may capture `request`: it would stay in memory as long as the socket.
      const requester = requesterOf(request);
      const origin = foreignOriginOf(request);
      const { ip: address, source, network, id: reqId } = request;
      const { documentId } = request.params;
      const gone = new AbortController();
      socket.once('close', () => gone.abort(callerGone()));
      const socketDeps = {
        ...sockets,
        waitFor: (session: string, bytes: number) => writes.waitFor({ requester, source, network, session }, bytes),
        half: new HalfMessage(deps.incoming, network),
        takeWaiting: (pieces: readonly Buffer[]) => deps.waiting.take(pieces, network),
      };
      const live = new LiveSocket(socket, request.raw.socket, socketDeps, { reqId, documentId, address });
      const { session, end } = registry.startSession(documentId, live, {
        admit: async (join) => {
          const joining = { ...(await whoJoins(join, requester, deps)), origin };
          if (join.link !== undefined)
            await redeem(documentId, { ...join.link, requester: joining, source, signal: gone.signal });
          return joining;
        },
        verify: async (token) => ({ ...(await tokens.verify(token)), origin }),
      });
      live.serve(session, end);
    },
  });
}

/**
 * Who joins: the user of the token in `join`, else the requester of the upgrade, else the guest that the secret clientId stands for.
 * Guests choose their name and colour; those of others stand in their token. Throws RefusalError `unauthenticated`, `unavailable`.
 */
function whoJoins(
  join: JoinMessage,
  requester: Requester | undefined,
  { config, secret, tokens }: LiveRouteDeps,
): Requester | Promise<Requester> {
  if (join.token !== undefined) return tokens.verify(join.token);
  if (requester?.token !== undefined) return requester;
  if (!config.guests) throw noGuests();
  const known: Requester = requester ?? guestFromClientId(secret, join.clientId);
  const chosen = join.color !== undefined && { color: join.color, choseColor: true as const };
  return { ...known, name: join.name ?? known.name, ...chosen };
}
