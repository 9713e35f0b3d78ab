import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  createDocumentSchema,
  documentIdParamsSchema,
  documentSchema,
  errorBodySchema,
  updateDocumentSchema,
  type DocumentBody,
} from '../../shared/protocol/http.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { requesterOf } from '../plugins/authentication.ts';
import { documentOf } from '../plugins/route-permissions.ts';
import { noSuchDocument } from '../base/refusal.ts';
import { embedOriginsFrom } from '../sharing/embedding.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';
import { authorityOf } from './access-refusal.ts';
import { documentBody, type Standing } from './document-body.ts';
import { importText } from './long-texts.ts';
import type { DocumentMaker } from './new-document.ts';

/** Most bytes of JSON for one UTF-16 unit. */
const JSON_BYTES_PER_UNIT = 6;

/** Documents without their text: make, read, rename, share, put into the trash, restore, and delete. */
export function documentRoutes(
  app: App,
  deps: Pick<AppDeps, 'config' | 'catalogue' | 'documents' | 'rooms' | 'clock'>,
  maker: DocumentMaker,
): void {
  const { config, catalogue, documents, rooms, clock } = deps;

  app.post(
    '/api/documents',
    {
      bodyLimit: config.limits.documentLength * JSON_BYTES_PER_UNIT + 65_536,
      config: { tooLarge: 'document_too_large' },
      schema: {
        summary: 'Make a document',
        body: createDocumentSchema.nullish(),
        response: { 201: documentSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { title, content = '', linkAccess } = request.body ?? {};
      const text = await importText(content, rooms.slices);
      return reply.send(await maker.make(request, reply, { title, text, linkAccess }));
    },
  );

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
      const { document } = documentOf(request);
      const [members, standing] = await Promise.all([catalogue.listMembers(document.id), standingOf(request)]);
      const owners = members.filter((member) => member.role === 'owner').map(({ user }) => user);
      return reply.send({ ...settledBody(document, standing), owners });
    },
  );

  app.patch(
    '/api/documents/:id',
    {
      schema: {
        summary: 'Change the title, the link access or whose pages may embed it, or take a document out of the trash',
        params: documentIdParamsSchema,
        body: updateDocumentSchema,
        response: { 200: documentSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { title, linkAccess, trashed, embedOrigins: given } = request.body;
      const { document: found } = documentOf(request);
      const { id } = found;
      const restores = found.trashedAt !== undefined;
      const standing = await standingOf(request);
      const embedOrigins = given && embedOriginsFrom(given, config.access.embedOrigins);
      if (title === undefined && linkAccess === undefined && embedOrigins === undefined && !restores) {
        return reply.send(settledBody(found, standing));
      }
      const fields = { title, linkAccess, trashed, embedOrigins };
      const document = await catalogue.updateDocument(id, fields, clock.now());
      if (document === undefined) throw noSuchDocument();
      documents.metaChanged(document);
      if (linkAccess !== undefined || embedOrigins !== undefined) await documents.accessChanged(id);
      return reply.send(settledBody(document, standing));
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

  app.delete(
    '/api/bin/:id',
    {
      schema: {
        summary: 'Delete a document in the trash for good',
        params: documentIdParamsSchema,
        response: { 204: z.undefined(), default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { id } = documentOf(request).document;
      if (!(await catalogue.deleteDocument(id, authorityOf(requesterOf(request))))) throw noSuchDocument();
      return reply.code(204).send();
    },
  );

  /** A document with the settings that its owners alone see. */
  function settledBody(document: DocumentRecord, standing: Standing): DocumentBody {
    const { embedOrigins } = document;
    const settings = standing.role === 'owner' && { embedOrigins: embedOrigins && [...embedOrigins] };
    return { ...documentBody(document, standing, documents), ...settings };
  }

  /** What the document of the path is to the caller. */
  async function standingOf(request: FastifyRequest): Promise<Standing> {
    const { document, role } = documentOf(request);
    const requester = requesterOf(request);
    return { role, isWatched: requester !== undefined && (await catalogue.isWatched(document.id, requester.id)) };
  }
}
