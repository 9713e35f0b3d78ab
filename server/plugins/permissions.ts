import type { FastifyRequest } from 'fastify';
import { roleOf } from '../access.ts';
import { guestFromClientId } from '../identity.ts';
import type { App, Parts } from '../parts.ts';
import { isAllowed, ROUTES, type RoutePermission } from '../permissions.ts';
import type { DocumentRecord } from '../rooms/document-catalogue.ts';
import { noSuchDocument, RefusalError } from '../rooms/refusal.ts';
import type { Role } from '../../shared/protocol/messages.ts';
import { NO_STANDING } from '../rooms/standing.ts';
import type { Viewer } from '../viewer.ts';

/** A document in the address of a request, which the caller may see. */
export interface VisibleDocument {
  readonly document: DocumentRecord;
  /** The caller's. */
  readonly role: Role;
}

declare module 'fastify' {
  interface FastifyRequest {
    visibleDocument: VisibleDocument | undefined;
  }
}

/** Refuses to register a route that has no row in `permissions.ts`. Comes before all routes. */
export function permissionForEveryRoute(app: App): void {
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      const key = keyOf(one, url);
      if (ROUTES[key] === undefined) throw new Error(`server/permissions.ts has no row for ${key}`);
    }
  });
}

/**
 * Lets a request pass where its row allows it. What the caller may not see is `not_found`, what they see but may not do
 * `forbidden`; nothing has been read or written for it by then but who they are.
 */
export function checkPermissions(app: App, parts: Pick<Parts, 'catalogue' | 'clock' | 'secret'>): void {
  app.decorateRequest('visibleDocument', undefined);
  app.addHook('preHandler', async (request) => {
    const row = ROUTES[keyOf(request.method, request.routeOptions.url ?? '')];
    // Addresses that lead nowhere are answered by the handler for that.
    if (row === undefined) return;
    const viewer = viewerFor(request, parts.secret);
    if (row.notByGrant === true && viewer?.token?.grants !== undefined) throw notAllowed(row.to);
    if (row.roles === 'anybody') return;
    const { id } = request.params as { id: string };
    const visible = await see(parts, id, viewer, isAskedOfTrash(row, request));
    if (!isAllowed(row, visible.role) && !isOneself(row, request, viewer)) throw notAllowed(row.to);
    for (const [field, permission] of Object.entries(row.fields ?? {})) {
      const isGiven = (request.body as Readonly<Record<string, unknown>>)[field] !== undefined;
      if (isGiven && !isAllowed(permission, visible.role)) throw notAllowed(permission.to);
    }
    request.visibleDocument = visible;
  });
}

/** The document of the address, on a route whose row asks for a role. */
export function documentOf(request: FastifyRequest): VisibleDocument {
  if (request.visibleDocument === undefined) throw new Error(`${request.routeOptions.url} asks for no role`);
  return request.visibleDocument;
}

/** A document with a viewer's role; one in the trash only for its owners, and where `inTrash`. Throws RefusalError `not_found`. */
export async function see(
  { catalogue, clock }: Pick<Parts, 'catalogue' | 'clock'>,
  documentId: string,
  viewer: Viewer | undefined,
  inTrash = false,
): Promise<VisibleDocument> {
  const [document, standings] = await Promise.all([
    catalogue.findDocument(documentId),
    viewer && catalogue.standings(documentId, [viewer.id]),
  ]);
  const standing = (viewer && standings?.get(viewer.id)) ?? NO_STANDING;
  if (document !== undefined) {
    const isTrashed = document.trashedAt !== undefined;
    const { id, linkAccess, trashedAt } = document;
    const known = isTrashed && inTrash ? { id, linkAccess } : { id, linkAccess, trashedAt };
    const role = roleOf(known, viewer, standing, clock.now())?.role;
    if (role !== undefined && (!isTrashed || role === 'owner')) return { document, role };
  }
  throw noSuchDocument();
}

function keyOf(method: string, url: string): string {
  return `${method === 'HEAD' ? 'GET' : method} ${url}`;
}

/** Whoever asks, or the guest of the clientId that a submission without a cookie names. */
function viewerFor({ viewer, body }: FastifyRequest, secret: string): Viewer | undefined {
  if (viewer !== undefined || typeof body !== 'object' || body === null) return viewer;
  return 'clientId' in body && typeof body.clientId === 'string' ? guestFromClientId(secret, body.clientId) : undefined;
}

function isAskedOfTrash({ inTrash }: RoutePermission, { body }: FastifyRequest): boolean {
  return inTrash !== undefined && typeof body === 'object' && body !== null && inTrash in body;
}

/** A token that names documents says what its user may do there, and nothing of what the account has. */
function isOneself({ orOneself }: RoutePermission, { params }: FastifyRequest, viewer: Viewer | undefined): boolean {
  const { userId } = params as { userId?: string };
  return orOneself === true && viewer !== undefined && viewer.id === userId && viewer.token?.grants === undefined;
}

function notAllowed(to: string): RefusalError {
  return new RefusalError('forbidden', `Your role does not allow to ${to}`);
}
