import { z } from 'zod';
import {
  createLinkSchema,
  documentIdParamsSchema,
  errorBodySchema,
  linkParamsSchema,
  redeemedSchema,
  shareLinkSchema,
} from '../../shared/protocol/http.ts';
import { redeemLinkSchema } from '../../shared/protocol/session-messages.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { authorOf, requesterOf } from '../plugins/authentication.ts';
import { requireEmbedding } from '../plugins/foreign-origin.ts';
import { requireVisibleDocument } from '../plugins/route-permissions.ts';
import { RefusalError } from '../base/refusal.ts';
import { newLinkId, type ShareLinks } from '../sharing/share-links.ts';
import { accessRefusal, authorityOf } from './access-refusal.ts';
import { whenGone } from './caller-gone.ts';
import { documentBody } from './document-body.ts';

/** Share links: make, revoke, redeem. */
export function shareLinkRoutes(
  app: App,
  deps: Pick<AppDeps, 'config' | 'secret' | 'catalogue' | 'documents' | 'clock'>,
  shareLinks: ShareLinks,
): void {
  const { config, secret, catalogue, documents, clock } = deps;

  app.post(
    '/api/documents/:id/links',
    {
      schema: {
        summary: 'Make a share link',
        params: documentIdParamsSchema,
        body: createLinkSchema,
        response: { 201: shareLinkSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { role, name, expiresAt, password } = request.body;
      const createdAt = clock.now();
      if (expiresAt !== undefined && expiresAt <= createdAt) {
        throw new RefusalError('bad_message', 'expiresAt lies in the past');
      }
      // Checked first, because a hash is expensive.
      const { length } = await catalogue.listLinks(id);
      if (length >= config.access.links) throw accessRefusal('full', 'share link');
      const asker = { source: request.source, signal: whenGone(reply) };
      const passwordHash = password === undefined ? undefined : await shareLinks.passwords.hash(password, asker);
      const link = { id: newLinkId(), role, name, expiresAt, passwordHash, createdAt };
      const options = { limit: config.access.links, ...authorityOf(requesterOf(request)) };
      const outcome = await catalogue.addLink(id, link, options);
      if (outcome !== 'added') throw accessRefusal(outcome, 'share link');
      return reply.code(201).send(shareLinks.body(id, { ...link, uses: 0 }));
    },
  );

  app.delete(
    '/api/documents/:id/links/:linkId',
    {
      schema: {
        summary: 'Revoke a share link, and what anybody has by it',
        params: linkParamsSchema,
        response: { 204: z.undefined(), default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { id, linkId } = request.params;
      const outcome = await catalogue.removeLink(id, linkId, authorityOf(requesterOf(request)));
      if (outcome !== 'removed') throw accessRefusal(outcome, 'share link');
      await documents.accessChanged(id);
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/documents/:id/links/redeem',
    {
      schema: {
        summary: 'Come by a share link',
        params: documentIdParamsSchema,
        body: redeemLinkSchema,
        response: { 200: redeemedSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const found = await catalogue.findDocument(id);
      if (found !== undefined) requireEmbedding(found, request);
      const requester = authorOf(request, reply, secret);
      await shareLinks.redeem(id, {
        ...request.body,
        ...{ requester, source: request.source, signal: whenGone(reply) },
      });
      const { document, role } = await requireVisibleDocument(deps, id, requester);
      const isWatched = await catalogue.isWatched(id, requester.id);
      return reply.send({ document: documentBody(document, { role, isWatched }, documents) });
    },
  );
}
