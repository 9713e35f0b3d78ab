import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { Host } from './Host.tsx';

/** The page as a server renders it. */
export function render(given: { document: string; server: string; shows: string; token?: string }): string {
  return renderToString(
    <StrictMode>
      <Host {...given} other="" />
    </StrictMode>,
  );
}
