import Fastify, { LogController } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { nanoid } from 'nanoid';
import { RefusalError } from '../base/refusal.ts';
import { IncomingBytes } from '../limits/incoming-bytes.ts';
import { WaitingBytes } from '../limits/waiting-bytes.ts';
import { WriteRates } from '../limits/write-rates.ts';
import { embedFiles } from '../plugins/answers/embed-files.ts';
import { answerBrokenRequest, errorAnswers, sendAnswerTo } from '../plugins/answers/error-answers.ts';
import { framePage } from '../plugins/answers/frame-page.ts';
import { longAnswers } from '../plugins/answers/long-answers.ts';
import { openApi } from '../plugins/answers/openapi.ts';
import { securityHeaders } from '../plugins/answers/security-headers.ts';
import { webPages } from '../plugins/answers/web-pages.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { authentication } from '../plugins/authentication.ts';
import { crossOrigin } from '../plugins/cross-origin.ts';
import { refuseForeignOrigins } from '../plugins/foreign-origin.ts';
import { metrics } from '../plugins/metrics/metrics.ts';
import { requestLog } from '../plugins/request-log.ts';
import { withoutBasePath } from '../plugins/requests/base-path.ts';
import { connectionLimit, refusedUpgrades } from '../plugins/requests/connections.ts';
import { countedNetworks } from '../plugins/requests/counted-network.ts';
import { httpReaders } from '../plugins/requests/http-readers.ts';
import { bodySpace, dropUnreadBodies } from '../plugins/requests/large-bodies.ts';
import { requestBodies } from '../plugins/requests/request-bodies.ts';
import { requestTurns } from '../plugins/requests/request-turns.ts';
import { checkPermissions, onlyListedRoutes } from '../plugins/route-permissions.ts';
import { changeRoutes } from '../routes/changes.ts';
import { contentRoutes } from '../routes/content.ts';
import { copyRoutes } from '../routes/copies.ts';
import { documentListRoutes } from '../routes/document-lists.ts';
import { documentRoutes } from '../routes/documents.ts';
import { embeddingRoutes } from '../routes/embedding.ts';
import { healthRoutes } from '../routes/health.ts';
import { memberRoutes } from '../routes/members.ts';
import { DocumentMaker } from '../routes/new-document.ts';
import { oembedRoutes } from '../routes/oembed.ts';
import { peopleRoutes } from '../routes/people.ts';
import { RequestRates } from '../routes/request-rates.ts';
import { sessionRoutes } from '../routes/session.ts';
import { shareLinkRoutes } from '../routes/share-links.ts';
import { watchRoutes } from '../routes/watches.ts';
import { ShareLinks } from '../sharing/share-links.ts';
import { liveRoute } from '../transports/live.ts';

/** Bytes of a body, unless a route says otherwise. */
const BODY_LIMIT = 65_536;
/** Milliseconds between two checks for overdue requests. */
const OVERDUE_CHECK = 1000;
/** Characters of a path parameter: a user id of 128 characters, each of them escaped. */
const PARAM_LENGTH = 384;

/**
 * The server without a socket of its own: it answers injected requests, and listens only when told to. Closing it first closes the open
 * documents, which finish what is queued. Its other dependencies stay open; their owner closes them.
 */
export async function buildApp(deps: AppDeps): Promise<App> {
  const { config, rooms, logger } = deps;
  const { slices } = rooms;
  const app: App = Fastify({
    loggerInstance: logger,
    // plugins/request-log.ts replaces Fastify's own lines, which contain URLs.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: config.requestTimeout,
    // The operator decides how long a stop may take; Fastify would give up after 10 s.
    pluginTimeout: 0,
    http: {
      headersTimeout: Math.min(config.headersTimeout, config.requestTimeout),
      // Node's default is 30 s.
      connectionsCheckingInterval: Math.min(OVERDUE_CHECK, config.headersTimeout),
    },
    trustProxy: config.trustProxy,
    rewriteUrl: ({ url = '' }) => withoutBasePath(url, config.basePath),
    routerOptions: { maxParamLength: PARAM_LENGTH },
    genReqId: () => nanoid(12),
    // While the server stops, the hook below answers in the shape of every other error.
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => void sendAnswerTo(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();

  requestBodies(app, config.limits, slices);
  app.addHook('preClose', () => rooms.close());
  onlyListedRoutes(app);
  requestLog(app);
  connectionLimit(app, deps);
  countedNetworks(app, deps);
  requestTurns(app);
  httpReaders(app, deps);
  refusedUpgrades(app);
  dropUnreadBodies(app, slices);
  errorAnswers(app);
  securityHeaders(app, config.origins.frames);
  const waiting = new WaitingBytes(config.waiting);
  longAnswers(app, waiting, slices);
  await openApi(app, deps);
  metrics(app, deps, waiting);
  healthRoutes(app, deps);
  await webPages(app, deps);
  await embedFiles(app, deps.embedFolder);
  await framePage(app, deps);
  await app.register(guardedRoutes);
  return app;

  /** The routes for which it matters who asks. */
  async function guardedRoutes(scope: App): Promise<void> {
    await crossOrigin(scope, config.origins.calls);
    scope.addHook('onRequest', (_request, reply, done) => {
      reply.header('Cache-Control', 'no-store');
      if (!rooms.isAccepting) throw new RefusalError('unavailable', 'The server is stopping');
      done();
    });
    const shareLinks = new ShareLinks(config.access, deps);
    await authentication(scope, deps);
    refuseForeignOrigins(scope, config);
    checkPermissions(scope, deps);
    const incoming = new IncomingBytes(config);
    bodySpace(scope, incoming);
    const writes = new WriteRates(config.writes, deps.clock);
    sessionRoutes(scope, deps, writes);
    const rates = new RequestRates(config, { writes, counters: rooms.counters, clock: deps.clock });
    const maker = new DocumentMaker(deps, writes);
    documentRoutes(scope, deps, maker);
    documentListRoutes(scope, deps, rates);
    copyRoutes(scope, deps, maker);
    watchRoutes(scope, deps, { rates, writes });
    peopleRoutes(scope, deps, rates);
    changeRoutes(scope, deps, rates);
    memberRoutes(scope, deps, shareLinks);
    shareLinkRoutes(scope, deps, shareLinks);
    embeddingRoutes(scope, deps);
    oembedRoutes(scope, deps);
    await scope.register(async (inner: App) => contentRoutes(inner, deps, rates));
    await liveRoute(scope, { ...deps, registry: rooms, shareLinks, writes, waiting, incoming });
  }
}
