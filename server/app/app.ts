import Fastify, { LogController } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { nanoid } from 'nanoid';
import { IncomingBytes } from '../limits/incoming-bytes.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { authentication } from '../plugins/authentication.ts';
import { bodySpace } from '../plugins/requests/body-space.ts';
import { countedNetworks } from '../plugins/requests/counted-network.ts';
import { answerBrokenRequest, errorAnswers, sendAnswerTo } from '../plugins/answers/error-answers.ts';
import { refuseForeignOrigins } from '../plugins/foreign-origin.ts';
import { fullProcess } from '../plugins/requests/full-process.ts';
import { httpReaders } from '../plugins/requests/http-readers.ts';
import { longAnswers } from '../plugins/answers/long-answers.ts';
import { metrics } from '../plugins/metrics/metrics.ts';
import { openApi } from '../plugins/answers/openapi.ts';
import { checkPermissions, permissionForEveryRoute } from '../plugins/route-permissions.ts';
import { refusedUpgrades } from '../plugins/requests/refused-upgrades.ts';
import { requestBodies } from '../plugins/requests/request-bodies.ts';
import { requestLog } from '../plugins/request-log.ts';
import { requestTurns } from '../plugins/requests/request-turns.ts';
import { securityHeaders } from '../plugins/answers/security-headers.ts';
import { dropUnreadBodies } from '../plugins/requests/unread-bodies.ts';
import { webPages } from '../plugins/answers/web-pages.ts';
import { RefusalError } from '../base/refusal.ts';
import { WaitingBytes } from '../limits/waiting-bytes.ts';
import { changeRoutes } from '../routes/changes.ts';
import { contentRoutes } from '../routes/content.ts';
import { documentRoutes } from '../routes/documents.ts';
import { HistoryRate } from '../routes/history-rate.ts';
import { healthRoutes } from '../routes/health.ts';
import { liveRoute } from '../transports/live.ts';
import { memberRoutes } from '../routes/members.ts';
import { sessionRoutes } from '../routes/session.ts';
import { shareLinkRoutes } from '../routes/share-links.ts';
import { SubmissionRate } from '../routes/submission-rate.ts';
import { ShareLinks } from '../sharing/share-links.ts';
import { WriteRates } from '../limits/write-rates.ts';

/** Bytes of a body, where a route does not say otherwise. */
const BODY_LIMIT = 65_536;
/** Milliseconds between two looks for requests that do not arrive. */
const OVERDUE_CHECK = 1000;

/** Characters of a part of an address, in which a user's id of 128 may be escaped. */
const PARAM_LENGTH = 384;

/**
 * The server without a socket of its own: it answers what is injected or handed to it, and listens only when told to. Closing
 * it first closes the open documents, which finish what is queued; the other parts stay their owner's to close.
 */
export async function buildApp(parts: AppDeps): Promise<App> {
  const { config, rooms, logger, version } = parts;
  const { slices } = rooms;
  const app: App = Fastify({
    loggerInstance: logger,
    // The lines of plugins/request-log.ts take the place of Fastify's own, which hold URLs.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: config.requestTimeout,
    // How long a stop may take is the operator's to say; the library would give up on it after 10 s.
    pluginTimeout: 0,
    http: {
      headersTimeout: Math.min(config.headersTimeout, config.requestTimeout),
      // Node looks for requests that are overdue every 30 s unless told.
      connectionsCheckingInterval: Math.min(OVERDUE_CHECK, config.headersTimeout),
    },
    trustProxy: config.trustProxy,
    routerOptions: { maxParamLength: PARAM_LENGTH },
    genReqId: () => nanoid(12),
    // While it stops, routes say so themselves, in the shape of every other error.
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => void sendAnswerTo(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();

  requestBodies(app, config.limits, slices);
  app.addHook('preClose', () => rooms.close());
  permissionForEveryRoute(app);
  requestLog(app);
  fullProcess(app, parts);
  countedNetworks(app, parts);
  requestTurns(app);
  httpReaders(app, parts);
  refusedUpgrades(app);
  dropUnreadBodies(app, slices);
  errorAnswers(app);
  securityHeaders(app, config.origins);
  const waiting = new WaitingBytes(config.waiting);
  longAnswers(app, waiting, slices);
  await openApi(app, version);
  metrics(app, parts, waiting);
  healthRoutes(app, parts);
  await webPages(app, parts.webFolder);
  await app.register(guardedRoutes);
  return app;

  /** What knows who asks. */
  async function guardedRoutes(scope: App): Promise<void> {
    scope.addHook('onRequest', (_request, reply, done) => {
      reply.header('Cache-Control', 'no-store');
      if (!rooms.isAccepting) throw new RefusalError('unavailable', 'The server is stopping');
      done();
    });
    const shareLinks = new ShareLinks(parts);
    await authentication(scope, parts);
    refuseForeignOrigins(scope, config);
    checkPermissions(scope, parts);
    const incoming = new IncomingBytes(config);
    bodySpace(scope, incoming);
    const writes = new WriteRates(config.writes, parts.clock);
    sessionRoutes(scope, parts, writes);
    documentRoutes(scope, parts, writes);
    const rate = new SubmissionRate(config.limits, writes, { clock: parts.clock, counters: rooms.counters });
    const history = new HistoryRate(config.historyReads, parts.clock);
    changeRoutes(scope, parts, rate, history);
    memberRoutes(scope, parts, shareLinks);
    shareLinkRoutes(scope, parts, shareLinks);
    await scope.register(async (inner: App) => contentRoutes(inner, parts, rate, history));
    await liveRoute(scope, { ...parts, registry: rooms, shareLinks, writes, waiting, incoming });
  }
}
