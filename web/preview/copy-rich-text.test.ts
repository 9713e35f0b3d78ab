import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { copyRichText } from './copy-rich-text.ts';

const session = { text: { toString: () => '# Plan' } } as unknown as Parameters<typeof copyRichText>[0];

/** What a browser is asked to copy, and whether it does; here nothing can be rendered, as there is no page. */
let asked: Record<string, Blob | Promise<Blob>>[];
let write: () => Promise<void>;

beforeEach(() => {
  asked = [];
  write = () => Promise.resolve();
  vi.stubGlobal(
    'ClipboardItem',
    class {
      constructor(formats: Record<string, Blob | Promise<Blob>>) {
        asked.push(formats);
      }
    },
  );
  vi.stubGlobal('navigator', { clipboard: { write: () => write() } });
});
afterEach(() => vi.unstubAllGlobals());

it('the browser is asked while the click is handled, not when what renders is loaded', async () => {
  const copying = copyRichText(session);
  expect(asked).toHaveLength(1);
  expect(asked[0]!['text/html']).toBeInstanceOf(Promise);
  expect(await (await asked[0]!['text/plain'])!.text()).toBe('# Plan');
  expect(await copying).toBe(true);
});

it('a browser that refuses, or has no clipboard, is no error', async () => {
  write = () => Promise.reject(new DOMException('No', 'NotAllowedError'));
  expect(await copyRichText(session)).toBe(false);
  vi.stubGlobal('navigator', {});
  expect(await copyRichText(session)).toBe(false);
});
