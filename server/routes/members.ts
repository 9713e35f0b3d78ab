import { z } from 'zod';
import {
  accessSchema,
  documentIdParamsSchema,
  errorBodySchema,
  memberParamsSchema,
  memberSchema,
  setMemberSchema,
} from '../../shared/protocol/http.ts';
import { colorOf } from '../access/identity.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { requesterOf } from '../plugins/authentication.ts';
import { documentOf } from '../plugins/route-permissions.ts';
import type { ShareLinks } from '../sharing/share-links.ts';
import { accessRefusal, authorityOf } from './access-refusal.ts';

/** Members of a document, and all of its access as the owners see it. */
export function memberRoutes(
  app: App,
  deps: Pick<AppDeps, 'config' | 'catalogue' | 'documents' | 'clock'>,
  shareLinks: ShareLinks,
): void {
  const { config, catalogue, documents, clock } = deps;

  app.get(
    '/api/documents/:id/access',
    {
      schema: {
        summary: 'Who may do what: link access, members and share links',
        params: documentIdParamsSchema,
        response: { 200: accessSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { id, linkAccess } = documentOf(request).document;
      const [members, links] = await Promise.all([catalogue.listMembers(id), catalogue.listLinks(id)]);
      const bodies = links.map((link) => shareLinks.body(id, link));
      return reply.send({ linkAccess, members: [...members], links: bodies });
    },
  );

  app.put(
    '/api/documents/:id/members/:userId',
    {
      schema: {
        summary: 'Give somebody a role by name',
        params: memberParamsSchema,
        body: setMemberSchema,
        response: { 200: memberSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { id, userId } = request.params;
      // A user whom the server has never seen is called by their id until they come.
      const user = { id: userId, name: userId, color: colorOf(userId) };
      const member = { user, role: request.body.role, addedAt: clock.now() };
      const options = { limit: config.access.members, ...authorityOf(requesterOf(request)) };
      const outcome = await catalogue.setMember(id, member, options);
      if (typeof outcome === 'string') throw accessRefusal(outcome, 'member');
      await documents.accessChanged(id, userId);
      return reply.send(outcome);
    },
  );

  app.delete(
    '/api/documents/:id/members/:userId',
    {
      schema: {
        summary: 'Take away what somebody has by name and by links, or leave',
        params: memberParamsSchema,
        response: { 204: z.undefined(), default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { id, userId } = request.params;
      const requester = requesterOf(request);
      const leaves = userId === requester?.id && requester.token?.grants === undefined;
      const outcome = leaves
        ? await catalogue.leave(id, userId)
        : await catalogue.removeMember(id, userId, authorityOf(requester));
      if (outcome !== 'removed') throw accessRefusal(outcome, 'member');
      await documents.accessChanged(id, userId);
      return reply.code(204).send();
    },
  );
}
