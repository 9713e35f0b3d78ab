import type { ClientMessage } from '../../shared/protocol/messages.ts';
import { mayEdit, ROLES, type Role } from '../../shared/protocol/roles.ts';

/**
 * The list of all HTTP routes and socket messages, and what each role may do with them. Rights are checked by these rows, and the tests
 * try every row with every kind of visitor. The server does not start with a route that has no row.
 *
 * A new route needs: its handler in `server/routes/`, its row in `ROUTES`, its row in section 5 of docs/protocol.md, for a new right also
 * one in the table of docs/access.md, and its attempt in `server/acceptance/permissions.test.ts`. A test fails for each that is missing.
 */

/** Who may. `anybody` includes visitors without a role on the document. */
export type Allowed = 'anybody' | readonly Role[];

export interface Permission {
  readonly roles: Allowed;
  /** What it does, in words that follow "may" and "Your role does not allow to". The table of docs/access.md uses the same words. */
  readonly to: string;
}

export interface RoutePermission extends Permission {
  /** Fields of the body that need more than the route itself. */
  readonly fields?: Readonly<Record<string, Permission & { readonly roles: readonly Role[] }>>;
  /** Whoever sees the document may do it to themselves, as `:userId`. */
  readonly orOneself?: true;
  /** The field of the body with which owners may do it to a document in the trash; `true`: they always may. */
  readonly inTrash?: string | true;
  /** Without a credential the body may name its author by `clientId`. */
  readonly namesAuthor?: true;
  /** Not for tokens that name documents, because it concerns other documents than those, or cannot be undone. */
  readonly notByGrant?: true;
  /** No part of the API that OpenAPI and section 5 of docs/protocol.md describe: the socket, pages, the description itself. */
  readonly hidden?: true;
}

const SEEING: readonly Role[] = ROLES;
const EDITING: readonly Role[] = ROLES.filter(mayEdit);
const OWNING: readonly Role[] = ['owner'];

/** Every route, by method and path as it is registered. HEAD is allowed where GET is. */
export const ROUTES: Readonly<Record<string, RoutePermission>> = {
  'POST /api/session': { roles: 'anybody', to: 'become a guest, or change name and colour' },
  'GET /api/session': { roles: 'anybody', to: 'ask who they are' },
  'DELETE /api/session': { roles: 'anybody', to: 'sign out' },
  'POST /api/documents': { roles: 'anybody', to: 'make a document', notByGrant: true },
  'GET /api/documents': { roles: 'anybody', to: 'list their documents' },
  'GET /api/documents/:id': { roles: SEEING, to: 'see the document' },
  'PATCH /api/documents/:id': {
    roles: SEEING,
    to: 'see the document',
    fields: {
      title: { roles: EDITING, to: 'rename the document' },
      linkAccess: { roles: OWNING, to: 'change the link access' },
      embedOrigins: { roles: OWNING, to: 'say whose pages may embed it' },
    },
    inTrash: 'trashed',
  },
  'DELETE /api/documents/:id': { roles: OWNING, to: 'put the document into the trash' },
  'DELETE /api/bin/:id': { roles: OWNING, to: 'delete the document for good', inTrash: true, notByGrant: true },
  'POST /api/documents/:id/copy': { roles: SEEING, to: 'copy the document', notByGrant: true },
  'PUT /api/documents/:id/watch': { roles: SEEING, to: 'watch the document' },
  'DELETE /api/documents/:id/watch': { roles: SEEING, to: 'watch the document' },
  'GET /api/documents/:id/content': { roles: SEEING, to: 'read the text' },
  'PUT /api/documents/:id/content': { roles: EDITING, to: 'replace the text' },
  'POST /api/documents/:id/operations': { roles: EDITING, to: 'change the text', namesAuthor: true },
  'GET /api/documents/:id/changes': { roles: SEEING, to: 'read the history' },
  'GET /api/documents/:id/access': { roles: OWNING, to: 'see who has access' },
  'GET /api/documents/:id/embedding': { roles: OWNING, to: 'see whose pages may embed it' },
  'GET /api/documents/:id/people': { roles: OWNING, to: 'see who was here' },
  'PUT /api/documents/:id/members/:userId': { roles: OWNING, to: 'give somebody a role' },
  'DELETE /api/documents/:id/members/:userId': { roles: OWNING, to: 'remove members', orOneself: true },
  'POST /api/documents/:id/links': { roles: OWNING, to: 'make share links' },
  'DELETE /api/documents/:id/links/:linkId': { roles: OWNING, to: 'revoke share links' },
  'POST /api/documents/:id/links/redeem': { roles: 'anybody', to: 'come by a share link', notByGrant: true },
  'GET /api/oembed': { roles: 'anybody', to: 'ask how to show a document that is open by its link' },
  'OPTIONS *': { roles: 'anybody', to: 'ask what pages of other origins may send', hidden: true },
  'GET /live/:documentId': { roles: 'anybody', to: 'open a socket', hidden: true },
  'GET /api/openapi.json': { roles: 'anybody', to: 'read the description of the API', hidden: true },
  'GET /healthz': { roles: 'anybody', to: 'ask whether the server is alive' },
  'GET /readyz': { roles: 'anybody', to: 'ask whether the server can commit' },
  'GET /metrics': { roles: 'anybody', to: 'read the metrics' },
  'GET /': { roles: 'anybody', to: 'load the app', hidden: true },
  'GET /d/:id': { roles: 'anybody', to: 'load the app', hidden: true },
  'GET /d/:id/': { roles: 'anybody', to: 'load the app', hidden: true },
  'GET /embed/:id': { roles: 'anybody', to: 'load what embeds documents', hidden: true },
  'GET /embed/:id/': { roles: 'anybody', to: 'load what embeds documents', hidden: true },
  'GET /embed.js': { roles: 'anybody', to: 'load what embeds documents', hidden: true },
  'GET /embed-assets/*': { roles: 'anybody', to: 'load what embeds documents', hidden: true },
  'GET /*': { roles: 'anybody', to: 'load the app', hidden: true },
};

/** Every message of clients, by type. Without a role on the document one gets no further than `join`. */
export const MESSAGES: Readonly<Record<ClientMessage['type'], Permission>> = {
  join: { roles: SEEING, to: 'join' },
  submit: { roles: EDITING, to: 'change the text' },
  cursor: { roles: SEEING, to: 'show where they are' },
  presence: { roles: SEEING, to: 'show whether they are there' },
  authenticate: { roles: SEEING, to: 'renew their token' },
  ping: { roles: 'anybody', to: 'ask whether the server is there' },
  leave: { roles: 'anybody', to: 'leave' },
};

/** Whether somebody with this role, or with none, may. */
export function isAllowed({ roles }: Permission, role: Role | undefined): boolean {
  return roles === 'anybody' || (role !== undefined && roles.includes(role));
}
