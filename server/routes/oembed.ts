import type { FastifyRequest } from 'fastify';
import { documentIdSchema } from '../../shared/protocol/fields.ts';
import { errorBodySchema, oembedQuerySchema, oembedSchema } from '../../shared/protocol/http.ts';
import { noSuchDocument, RefusalError } from '../base/refusal.ts';
import { errorAnswer, sendAnswer } from '../plugins/answers/error-answers.ts';
import { escaped } from '../plugins/answers/html-pages.ts';
import { isEmbedded, isOpenByLink } from '../plugins/answers/oembed-link.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { isOwnOrigin } from '../plugins/foreign-origin.ts';
import { withoutBasePath } from '../plugins/requests/base-path.ts';

/** CSS pixels of a frame, where the site that shows it has room. */
const WIDTH = 720;
const HEIGHT = 480;
/** Seconds for which a site may keep the answer. */
const KEPT = 3600;

/** What the frame page needs, and what people do in it. */
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-forms';

/** Tells sites that show links of others by what they find there how to show a document (oembed.com): in a frame. */
export function oembedRoutes(
  app: App,
  { config, catalogue, documents }: Pick<AppDeps, 'config' | 'catalogue' | 'documents'>,
): void {
  app.get(
    '/api/oembed',
    {
      schema: {
        summary: 'How to show the document of an address (oEmbed)',
        querystring: oembedQuerySchema,
        response: { 200: oembedSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { url, format, maxwidth = WIDTH, maxheight = HEIGHT } = request.query;
      if (format !== 'json') return sendAnswer(reply, errorAnswer('bad_message', 'There is JSON alone', 501));
      const id = documentIdIn(url, request);
      const document = id === undefined ? undefined : await catalogue.findDocument(id);
      if (document === undefined || document.trashedAt !== undefined || !isEmbedded(document)) throw noSuchDocument();
      if (!isOpenByLink(config, document)) {
        throw new RefusalError('unauthenticated', 'Whoever has nothing but the link may not read this document');
      }
      // By this address the site knows the server, also behind a proxy that does not tell it.
      const server = `${new URL(url).origin}${config.basePath}`;
      const title = documents.titleOf(document);
      const [width, height] = [Math.min(WIDTH, maxwidth), Math.min(HEIGHT, maxheight)];
      const attributes = {
        src: `${server}/embed/${document.id}`,
        title,
        width: String(width),
        height: String(height),
        sandbox: SANDBOX,
        allow: 'clipboard-write',
        // The server tells by it which page asks, so that one that may not show the document says so.
        referrerpolicy: 'strict-origin',
        loading: 'lazy',
        style: 'border:0;max-width:100%',
      };
      const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
      const html = `<iframe${written.join('')}></iframe>`;
      const provider = { provider_name: 'Weft', provider_url: `${server}/`, cache_age: KEPT };
      return reply.send({ version: '1.0', type: 'rich', title, ...provider, html, width, height });
    },
  );

  /** The document whose page, or frame page, is at an address of this server. */
  function documentIdIn(url: string, request: FastifyRequest): string | undefined {
    if (!URL.canParse(url)) return undefined;
    const { origin, pathname } = new URL(url);
    if (!isOwnOrigin(request, origin)) return undefined;
    const [, found] = /^\/(?:d|embed)\/([^/]+)\/?$/.exec(withoutBasePath(pathname, config.basePath)) ?? [];
    const id = documentIdSchema.safeParse(found);
    return id.success ? id.data : undefined;
  }
}
