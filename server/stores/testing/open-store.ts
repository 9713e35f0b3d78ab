/** Opens a store and waits: `open-store.ts FOLDER [MIGRATIONS]`. Prints "open", and closes it when its input ends. */
import { once } from 'node:events';
import { SqliteStore } from '../sqlite/sqlite-store.ts';

const [folder = '', migrations] = process.argv.slice(2);
const store = await SqliteStore.open({ folder, migrations });
process.stdout.write('open\n');
process.stdin.resume();
await once(process.stdin, 'end');
await store.close();
