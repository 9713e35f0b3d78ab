import {
  copyDocumentSchema,
  documentIdParamsSchema,
  documentSchema,
  errorBodySchema,
} from '../../shared/protocol/http.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { documentOf } from '../plugins/route-permissions.ts';
import { noSuchDocument } from '../base/refusal.ts';
import type { DocumentMaker } from './new-document.ts';

/** Copies of documents. */
export function copyRoutes(app: App, { documents }: Pick<AppDeps, 'documents'>, maker: DocumentMaker): void {
  app.post(
    '/api/documents/:id/copy',
    {
      schema: {
        summary: 'Make a document of the caller with the text of this one',
        params: documentIdParamsSchema,
        body: copyDocumentSchema.nullish(),
        response: { 201: documentSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { document } = documentOf(request);
      const { title = document.isNamed ? document.title : undefined, linkAccess = document.linkAccess } =
        request.body ?? {};
      const snapshot = await documents.content(document.id);
      if (snapshot === undefined) throw noSuchDocument();
      return reply.send(await maker.make(request, reply, { title, text: snapshot.text, linkAccess }));
    },
  );
}
