import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPage } from '../../../docs/rule-quotes.ts';
import { ROUTES } from '../../access/permissions.ts';
import { AppKit } from '../../testing/app-kit.ts';

let kit: AppKit;
/** What the tests read of a described route. */
interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
}
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
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

const missing = (wanted: readonly string[], there: readonly string[]): string[] =>
  wanted.filter((each) => !there.includes(each));

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
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/{(\w+)}/g, ':$1')}`),
  );
  const listed = Object.keys(ROUTES).filter((route) => ROUTES[route]!.hidden !== true);
  expect(missing(listed, described), 'routes of server/access/permissions.ts that OpenAPI does not describe').toEqual(
    [],
  );
  expect(missing(described, listed), 'routes that OpenAPI describes although they are hidden or not listed').toEqual(
    [],
  );
});

it('H12 has the fields and parameters that section 5 shows, and no other', () => {
  const [, section] = readPage('docs/protocol.md').split('\n## 5. HTTP\n');
  const rows = section!.split('\n## ')[0]!.matchAll(/^\| `([A-Z]+) (\/[^`]+)`(?: `([^`]+)`)?/gm);
  const shown = [...rows].map(([, method, path, fields = '']) => [`${method} ${path}`, fields.match(/[\w?]+/g) ?? []]);
  const names = (kind: string): string[] => {
    const [method, path] = kind.split(' ');
    const operation = description.paths[path!.replaceAll(/:(\w+)/g, '{$1}')]?.[method!.toLowerCase()];
    const query = (operation?.parameters ?? []).filter((parameter) => parameter.in === 'query');
    const { schema } = operation?.requestBody?.content['application/json'] ?? {};
    const { properties = {}, required = [] } = schema?.anyOf?.[0] ?? schema ?? {};
    const fields = Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
    // The page writes `?a&b` for a query, and `{a, b?}` for a body.
    return query.length > 0 ? [`?${query[0]!.name}`, ...query.slice(1).map(({ name }) => name)] : fields;
  };
  const actual = shown.map(([route]) => [route, names(route as string)]);
  const inOrder = (list: typeof actual) => list.map(([route, fields]) => [route, [...fields!].sort()]);
  expect(inOrder(actual)).toEqual(inOrder(shown as typeof actual));
});

it('H12 takes bodies, parameters and answers from the schemas that validate them', () => {
  const create = description.paths['/api/documents']!['post']!;
  expect(JSON.stringify(create.requestBody)).toContain('"linkAccess"');
  expect(Object.keys(create.responses)).toEqual(['201', 'default']);
  expect(create.responses['201']!.content['application/json']!.schema.required).toContain('presentCount');
  expect(JSON.stringify(create.responses['default'])).toContain('version_conflict');
  const content = description.paths['/api/documents/{id}/content']!;
  expect(Object.keys(content['put']!.requestBody!.content)).toEqual(['text/plain']);
  expect(Object.keys(content['get']!.responses['200']!.content)).toEqual(['text/plain']);
  const parameters = content['get']!.parameters.map(({ name, in: place }) => [place, name]);
  expect(parameters).toEqual(
    expect.arrayContaining([
      ['query', 'version'],
      ['path', 'id'],
    ]),
  );
});
