import type { EmbedChoices } from './embed-choices.ts';
import { TOKEN_PATH } from './snippets.ts';

/** Backends for which there is a route that answers with a token, by the names that they have. */
export const BACKENDS = ['Express', 'Fastify', 'Next', 'Django', 'Laravel'] as const;
export type Backend = (typeof BACKENDS)[number];

/** What a token is to open, and for what. */
export interface TokenPurpose {
  /** The id of the document. */
  readonly document: string;
  readonly mode: EmbedChoices['mode'];
}

/** Sentences that stand in the code, in the language of the page. */
export interface RouteNotes {
  /** Before the visitor is asked for. */
  readonly signedIn: string;
}

/**
 * A route of the host's backend that answers who the visitor is, as docs/tokens.md tells: a token for an hour, for one document in the
 * one role that is needed, and 401 for whoever is not signed in there.
 */
export function tokenRouteOf(backend: Backend, purpose: TokenPurpose, notes: RouteNotes): string {
  const role = purpose.mode === 'view' ? 'viewer' : 'editor';
  return WRITERS[backend]({ document: purpose.document, role, ...notes });
}

interface Written extends RouteNotes {
  readonly document: string;
  readonly role: 'viewer' | 'editor';
}

/** The call in which the routes of Node are alike; each line is indented. */
function signed({ document, role }: Written, indent: string): string {
  return [
    'const token = await signToken(',
    `  { id: String(id), name, documents: [{ id: '${document}', role: '${role}' }] },`,
    '  process.env.WEFT_JWT_SECRET,',
    ');',
  ]
    .map((line) => `${indent}${line}`)
    .join('\n');
}

const WRITERS: Readonly<Record<Backend, (written: Written) => string>> = {
  Express: (written) => `import { signToken } from 'weftdoc/token';

app.get('${TOKEN_PATH}', async (request, response) => {
  // ${written.signedIn}
  if (!request.user) return response.sendStatus(401);
  const { id, name } = request.user;
${signed(written, '  ')}
  response.set('Cache-Control', 'no-store').type('text/plain').send(token);
});`,

  Fastify: (written) => `import { signToken } from 'weftdoc/token';

app.get('${TOKEN_PATH}', async (request, reply) => {
  // ${written.signedIn}
  if (!request.user) return reply.code(401).send();
  const { id, name } = request.user;
${signed(written, '  ')}
  return reply.header('Cache-Control', 'no-store').type('text/plain').send(token);
});`,

  Next: (written) => `// app${TOKEN_PATH}/route.js
import { signToken } from 'weftdoc/token';
import { auth } from '@/auth';

export const dynamic = 'force-dynamic';

export async function GET() {
  // ${written.signedIn}
  const session = await auth();
  if (!session?.user) return new Response(null, { status: 401 });
  const { id, name } = session.user;
${signed(written, '  ')}
  return new Response(token, { headers: { 'Cache-Control': 'no-store' } });
}`,

  Django: ({ document, role, signedIn }) => `# pip install pyjwt
# urls.py: path("${TOKEN_PATH.slice(1)}", views.weft_token)
import os
import time

import jwt
from django.http import HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def weft_token(request):
    # ${signedIn}
    user = request.user
    if not user.is_authenticated:
        return HttpResponse(status=401)
    claims = {
        "sub": str(user.pk),
        "name": (user.get_full_name() or user.get_username())[:64],
        "aud": "weft",
        "exp": int(time.time()) + 3600,
        "documents": [{"id": "${document}", "role": "${role}"}],
    }
    token = jwt.encode(claims, os.environ["WEFT_JWT_SECRET"], algorithm="HS256")
    return HttpResponse(token, content_type="text/plain")`,

  Laravel: ({ document, role, signedIn }) => `<?php
// composer require firebase/php-jwt
// config/services.php: 'weft' => ['secret' => env('WEFT_JWT_SECRET')],
// routes/web.php:
use Firebase\\JWT\\JWT;
use Illuminate\\Http\\Request;
use Illuminate\\Support\\Facades\\Route;

Route::get('${TOKEN_PATH}', function (Request $request) {
    // ${signedIn}
    $user = $request->user();
    abort_unless($user !== null, 401);
    $claims = [
        'sub' => (string) $user->getAuthIdentifier(),
        'name' => mb_substr($user->name, 0, 64),
        'aud' => 'weft',
        'exp' => time() + 3600,
        'documents' => [['id' => '${document}', 'role' => '${role}']],
    ];
    $token = JWT::encode($claims, config('services.weft.secret'), 'HS256');
    return response($token, 200, ['Content-Type' => 'text/plain', 'Cache-Control' => 'no-store']);
});`,
};
