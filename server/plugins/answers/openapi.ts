import swagger from '@fastify/swagger';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { SESSION_COOKIE } from '../../access/identity.ts';
import type { App, AppDeps } from '../app-deps.ts';

/** Validates requests and answers by their zod schemas, and describes the same schemas at `/api/openapi.json`. */
export async function openApi(app: App, { config, version }: Pick<AppDeps, 'config' | 'version'>): Promise<void> {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Weft',
        version,
        description: 'Collaborative plain text. Live editing has a WebSocket of its own: see docs/protocol.md.',
      },
      servers: [{ url: config.basePath || '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        },
      },
      security: [{}, { session: [] }, { token: [] }],
    },
    transform: jsonSchemaTransform,
  });
  // It tells everybody the same, so pages of every origin may read it.
  app.get('/api/openapi.json', (_request, reply) =>
    reply.header('Access-Control-Allow-Origin', '*').send(app.swagger()),
  );
}
