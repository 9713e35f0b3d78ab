import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EmbedHost } from '../host.ts';
import { serverOf } from './server-of.ts';

/** An element as far as its server is asked for. */
function host(server: string | null, scriptServer?: string): Pick<EmbedHost, 'element' | 'scriptServer'> {
  return { element: { getAttribute: () => server } as unknown as EmbedHost['element'], scriptServer };
}

describe('W3 the server of an element', () => {
  beforeEach(() => vi.stubGlobal('location', new URL('https://host.example/pages/one.html')));
  afterEach(() => vi.unstubAllGlobals());

  it('is the one that the element names, before that of its script, before the host’s own', () => {
    expect(serverOf(host('https://weft.example', 'https://other.example'))).toBe('https://weft.example');
    expect(serverOf(host(null, 'https://other.example'))).toBe('https://other.example');
    expect(serverOf(host('', 'https://other.example'))).toBe('https://other.example');
    expect(serverOf(host(null))).toBe('https://host.example');
  });

  it('keeps a path, and no slash, query or fragment after it', () => {
    expect(serverOf(host('https://weft.example/weft/'))).toBe('https://weft.example/weft');
    expect(serverOf(host('http://localhost:3000/?a=b#c'))).toBe('http://localhost:3000');
    expect(serverOf(host('/weft'))).toBe('https://host.example/weft');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://weft.example', 'https://'])('is none for %s', (server) => {
    expect(serverOf(host(server))).toBeUndefined();
  });
});
