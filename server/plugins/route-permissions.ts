import type { FastifyRequest } from 'fastify';
import { roleOf } from '../access/roles.ts';
import { guestFromClientId, type Requester } from '../access/identity.ts';
import type { App, AppDeps } from './app-deps.ts';
import { isAllowed, ROUTES, type RoutePermission } from '../access/permissions.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';
import { requireEmbedding } from './foreign-origin.ts';
import { noSuchDocument, RefusalError, TrashedError } from '../base/refusal.ts';
import type { Role } from '../../shared/protocol/roles.ts';
import { NO_ACCESS } from '../stores/access-catalogue.ts';

/** The document in the path of a request, which the caller may see. */
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

/** Refuses to register a route that has no row in `ROUTES`, and hides from OpenAPI what the row says is hidden. Comes before all routes. */
export function onlyListedRoutes(app: App): void {
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      const key = keyOf(method, route.url);
      const row = ROUTES[key];
      if (row === undefined) throw new Error(`server/access/permissions.ts has no row for ${key}`);
      if (row.hidden === true) route.schema = { ...route.schema, hide: true };
    }
  });
}

/**
 * Lets a request pass if its row allows it. What the caller may not see is `not_found`; what they see but may not do is
 * `forbidden`. Until then only their access is read, and nothing is written. A request with a body is judged by its head before any
 * of the body is read, and again once the body is here: that may have taken long, and the body may say who asks, and for what.
 */
export function checkPermissions(app: App, deps: Pick<AppDeps, 'catalogue' | 'clock' | 'secret'>): void {
  app.decorateRequest('visibleDocument', undefined);
  app.addHook('preParsing', async (request) => {
    const row = rowOf(request);
    if (row === undefined || !hasBody(request)) return;
    const { requester } = request;
    // The body may name the author, so any existing document may be theirs.
    if (row.namesAuthor === true && requester === undefined) await mustExist(deps, request);
    else await judge(deps, request, { row, requester, mayBeInTrash: row.inTrash !== undefined });
  });
  app.addHook('preHandler', async (request) => {
    const row = rowOf(request);
    // The not-found handler answers unknown paths.
    if (row === undefined) return;
    const requester = row.namesAuthor === true ? requesterFor(request, deps.secret) : request.requester;
    const visible = await judge(deps, request, { row, requester, mayBeInTrash: isAskedOfTrash(row, request) });
    if (visible === undefined) return;
    for (const [field, permission] of Object.entries(row.fields ?? {})) {
      const isGiven = (request.body as Readonly<Record<string, unknown>>)[field] !== undefined;
      if (isGiven && !isAllowed(permission, visible.role)) throw notAllowed(permission.to);
    }
    request.visibleDocument = visible;
  });
}

/** What a request is judged by. */
interface Judgement {
  readonly row: RoutePermission;
  readonly requester: Requester | undefined;
  readonly mayBeInTrash: boolean;
}

/** The document of the request if the row requires a role on it. Throws RefusalError if the caller may not. */
async function judge(
  deps: Pick<AppDeps, 'catalogue' | 'clock'>,
  request: FastifyRequest,
  { row, requester, mayBeInTrash }: Judgement,
): Promise<VisibleDocument | undefined> {
  if (row.notByGrant === true && requester?.token?.grants !== undefined) throw notAllowed(row.to);
  if (row.roles === 'anybody') return undefined;
  const visible = await requireVisibleDocument(deps, idIn(request), requester, mayBeInTrash);
  requireEmbedding(visible.document, request);
  if (!isAllowed(row, visible.role) && !isOneself(row, request, requester)) throw notAllowed(row.to);
  return visible;
}

async function mustExist({ catalogue }: Pick<AppDeps, 'catalogue'>, request: FastifyRequest): Promise<void> {
  const document = await catalogue.findDocument(idIn(request));
  if (document === undefined || document.trashedAt !== undefined) throw noSuchDocument();
}

/** The document of the path, on a route whose row requires a role. */
export function documentOf(request: FastifyRequest): VisibleDocument {
  if (request.visibleDocument === undefined) throw new Error(`${request.routeOptions.url} asks for no role`);
  return request.visibleDocument;
}

/**
 * A document and the requester's role on it. One in the trash exists only for its owners, and only if it `mayBeInTrash`; else they, and
 * nobody else, hear that it is there. Throws RefusalError `not_found`, TrashedError.
 */
export async function requireVisibleDocument(
  { catalogue, clock }: Pick<AppDeps, 'catalogue' | 'clock'>,
  documentId: string,
  requester: Requester | undefined,
  mayBeInTrash = false,
): Promise<VisibleDocument> {
  const [document, known] = await Promise.all([
    catalogue.findDocument(documentId),
    requester && catalogue.userAccess(documentId, [requester.id]),
  ]);
  const userAccess = (requester && known?.get(requester.id)) ?? NO_ACCESS;
  if (document !== undefined) {
    const isTrashed = document.trashedAt !== undefined;
    const { id, linkAccess } = document;
    const role = roleOf({ id, linkAccess }, requester, userAccess, clock.now())?.role;
    if (isTrashed && !mayBeInTrash && role === 'owner') throw new TrashedError();
    if (role !== undefined && (!isTrashed || role === 'owner')) return { document, role };
  }
  throw noSuchDocument();
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function rowOf({ method, routeOptions }: FastifyRequest): RoutePermission | undefined {
  return ROUTES[keyOf(method, routeOptions.url ?? '')];
}

function idIn({ params }: FastifyRequest): string {
  return (params as { readonly id: string }).id;
}

function keyOf(method: string, url: string): string {
  return `${method === 'HEAD' ? 'GET' : method} ${url}`;
}

/** The requester, or the guest of the clientId in a submission without a credential. */
function requesterFor({ requester, body }: FastifyRequest, secret: string): Requester | undefined {
  if (requester !== undefined || typeof body !== 'object' || body === null) return requester;
  return 'clientId' in body && typeof body.clientId === 'string' ? guestFromClientId(secret, body.clientId) : undefined;
}

function isAskedOfTrash({ inTrash }: RoutePermission, { body }: FastifyRequest): boolean {
  if (inTrash === true || inTrash === undefined) return inTrash === true;
  return typeof body === 'object' && body !== null && inTrash in body;
}

/** Whether the caller does this to themselves. Not with a token that names documents: it does not act for the account. */
function isOneself(
  { orOneself }: RoutePermission,
  { params }: FastifyRequest,
  requester: Requester | undefined,
): boolean {
  const { userId } = params as { userId?: string };
  return (
    orOneself === true && requester !== undefined && requester.id === userId && requester.token?.grants === undefined
  );
}

function notAllowed(to: string): RefusalError {
  return new RefusalError('forbidden', `Your role does not allow to ${to}`);
}
