import { nanoid } from 'nanoid';
import { z } from 'zod';
import {
  createDocumentSchema,
  documentIdParamsSchema,
  documentListSchema,
  documentSchema,
  errorBodySchema,
  listDocumentsQuerySchema,
  updateDocumentSchema,
  type DocumentBody,
} from '../../shared/protocol/http.ts';
import type { Role } from '../../shared/protocol/roles.ts';
import type { User } from '../../shared/protocol/fields.ts';
import type { Change } from '../../shared/sync/change.ts';
import { roleOf } from '../access/roles.ts';
import { sessionIdOf, type TokenClaims } from '../access/identity.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { authorOf, requesterOf } from '../plugins/authentication.ts';
import { documentOf } from '../plugins/route-permissions.ts';
import type { DocumentOperations } from '../rooms/document-operations.ts';
import type { DocumentRecord, ListedDocument } from '../stores/document-catalogue.ts';
import { noSuchDocument, RefusalError } from '../base/refusal.ts';
import { NO_ACCESS } from '../stores/access-catalogue.ts';
import type { WriteRates } from '../limits/write-rates.ts';
import { importText } from './long-texts.ts';

const DEFAULT_TITLE = 'Untitled';
/** Most bytes of JSON for one UTF-16 unit. */
const JSON_BYTES_PER_UNIT = 6;

/** Most users that `present` names; the others are only counted. */
const NAMED_PEOPLE = 8;

/** Documents without their text: make, list, read, rename, share, put into the trash and restore. */
export function documentRoutes(
  app: App,
  deps: Pick<AppDeps, 'config' | 'secret' | 'catalogue' | 'documents' | 'rooms' | 'clock'>,
  writes: WriteRates,
): void {
  const { config, secret, catalogue, documents, rooms, clock } = deps;
  const { documentLength } = config.limits;

  app.post(
    '/api/documents',
    {
      bodyLimit: documentLength * JSON_BYTES_PER_UNIT + 65_536,
      config: { tooLarge: 'document_too_large' },
      schema: {
        summary: 'Make a document',
        body: createDocumentSchema.nullish(),
        response: { 201: documentSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { title = DEFAULT_TITLE, content = '', linkAccess = 'edit' } = request.body ?? {};
      const text = await importText(content, rooms.slices);
      if (text.length > documentLength) {
        throw new RefusalError('document_too_large', `A document holds at most ${documentLength} UTF-16 units`);
      }
      const { source, network } = request;
      const origin = { requester: requesterOf(request), source, network };
      writes.makeDocument(origin);
      writes.write(origin, Buffer.byteLength(text));
      const owner = authorOf(request, reply, secret);
      const id = nanoid(16);
      const createdAt = clock.now();
      const change = text === '' ? undefined : firstChange(id, text, owner, createdAt);
      const document = await catalogue.createDocument({ id, title, linkAccess, createdAt }, owner, change);
      reply.code(201).header('Location', `/api/documents/${id}`);
      return reply.send(documentBody(document, 'owner', documents));
    },
  );

  /** The initial text as version 1, by a client id that is never used again. */
  function firstChange(documentId: string, text: string, { id: userId }: User, timestamp: number): Change {
    const clientId = nanoid(22);
    const sessionId = sessionIdOf(secret, documentId, clientId);
    return { version: 1, timestamp, edit: [text], clientId, seq: 1, userId, sessionId };
  }

  app.get(
    '/api/documents',
    {
      schema: {
        summary: 'My documents, or those in my trash, the last changed first',
        querystring: listDocumentsQuerySchema,
        response: { 200: documentListSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { limit, cursor, trash } = request.query;
      const requester = requesterOf(request);
      if (requester === undefined) return reply.send({ documents: [] });
      const isTrash = trash === 'true' || trash === '1';
      const grants = requester.token?.grants;
      const page =
        grants === undefined
          ? await catalogue.listDocuments(requester.id, { limit, cursor, trash: isTrash })
          : { documents: isTrash ? [] : await grantedDocuments(grants, limit), next: undefined };
      const bodies = page.documents.map(({ document, access }) => {
        // In the trash only its owners see it.
        const role = roleOf(document, requester, access, clock.now())?.role ?? 'owner';
        return documentBody(document, role, documents);
      });
      return reply.send({ documents: bodies, next: page.next });
    },
  );

  /** Documents that a token names are not paginated. */
  async function grantedDocuments(
    grants: NonNullable<TokenClaims['grants']>,
    limit: number,
  ): Promise<ListedDocument[]> {
    const found = await Promise.all([...grants.keys()].map((id) => catalogue.findDocument(id)));
    return found
      .filter((document) => document !== undefined && document.trashedAt === undefined)
      .sort((a, b) => b!.updatedAt - a!.updatedAt)
      .slice(0, limit)
      .map((document) => ({ document: document!, access: NO_ACCESS }));
  }

  app.get(
    '/api/documents/:id',
    {
      schema: {
        summary: 'A document without its text',
        params: documentIdParamsSchema,
        response: { 200: documentSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { document, role } = documentOf(request);
      const members = await catalogue.listMembers(document.id);
      const owners = members.filter((member) => member.role === 'owner').map(({ user }) => user);
      return reply.send({ ...documentBody(document, role, documents), owners });
    },
  );

  app.patch(
    '/api/documents/:id',
    {
      schema: {
        summary: 'Change the title or the link access, or take a document out of the trash',
        params: documentIdParamsSchema,
        body: updateDocumentSchema,
        response: { 200: documentSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { title, linkAccess, trashed } = request.body;
      const { document: found, role } = documentOf(request);
      const { id } = found;
      const restores = found.trashedAt !== undefined;
      if (title === undefined && linkAccess === undefined && !restores) {
        return reply.send(documentBody(found, role, documents));
      }
      const document = await catalogue.updateDocument(id, { title, linkAccess, trashed }, clock.now());
      if (document === undefined) throw noSuchDocument();
      documents.metaChanged(document);
      if (linkAccess !== undefined) await documents.accessChanged(id);
      return reply.send(documentBody(document, role, documents));
    },
  );

  app.delete(
    '/api/documents/:id',
    {
      schema: {
        summary: 'Put a document into the trash',
        params: documentIdParamsSchema,
        response: { 204: z.undefined(), default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { document } = documentOf(request);
      await catalogue.updateDocument(document.id, { trashed: true }, clock.now());
      await documents.trashed(document.id);
      return reply.code(204).send();
    },
  );
}

/** A document as the API shows it to somebody with `role`, with the users who have it open. */
export function documentBody(document: DocumentRecord, role: Role, documents: DocumentOperations): DocumentBody {
  const { id, title, version, linkAccess, createdAt, updatedAt, trashedAt } = document;
  const present = documents.present(id);
  return {
    id,
    title,
    version,
    role,
    linkAccess,
    createdAt,
    updatedAt,
    ...(trashedAt === undefined ? undefined : { trashedAt }),
    present: present.users.slice(0, NAMED_PEOPLE).map(({ id, name, color }) => ({ id, name, color })),
    presentCount: present.count,
  };
}
