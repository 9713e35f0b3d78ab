import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { escaped } from './html-pages.ts';

/** Nothing here can act for a visitor, so every page may show it: it has no script, and its one link leads to a tab of its own. */
const STYLE = `
  body { margin: 0; padding: 24px; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
  h1 { margin: 0 0 8px; font-size: 20px; line-height: 1.3; }
  p { margin: 0 0 12px; }
`;
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join(';');

/** The page cannot load the words of the app, whose languages these are. */
const WORDS = {
  en: {
    title: 'This document is not shown here',
    why: (origin: string) => `The sites that may embed this document do not include ${origin}.`,
    open: 'Open in a new tab',
  },
  ko: {
    title: '이 문서는 여기에 표시되지 않습니다',
    why: (origin: string) => `이 문서를 삽입할 수 있는 사이트 목록에 ${origin} 주소가 없습니다.`,
    open: '새 탭에서 열기',
  },
} as const;

/** Tells whoever sits before a page of `framer` that it may not show the document, which is at `href`. */
export function refusedFrame(reply: FastifyReply, { framer, href }: { framer: string; href: string }): FastifyReply {
  // The language that the browser prefers stands first.
  const lang = /^ko\b/i.test(reply.request.headers['accept-language'] ?? '') ? 'ko' : 'en';
  const words = WORDS[lang];
  reply.raw.removeHeader('X-Frame-Options');
  reply.headers({ 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-store' });
  return reply.code(403).type('text/html; charset=utf-8').send(`<!doctype html>
<html lang="${lang}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <title>${words.title}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>${words.title}</h1>
      <p>${words.why(escaped(framer))}</p>
      <p><a href="${escaped(href)}" target="_blank" rel="noopener">${words.open}</a></p>
    </main>
  </body>
</html>
`);
}
