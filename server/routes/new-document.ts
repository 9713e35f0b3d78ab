import type { FastifyReply, FastifyRequest } from 'fastify';
import { nanoid } from 'nanoid';
import type { LinkAccess } from '../../shared/protocol/roles.ts';
import type { User } from '../../shared/protocol/fields.ts';
import type { Change } from '../../shared/sync/change.ts';
import { UNTITLED } from '../../shared/text/untitled.ts';
import { sessionIdOf } from '../access/identity.ts';
import { RefusalError } from '../base/refusal.ts';
import type { WriteRates } from '../limits/write-rates.ts';
import type { AppDeps } from '../plugins/app-deps.ts';
import { authorOf, requesterOf } from '../plugins/authentication.ts';
import { documentBody } from './document-body.ts';

/** What a new document begins with. */
export interface NewDocument {
  /** Undefined for one that nobody has named. */
  readonly title: string | undefined;
  readonly text: string;
  /** By default whoever has the link may edit. */
  readonly linkAccess: LinkAccess | undefined;
}

/** Makes documents for the routes that do. */
export class DocumentMaker {
  readonly #deps: Pick<AppDeps, 'config' | 'secret' | 'catalogue' | 'documents' | 'clock'>;
  readonly #writes: WriteRates;

  constructor(deps: Pick<AppDeps, 'config' | 'secret' | 'catalogue' | 'documents' | 'clock'>, writes: WriteRates) {
    this.#deps = deps;
    this.#writes = writes;
  }

  /** Makes a document of the caller, who becomes a guest if they are nobody, and answers with it. Throws RefusalError. */
  async make(request: FastifyRequest, reply: FastifyReply, { title, text, linkAccess = 'edit' }: NewDocument) {
    const { config, secret, catalogue, documents, clock } = this.#deps;
    const { documentLength } = config.limits;
    if (text.length > documentLength) {
      throw new RefusalError('document_too_large', `A document holds at most ${documentLength} UTF-16 units`);
    }
    const { source, network } = request;
    const origin = { requester: requesterOf(request), source, network };
    this.#writes.makeDocument(origin);
    this.#writes.write(origin, Buffer.byteLength(text));
    const owner = authorOf(request, reply, secret);
    const id = nanoid(16);
    const createdAt = clock.now();
    const change = text === '' ? undefined : firstChange(secret, id, { text, author: owner, timestamp: createdAt });
    const isNamed = title !== undefined;
    const fields = { id, title: title ?? UNTITLED, isNamed, linkAccess, createdAt };
    const document = await catalogue.createDocument(fields, owner, change);
    reply.code(201).header('Location', `${config.basePath}/api/documents/${id}`);
    return documentBody(document, { role: 'owner', isWatched: false }, documents);
  }
}

/** The initial text as version 1, by a client id that is never used again. */
function firstChange(
  secret: string,
  documentId: string,
  { text, author, timestamp }: { readonly text: string; readonly author: User; readonly timestamp: number },
): Change {
  const clientId = nanoid(22);
  const sessionId = sessionIdOf(secret, documentId, clientId);
  return { version: 1, timestamp, edit: [text], clientId, seq: 1, userId: author.id, sessionId };
}
