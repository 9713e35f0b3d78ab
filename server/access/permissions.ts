import type { ClientMessage } from '../../shared/protocol/messages.ts';
import { mayEdit, ROLES, type Role } from '../../shared/protocol/roles.ts';

/**
 * What each role may do: one row for every HTTP route and every message of the socket. The checks are made from these rows, and
 * so are the tests that try every row with every kind of visitor. A route or a message without a row does not start.
 */

/** Who may. `anybody` is everybody who gets as far as asking, also without a role on a document. */
export type Allowed = 'anybody' | readonly Role[];

export interface Permission {
  readonly roles: Allowed;
  /** What it does, in words that follow "may" and "Your role does not allow to". */
  readonly to: string;
}

export interface RoutePermission extends Permission {
  /** Fields of the body that ask for more than the route itself. */
  readonly fields?: Readonly<Record<string, Permission & { readonly roles: readonly Role[] }>>;
  /** Everybody who sees the document may do it to themselves, as `:userId`. */
  readonly orOneself?: true;
  /** Owners may do it to a document in the trash, where this field says so. */
  readonly inTrash?: string;
  /** The body may name its author by `clientId` where the head names nobody. */
  readonly namesAuthor?: true;
  /** Not for tokens that name documents, because it concerns other documents than those. */
  readonly notByGrant?: true;
}

const SEEING: readonly Role[] = ROLES;
const EDITING: readonly Role[] = ROLES.filter(mayEdit);
const OWNING: readonly Role[] = ['owner'];

/** By method and address as they are registered; HEAD is allowed where GET is. */
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
    },
    inTrash: 'trashed',
  },
  'DELETE /api/documents/:id': { roles: OWNING, to: 'put the document into the trash' },
  'GET /api/documents/:id/content': { roles: SEEING, to: 'read the text' },
  'PUT /api/documents/:id/content': { roles: EDITING, to: 'replace the text' },
  'POST /api/documents/:id/operations': { roles: EDITING, to: 'change the text', namesAuthor: true },
  'GET /api/documents/:id/changes': { roles: SEEING, to: 'read the history' },
  'GET /api/documents/:id/access': { roles: OWNING, to: 'see who has access' },
  'PUT /api/documents/:id/members/:userId': { roles: OWNING, to: 'give somebody a role' },
  'DELETE /api/documents/:id/members/:userId': { roles: OWNING, to: 'remove members', orOneself: true },
  'POST /api/documents/:id/links': { roles: OWNING, to: 'make share links' },
  'DELETE /api/documents/:id/links/:linkId': { roles: OWNING, to: 'revoke share links' },
  'POST /api/documents/:id/links/redeem': { roles: 'anybody', to: 'come by a share link', notByGrant: true },
  'GET /live/:documentId': { roles: 'anybody', to: 'open a socket' },
  'GET /api/openapi.json': { roles: 'anybody', to: 'read the description of the API' },
  'GET /healthz': { roles: 'anybody', to: 'ask whether the server is alive' },
  'GET /readyz': { roles: 'anybody', to: 'ask whether the server can commit' },
  'GET /metrics': { roles: 'anybody', to: 'read the metrics' },
  'GET /d/:id': { roles: 'anybody', to: 'load the app' },
  'GET /d/:id/': { roles: 'anybody', to: 'load the app' },
  'GET /*': { roles: 'anybody', to: 'load the app' },
};

/** By type. Whoever has no role on the document gets no further than `join`. */
export const MESSAGES: Readonly<Record<ClientMessage['type'], Permission>> = {
  join: { roles: SEEING, to: 'join' },
  submit: { roles: EDITING, to: 'change the text' },
  cursor: { roles: SEEING, to: 'show where they are' },
  presence: { roles: SEEING, to: 'show whether they are there' },
  authenticate: { roles: SEEING, to: 'renew their token' },
  ping: { roles: 'anybody', to: 'ask whether the server is there' },
  leave: { roles: 'anybody', to: 'leave' },
};

/** Whether somebody with that role, or with none, may. */
export function isAllowed({ roles }: Permission, role: Role | undefined): boolean {
  return roles === 'anybody' || (role !== undefined && roles.includes(role));
}
