import type { FastifyReply, FastifyRequest } from 'fastify';
import { documentIdSchema } from '../../../shared/protocol/fields.ts';
import { amongBoth, isAmong, type Origins } from '../../access/origins.ts';
import type { Config } from '../../setup/config.ts';
import type { DocumentCatalogue, DocumentRecord } from '../../stores/document-catalogue.ts';
import { isOwnOrigin } from '../foreign-origin.ts';

/** The document of a page's address; undefined if there is none. */
export async function documentOfPage(
  { params }: FastifyRequest,
  catalogue: Pick<DocumentCatalogue, 'findDocument'>,
): Promise<DocumentRecord | undefined> {
  const id = documentIdSchema.safeParse((params as { readonly id: string }).id);
  return id.success ? catalogue.findDocument(id.data) : undefined;
}

/** Whose pages may frame a document: those for which server and owner both have opened it. */
export function framesOf({ origins }: Pick<Config, 'origins'>, document: DocumentRecord | undefined): Origins {
  return amongBoth(origins.frames, document?.embedOrigins ?? 'any');
}

/** Makes the browser show this answer in frames of our own pages and of those alone; in place of what the server lets frame its pages. */
export function allowFrames(reply: FastifyReply, origins: Origins): void {
  const sources = origins === 'any' ? ['*'] : ["'self'", ...origins];
  const policy = String(reply.raw.getHeader('Content-Security-Policy'));
  reply.header(
    'Content-Security-Policy',
    policy.replace(/frame-ancestors [^;]*/, `frame-ancestors ${sources.join(' ')}`),
  );
  if (origins.length > 0) reply.raw.removeHeader('X-Frame-Options');
}

/**
 * The foreign origin that asks for a page to show it in a frame, and is not among `origins`; undefined as far as is known. What is known is the
 * referrer, which pages may withhold: the browser decides by `frame-ancestors` in any case.
 */
export function refusedFramer(request: FastifyRequest, origins: Origins): string | undefined {
  const { referer = '', 'sec-fetch-dest': destination } = request.headers;
  // Browsers say so over TLS and on this machine. Elsewhere a followed link is taken for a frame.
  if (destination === 'document' || !URL.canParse(referer)) return undefined;
  const { origin } = new URL(referer);
  return isOwnOrigin(request, origin) || isAmong(origins, origin) ? undefined : origin;
}
