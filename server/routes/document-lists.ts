import {
  documentListSchema,
  errorBodySchema,
  listDocumentsQuerySchema,
  type ListedDocumentBody,
} from '../../shared/protocol/http.ts';
import type { Role } from '../../shared/protocol/roles.ts';
import type { TokenClaims } from '../access/identity.ts';
import { roleOf } from '../access/roles.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { requesterOf } from '../plugins/authentication.ts';
import type { Shown } from '../stores/document-lists.ts';
import { wordsOf } from '../stores/search-words.ts';
import { listedDocumentBody } from './document-body.ts';
import type { RequestRates } from './request-rates.ts';

/** The caller's lists of documents, and the search in them. */
export function documentListRoutes(
  app: App,
  { catalogue, documents, clock }: Pick<AppDeps, 'catalogue' | 'documents' | 'clock'>,
  rates: RequestRates,
): void {
  app.get(
    '/api/documents',
    {
      schema: {
        summary: 'My documents, those I can open, or those in my trash',
        querystring: listDocumentsQuerySchema,
        response: { 200: documentListSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { limit, cursor, sort, q, trash, show } = request.query;
      const requester = requesterOf(request);
      if (requester === undefined) return reply.send({ documents: [] });
      if (q !== undefined) rates.takeSearch(request);
      const isTrash = trash === 'true' || trash === '1';
      const asked: Shown = show ?? (isTrash ? 'bin' : 'member');
      const now = clock.now();
      const words = q === undefined ? undefined : wordsOf(q);
      const taken = takenFrom(asked, requester.token?.grants);
      const page = await catalogue.listDocuments(requester.id, { ...taken, sort, limit, cursor, words, now });
      const bodies: ListedDocumentBody[] = [];
      for (const listed of page.documents) {
        const { document, access } = listed;
        // The bin holds what they own alone; of what is in the trash nobody has a role.
        const role = asked === 'bin' ? 'owner' : roleOf(document, requester, access, now)?.role;
        if (role !== undefined) bodies.push(listedDocumentBody(listed, role, documents));
      }
      return reply.send({ documents: bodies, next: page.next });
    },
  );
}

/** What a list is taken from. A token that names documents has these alone, in its roles, and none in the trash. */
function takenFrom(
  asked: Shown,
  grants: TokenClaims['grants'] | undefined,
): { readonly show: Shown; readonly only?: readonly string[] } {
  if (grants === undefined) return { show: asked };
  const isShown = (role: Role): boolean => {
    if (asked === 'mine' || asked === 'shared') return (role === 'owner') === (asked === 'mine');
    return asked !== 'bin';
  };
  const only = [...grants].filter(([, role]) => isShown(role)).map(([id]) => id);
  return { show: asked === 'watched' ? 'watched' : 'all', only };
}
