/** Joins a document, types a line at its end, waits until it is on the server's disk, and leaves. */
import { openDocument } from 'weftdoc/node';

const [address, line = 'Hello from a script'] = process.argv.slice(2);
if (address === undefined) throw new Error('Usage: npx tsx docs/examples/type-and-leave.ts <document address> [line]');

const session = openDocument(address, { name: 'A script' });
await session.whenReady();
session.insert(session.text.length, `${line}\n`);
await session.whenSaved();
console.log(`Version ${session.version} of “${session.title}” has ${session.text.length} units`);
await session.leave();
