/* `/embed.js`: what a page gets by a script tag, of either kind, as often as it likes. */
import './element.ts';
import type { openSession } from './editor/open-session.ts';
import { mountFrame } from './frame/mount-frame.ts';
import { WeftEditor } from './element/weft-editor.ts';

/** The global `Weft` of pages that load the script. */
export interface WeftGlobal {
  readonly mountFrame: typeof mountFrame;
  /** A session of a document, without a view; the engine is loaded first. See `weftdoc/client`. */
  openSession(...given: Parameters<typeof openSession>): Promise<ReturnType<typeof openSession>>;
}

const page = globalThis as { Weft?: WeftGlobal };
// A module has no script of its own to ask; the tag is in the page.
const tag = document.currentScript ?? document.querySelector('script[src*="embed.js"]');
const server = tag instanceof HTMLScriptElement ? new URL('.', tag.src).href.slice(0, -1) : undefined;
WeftEditor.scriptServer ??= server;
page.Weft ??= {
  mountFrame: (container, options) => mountFrame(container, { server, ...options }),
  openSession: async (options) => (await import('./editor/open-session.ts')).openSession({ server, ...options }),
};
