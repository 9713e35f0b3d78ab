import type { IncomingMessage } from 'node:http';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { openService, type Service } from '../app/service.ts';
import type { Config } from '../setup/config.ts';
import { childLogger } from '../setup/log.ts';
import type { Settings } from '../setup/settings.ts';
import { startFailure } from '../setup/start-failure.ts';
import { configFromOptions, withOptionNames, type HostedSettings } from './host-options.ts';
import { HostUpgrades } from './host-upgrades.ts';

/** Options of the plugin; all settings have the defaults of docs/configuration.md. */
export interface WeftOptions extends HostedSettings {
  /** Where the service is, like `/weft`; without it, it has all paths that no other route of the host has. */
  readonly prefix?: string;
  /** `WEFT_LOG_LEVEL`, but that of the host's logger unless given. */
  readonly logLevel?: Settings['WEFT_LOG_LEVEL'];
}

/**
 * The whole service inside somebody's own Fastify application (docs/embedding/fastify.md). It is an application of its own behind
 * one route of the host, so that hooks of the host run and nothing of ours reaches its other routes. Rejects, and with it the host's
 * `ready`, if a setting is wrong or the data folder cannot be opened.
 */
export const weft: FastifyPluginAsync<WeftOptions> = async (host, options) => {
  const config = configFromOptions({ ...options }, host.prefix);
  const requestIds = new WeakMap<IncomingMessage, string>();
  const logger = childLogger(host.log, options.logLevel);
  const service = await openService(config, logger, (request) => requestIds.get(request)).catch(explain(config));
  const upgrades = new HostUpgrades(host, config.basePath);
  host.addHook('preClose', async () => {
    upgrades.close();
    await service.finish();
  });
  // By then the host has answered its last request.
  host.addHook('onClose', () => service.release());
  await service.app.ready();

  // The body is left to our own application.
  host.removeAllContentTypeParsers();
  host.addContentTypeParser('*', (_request, _body, done) => done(null));
  for (const path of ['/', '/*']) {
    host.route({
      method: host.supportedMethods,
      url: path,
      // For descriptions of the host's API; ours has its own.
      schema: { hide: true },
      // Not in the handler: @fastify/websocket of the host replaces handlers for upgrades.
      preHandler: (request, reply, done) => {
        const head = upgrades.headOf(request.raw);
        requestIds.set(request.raw, request.id);
        if (head === undefined) done();
        else passUpgrade(service, request, reply, head);
      },
      handler: (request, reply) => passRequest(service, request, reply),
    });
  }
};

/** Lets our application answer a request. */
function passRequest({ app, connections }: Service, { raw }: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  const answer = reply.raw;
  // What hooks of the host have said so far, such as CORS; ours has the last word.
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) answer.setHeader(name, value);
  connections.add(answer);
  // Our application shortens the address, which hooks of the host still log.
  const given: { url?: string; originalUrl?: string } = raw;
  const { url, originalUrl } = given;
  answer.prependOnceListener('finish', () => Object.assign(given, { url, originalUrl }));
  app.routing(raw, answer);
}

/** Lets our application accept or refuse a socket. */
function passUpgrade({ app, connections }: Service, { raw }: FastifyRequest, reply: FastifyReply, head: Buffer): void {
  reply.hijack();
  reply.raw.detachSocket(raw.socket);
  connections.add(raw.socket);
  app.server.emit('upgrade', raw, raw.socket, head);
}

/** Throws what the host can understand: the options in the place of settings. */
function explain(config: Config): (error: unknown) => never {
  return (error) => {
    const reason = startFailure(error, config);
    throw reason === undefined ? error : new Error(withOptionNames(reason), { cause: error });
  };
}
