import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  committedSchema,
  contentQuerySchema,
  documentIdParamsSchema,
  errorBodySchema,
} from '../../shared/protocol/http.ts';
import type { VersionName } from '../../shared/sync/change.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { authorOf } from '../plugins/authentication.ts';
import { documentOf } from '../plugins/route-permissions.ts';
import { noSuchDocument, RefusalError } from '../base/refusal.ts';
import { mustBeUtf8 } from '../base/utf8.ts';
import type { HistoryRate } from './history-rate.ts';
import { importText } from './plain-text.ts';
import { SharedTexts } from './shared-texts.ts';
import type { SubmissionRate } from './submission-rate.ts';
import { allowsVersion, namesVersion, tagOf } from './version-tag.ts';

const PLAIN_TEXT = 'text/plain';
/** Bytes that UTF-8 needs for one UTF-16 unit at most. */
const UTF8_BYTES_PER_UNIT = 3;

/** The whole text of a document: reading any version of it, and replacing the newest. Wants a scope of its own for its bodies. */
export function contentRoutes(
  app: App,
  { config, secret, documents, rooms }: AppDeps,
  rate: SubmissionRate,
  history: HistoryRate,
): void {
  const shared = new SharedTexts(rooms.slices);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(PLAIN_TEXT, { parseAs: 'buffer' }, async (request: FastifyRequest, bytes: Buffer) => {
    mustBeUtf8(bytes, request.headers['content-type']);
    // A BOM is kept.
    return bytes.toString();
  });

  app.get(
    '/api/documents/:id/content',
    {
      schema: {
        summary: 'The text of a document, at a version or now',
        params: documentIdParamsSchema,
        querystring: contentQuerySchema,
        response: {
          200: { content: { [PLAIN_TEXT]: { schema: z.string() } } },
          304: z.undefined().describe('If-None-Match names this version'),
          default: errorBodySchema,
        },
      },
    },
    async (request, reply) => {
      const { document } = documentOf(request);
      if (request.query.version !== undefined) history.take(request);
      const snapshot = await documents.content(document.id, request.query.version);
      if (snapshot === undefined) throw new RefusalError('not_found', 'The document never had that version');
      reply.headers({ ...versionHeaders(snapshot), 'Cache-Control': 'private, no-cache' });
      if (namesVersion(request.headers['if-none-match'], snapshot)) return reply.code(304).send();
      // The schema speaks of texts; bytes of one go out as they are.
      const bytes = await shared.bytesOf(document.id, snapshot);
      return reply.type(`${PLAIN_TEXT}; charset=utf-8`).send(bytes as never);
    },
  );

  app.put(
    '/api/documents/:id/content',
    {
      bodyLimit: config.limits.documentLength * UTF8_BYTES_PER_UNIT + 65_536,
      config: { tooLarge: 'document_too_large' },
      schema: {
        summary: 'Replace the whole text; the difference becomes one change',
        params: documentIdParamsSchema,
        consumes: [PLAIN_TEXT],
        body: z.string(),
        response: { 200: committedSchema, default: errorBodySchema },
      },
    },
    async (request, reply) => {
      const { document } = documentOf(request);
      const content = await importText(request.body, rooms.slices);
      const ifVersion = await demandedVersion(document.id, request.headers['if-match']);
      rate.take(request, Buffer.byteLength(content));
      const requester = authorOf(request, reply, secret);
      const committed = await documents.replaceContent(document.id, { requester, content, ifVersion });
      return reply.headers(versionHeaders(committed)).send(committed);
    },
  );

  /** The newest version, where If-Match allows it; undefined where none is demanded. Throws RefusalError `version_conflict`. */
  async function demandedVersion(documentId: string, header: string | undefined): Promise<VersionName | undefined> {
    // Any version will do; naming the newest here would refuse the text when somebody commits just now.
    if (header === undefined || header.trim() === '*') return undefined;
    const newest = await documents.content(documentId);
    if (newest === undefined) throw noSuchDocument();
    if (allowsVersion(header, newest)) return { version: newest.version, timestamp: newest.timestamp };
    throw new RefusalError('version_conflict', `The document is at version ${newest.version}`);
  }
}

function versionHeaders(name: VersionName) {
  return { 'Weft-Version': name.version, 'Weft-Timestamp': name.timestamp, ETag: tagOf(name) };
}
