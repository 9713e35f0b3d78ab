import type { EmbeddingBody, EmbeddingRefusalCode } from '../../shared/protocol/http.ts';
import { ROLE_BY_LINK_ACCESS } from '../../shared/protocol/roles.ts';
import { isAmong, originOf } from '../access/origins.ts';
import { RefusalError } from '../base/refusal.ts';
import type { Config } from '../setup/config.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';

/** Origins as people write them, each once and as browsers write it. Throws RefusalError `bad_message` if one is none, or they are more than `limit`. */
export function embedOriginsFrom(given: readonly string[], limit: number): readonly string[] {
  const origins = [...new Set(given.map(originFrom))];
  if (origins.length <= limit) return origins;
  throw new RefusalError('bad_message', `A document names at most ${limit} origins`);
}

/** An origin as people write it, as browsers write it. Throws RefusalError `bad_message`. */
export function originFrom(given: string): string {
  const origin = originOf(given.trim());
  if (origin !== undefined) return origin;
  throw new RefusalError('bad_message', `An origin is like https://app.example, without a path; ${given} is none`);
}

/** A question about a document: may a page of `origin` embed it? */
export interface EmbeddingQuestion {
  readonly document: DocumentRecord;
  /** As browsers write it. */
  readonly origin: string;
  /** It is this server's own. */
  readonly isOurs: boolean;
  /** The server is reached over the network without TLS. */
  readonly isInsecure: boolean;
}

/** What a page of an origin may do with a document, and why not. The first of several reasons is told. */
export function embeddingOf(
  { document, origin, isOurs, isInsecure }: EmbeddingQuestion,
  config: Config,
): EmbeddingBody {
  const common = whyNotByDocument(document, origin) ?? (isInsecure ? whyNotByBrowser(origin) : undefined);
  const ofPage = (what: keyof Config['origins']) =>
    verdict(isOurs ? undefined : (whyNotByServer(config, what, origin) ?? common));
  return { origin, element: ofPage('calls'), frame: ofPage('frames'), guests: guestsOf(config, document) };
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

/** Browsers load nothing over plain HTTP into a page that came over TLS. */
function whyNotByBrowser(origin: string): Reason | undefined {
  if (!origin.startsWith('https:')) return undefined;
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
