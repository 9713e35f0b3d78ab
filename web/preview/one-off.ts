import type { DocumentSession } from '../../shared/client/document-session.ts';
import { platformClock } from '../../shared/client/transport/platform.ts';
import { elementsOf, writeWords } from './elements.ts';
import { beginRenderThread } from './render-thread.ts';
import { Renderer } from './renderer.ts';

/** The whole document as it is now, rendered once. Rejects with PreviewError. */
export async function renderedDocument(session: Pick<DocumentSession, 'text'>): Promise<HTMLElement> {
  const renderer = new Renderer(beginRenderThread, platformClock);
  try {
    const article = document.createElement('article');
    for (const { nodes, goesOn } of await renderer.render(session.text.toString())) {
      const block = document.createElement('div');
      block.className = goesOn ? 'block goes-on' : 'block';
      block.append(elementsOf(nodes));
      article.append(block);
    }
    writeWords(article);
    return article;
  } finally {
    renderer.stop();
  }
}
