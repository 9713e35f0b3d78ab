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
import { importText, SharedTexts } from './long-texts.ts';
import type { RequestRates } from './request-rates.ts';

const PLAIN_TEXT = 'text/plain';
/** Most bytes of UTF-8 for one UTF-16 unit. */
const UTF8_BYTES_PER_UNIT = 3;

/** The whole text of a document: reading any version of it, and replacing the newest. Needs a scope of its own, because of its content type parsers. */
export function contentRoutes(
  app: App,
  { config, secret, documents, rooms }: Pick<AppDeps, 'config' | 'secret' | 'documents' | 'rooms'>,
  rates: RequestRates,
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
      if (request.query.version !== undefined) rates.takeHistoryRead(request);
      const snapshot = await documents.content(document.id, request.query.version);
      if (snapshot === undefined) throw new RefusalError('not_found', 'The document never had that version');
      reply.headers({ ...versionHeaders(snapshot), 'Cache-Control': 'private, no-cache' });
      if (namesVersion(request.headers['if-none-match'], snapshot)) return reply.code(304).send();
      // The schema says string; its bytes are sent as they are.
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
      rates.takeSubmission(request, Buffer.byteLength(content));
      const requester = authorOf(request, reply, secret);
      const committed = await documents.replaceContent(document.id, { requester, content, ifVersion });
      return reply.headers(versionHeaders(committed)).send(committed);
    },
  );

  /** The newest version, if If-Match allows it; undefined without a precondition. Throws RefusalError `version_conflict`. */
  async function demandedVersion(documentId: string, header: string | undefined): Promise<VersionName | undefined> {
    // `*` matches every version. Naming the newest here would fail if somebody commits just now.
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

/** The ETag of a version. */
function tagOf({ version, timestamp }: VersionName): string {
  return `"${version}-${timestamp}"`;
}

/** Whether If-None-Match names the version, or any. */
function namesVersion(header: string | undefined, name: VersionName): boolean {
  return header !== undefined && tagsOf(header).some((tag) => tag === '*' || tag.replace(/^W\//, '') === tagOf(name));
}

/** Whether If-Match names the version, or any. Weak tags never match. */
function allowsVersion(header: string, name: VersionName): boolean {
  return tagsOf(header).some((tag) => tag === '*' || tag === tagOf(name));
}

function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
