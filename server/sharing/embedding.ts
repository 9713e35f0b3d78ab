import type { FastifyRequest } from 'fastify';
import type { EmbeddingBody, EmbeddingRefusalCode } from '../../shared/protocol/http.ts';
import { ROLE_BY_LINK_ACCESS } from '../../shared/protocol/roles.ts';
import { isAmong, originOf } from '../access/origins.ts';
import { RefusalError } from '../base/refusal.ts';
import { isOwnOrigin } from '../plugins/foreign-origin.ts';
import type { Config } from '../setup/config.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';

/** Origins as people write them, each once and as browsers write it. Throws RefusalError `bad_message` if one is none, or they are more than `limit`. */
export function embedOriginsFrom(given: readonly string[], limit: number): readonly string[] {
  const origins = [...new Set(given.map(requireOrigin))];
  if (origins.length <= limit) return origins;
  throw new RefusalError('bad_message', `A document names at most ${limit} origins`);
}

/** Throws RefusalError `bad_message`. */
function requireOrigin(given: string): string {
  const origin = originOf(given.trim());
  if (origin !== undefined) return origin;
  throw new RefusalError('bad_message', `An origin is like https://app.example, without a path; ${given} is none`);
}

/** A question about a document: may a page of `origin`, as people write it, embed it? */
export interface EmbeddingQuestion {
  readonly document: DocumentRecord;
  readonly origin: string;
  /** The one that asks; it says by which address the server is known. */
  readonly request: FastifyRequest;
}

/** What a page of an origin may do with a document, and why not. The first of several reasons is told. Throws RefusalError `bad_message`. */
export function embeddingOf({ document, origin: given, request }: EmbeddingQuestion, config: Config): EmbeddingBody {
  const origin = requireOrigin(given);
  const isOurs = isOwnOrigin(request, origin);
  const common = isOurs ? undefined : (whyNotByDocument(document, origin) ?? whyNotByBrowser(request, origin));
  return {
    origin,
    element: verdict((isOurs ? undefined : whyNotByServer(config, 'calls', origin)) ?? common),
    frame: verdict((isOurs ? undefined : whyNotByServer(config, 'frames', origin)) ?? common),
    guests: guestsOf(config, document),
  };
}

type Reason = readonly [code: EmbeddingRefusalCode, message: string];

function verdict(reason: Reason | undefined): EmbeddingBody['element'] {
  if (reason === undefined) return { allowed: true };
  const [code, message] = reason;
  return { allowed: false, reason: { code, message } };
}

function whyNotByServer({ origins }: Config, what: keyof Config['origins'], origin: string): Reason | undefined {
  const allowed = origins[what];
  if (isAmong(allowed, origin)) return undefined;
  if (allowed.length === 0) {
    return [
      'frames_off',
      'This server lets no page of another origin show it in a frame until its setting WEFT_ORIGINS names some',
    ];
  }
  return ['server_setting', `The setting WEFT_ORIGINS of this server does not name ${origin}`];
}

function whyNotByDocument({ embedOrigins }: DocumentRecord, origin: string): Reason | undefined {
  if (isAmong(embedOrigins ?? 'any', origin)) return undefined;
  if (embedOrigins?.length === 0)
    return ['document_setting', 'The owner of this document lets no page of another origin embed it'];
  return ['document_setting', `The owner of this document lets other pages embed it, but none of ${origin}`];
}

/** Browsers load nothing over plain HTTP into a page that came over TLS, unless it is on the same machine. */
function whyNotByBrowser(request: FastifyRequest, origin: string): Reason | undefined {
  const { hostname } = new URL(`http://${request.host}`);
  const isLocal =
    hostname === 'localhost' || hostname.endsWith('.localhost') || ['127.0.0.1', '[::1]'].includes(hostname);
  // Behind a proxy that is not trusted every request seems to come over HTTP, but browsers send this header over TLS alone.
  const isSecure = request.protocol === 'https' || request.headers['sec-fetch-site'] !== undefined;
  if (!origin.startsWith('https:') || isLocal || isSecure) return undefined;
  return [
    'insecure_server',
    'A browser does not load from this server into a page over https, because the server is reached over http',
  ];
}

function guestsOf({ guests }: Config, { linkAccess }: DocumentRecord): EmbeddingBody['guests'] {
  const role = ROLE_BY_LINK_ACCESS[linkAccess];
  if (guests && role !== undefined) return { allowed: true, role };
  return verdict(
    guests
      ? ['link_access_none', 'The link gives no access to this document, so the page needs a token or a share link']
      : ['guests_off', 'This server takes no guests, so the page needs a token for whoever sits before it'],
  );
}
