/** The page of the application: its own text, and an editor of the service that is below /weft. */
export const homePage = (user, documentId) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <link rel="icon" href="data:,">
    <title>A Fastify application</title>
    <style>
      :root { color-scheme: light dark; font: 17px/1.6 system-ui, sans-serif; }
      body { max-width: 44rem; margin: 8vh auto 4rem; padding: 0 1.5rem; }
      h1 { margin: 0; font-size: 1.75rem; letter-spacing: -0.02em; }
      p { margin: 0.25rem 0 1.5rem; color: color-mix(in srgb, CanvasText 65%, Canvas); }
      a { color: LinkText; }
    </style>
    <script src="/weft/embed.js" async></script>
  </head>
  <body>
    <h1>Plan of the week</h1>
    <p>You are ${user.name}. Become <a href="/?user=ada">Ada</a> or <a href="/?user=ben">Ben</a> · <a href="/api/time">another route</a></p>
    <weft-editor document="${documentId}">The plan is being loaded.</weft-editor>
    <script>
      document.querySelector('weft-editor').token = async () => (await fetch('/weft-token?user=${user.id}')).text();
    </script>
  </body>
</html>`;
