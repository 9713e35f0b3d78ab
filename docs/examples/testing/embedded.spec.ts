import { expect, test, type EmbeddedVisitor } from 'weftdoc/testing';

/** The page of a wiki that embeds a document; the kit serves it from another site. */
const wiki = (_: string, { name, documentId, server }: EmbeddedVisitor): string => `<!doctype html>
  <script type="module" src="${server}/embed.js"></script>
  <h1>Our wiki</h1>
  <weft-editor document="${documentId}" style="display: block; height: 400px"></weft-editor>
  <script>document.querySelector('weft-editor').user = { name: ${JSON.stringify(name)} };</script>`;

test('somebody in a page of ours, somebody else in Weft', async ({ join, openDocument }) => {
  await openDocument('Notes');
  const [mina, joon] = [await join('Mina'), await join('Joon', { embed: wiki })];
  await expect([mina, joon]).toSeeEachOther();
  await joon.select(5);
  await joon.type(' of the wiki');
  await expect([mina, joon]).toConverge({ text: 'Notes of the wiki' });
  await joon.network.cut();
  await joon.type(', written offline');
  await joon.network.heal();
  await expect([mina, joon]).toConverge({ text: 'Notes of the wiki, written offline' });
});

test('a document in a frame', async ({ join }) => {
  const frame = (url: string): string => `<iframe src="${url}?debug" width="800" height="500"></iframe>`;
  const [mina, joon] = [await join('Mina'), await join('Joon', { embed: frame })];
  await joon.type('From the frame');
  await expect([mina, joon]).toConverge({ text: 'From the frame' });
});
