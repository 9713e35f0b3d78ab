import { StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { Host } from './Host.tsx';

const given = Object.fromEntries(new URLSearchParams(location.search));
const app = document.getElementById('app')!;
const host = (
  <StrictMode>
    <Host
      document={given.document!}
      other={given.other ?? ''}
      server={given.server!}
      shows={given.shows!}
      token={given.token}
    />
  </StrictMode>
);
if (app.childElementCount > 0) hydrateRoot(app, host);
else createRoot(app).render(host);
