import { afterAll, beforeAll, expect, it } from 'vitest';
import { AppKit } from '../../testing/app-kit.ts';

let kit: AppKit;
/** What the tests read of a described route. */
interface Operation {
  readonly requestBody: { readonly content: Record<string, unknown> };
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Record<string, { readonly content: Record<string, { readonly schema: { required: string[] } }> }>;
}
let description: {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: unknown };
  security: unknown;
};
beforeAll(async () => {
  kit = await AppKit.open();
  description = (await kit.caller().get('/api/openapi.json')).json();
});
afterAll(() => kit.close());

it('H12 is OpenAPI 3.1', () => {
  expect(description.openapi).toBe('3.1.0');
});

it('H12 names the ways to show who one is: none, the cookie, a token', () => {
  expect(description.components.securitySchemes).toEqual({
    session: { type: 'apiKey', in: 'cookie', name: 'weft_session' },
    token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  });
  expect(description.security).toEqual([{}, { session: [] }, { token: [] }]);
});

it('H12 describes every route of section 5, and no other', () => {
  const described = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(
    [
      'POST /api/session',
      'GET /api/session',
      'DELETE /api/session',
      'POST /api/documents',
      'GET /api/documents',
      'GET /api/documents/{id}',
      'PATCH /api/documents/{id}',
      'DELETE /api/documents/{id}',
      'GET /api/documents/{id}/content',
      'PUT /api/documents/{id}/content',
      'POST /api/documents/{id}/operations',
      'GET /api/documents/{id}/changes',
      'GET /api/documents/{id}/access',
      'PUT /api/documents/{id}/members/{userId}',
      'DELETE /api/documents/{id}/members/{userId}',
      'POST /api/documents/{id}/links',
      'DELETE /api/documents/{id}/links/{linkId}',
      'POST /api/documents/{id}/links/redeem',
      'GET /healthz',
      'GET /readyz',
      'GET /metrics',
    ].sort(),
  );
});

it('H12 takes bodies, parameters and answers from the schemas that validate them', () => {
  const create = description.paths['/api/documents']!['post']!;
  expect(JSON.stringify(create.requestBody)).toContain('"linkAccess"');
  expect(Object.keys(create.responses)).toEqual(['201', 'default']);
  expect(create.responses['201']!.content['application/json']!.schema.required).toContain('presentCount');
  expect(JSON.stringify(create.responses['default'])).toContain('version_conflict');
  const content = description.paths['/api/documents/{id}/content']!;
  expect(Object.keys(content['put']!.requestBody.content)).toEqual(['text/plain']);
  expect(Object.keys(content['get']!.responses['200']!.content)).toEqual(['text/plain']);
  const parameters = content['get']!.parameters.map(({ name, in: place }) => [place, name]);
  expect(parameters).toEqual(
    expect.arrayContaining([
      ['query', 'version'],
      ['path', 'id'],
    ]),
  );
});
