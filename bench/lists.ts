/**
 * `node bench/lists.ts [DOCUMENTS]`: how long lists and searches take in a store with 10,000 documents of one person, each of about 2,000
 * UTF-16 units, and how long a commit takes meanwhile. Prints milliseconds; writes no results.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { wordsOf } from '../server/stores/search-words.ts';
import { SqliteStore } from '../server/stores/sqlite/sqlite-store.ts';
import { databaseFile } from '../server/stores/sqlite/database/database-file.ts';
import type { ListQuery } from '../server/stores/document-lists.ts';
import { quantile } from './measure/statistics.ts';

const DOCUMENTS = Number(process.argv[2] ?? 10_000);
const WORDS_EACH = 330;
const ROUNDS = 40;
const VOCABULARY = 20_000;
const NOW = 1_790_000_000_000;
const ANNA = { id: 'user-anna', name: 'Anna', color: '#a33b20' };
const BORIS = { id: 'user-boris', name: 'Boris', color: '#20603b' };

let seed = 1;
function random(limit: number): number {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % limit;
}

/** Words as frequent as those of a language are: the rarer, the longer the list of them. */
function word(): string {
  const index = Math.floor(VOCABULARY ** (random(1_000_000) / 1_000_000)) - 1;
  const hangul = String.fromCharCode(0xac00 + ((index * 37) % 11_172), 0xac00 + ((index * 101) % 11_172));
  return index % 4 === 0 ? `${hangul}${index % 8 === 0 ? '을' : ''}` : `w${index.toString(36)}ord`;
}

const folder = mkdtempSync(path.join(tmpdir(), 'weft-lists-'));
const store = await SqliteStore.open({ folder });
try {
  await fill();
  const empty = statSync(databaseFile(folder)).size;
  const indexing = await timed(() => store.indexed());
  await store.check();
  console.log(`${DOCUMENTS} documents, indexed in ${Math.round(indexing)} ms; ${mib(empty)} → ${mib(size())} MiB`);
  const lists: Record<string, Partial<ListQuery>> = {
    'all, edited': {},
    'all, opened': { sort: 'opened' },
    'all, title': { sort: 'title' },
    'all, created': { sort: 'created' },
    'members only (no show)': { show: 'member' },
    shared: { show: 'shared' },
    watched: { show: 'watched' },
    'search: in every document': { words: wordsOf('w1ord') },
    'search: in some': { words: wordsOf('w1xord') },
    'search: in a few': { words: wordsOf('wdord') },
    'search: nothing': { words: wordsOf('nowhere') },
    'search: two words': { words: wordsOf('w1ord w2ord') },
    'search: two Hangul': { words: wordsOf(String.fromCharCode(0xac00 + 148, 0xac00 + 404)) },
    'search: one Hangul': { words: wordsOf('을') },
    'search: one letter (titles)': { words: wordsOf('a') },
    'search: in titles': { words: wordsOf('title 77') },
  };
  for (const [name, query] of Object.entries(lists)) await measure(name, query);
  await measureCommits();
} finally {
  await store.close();
  rmSync(folder, { recursive: true });
}

async function fill(): Promise<void> {
  for (let index = 0; index < DOCUMENTS; index += 1) {
    const id = `document-${index}`;
    const text = Array.from({ length: WORDS_EACH }, word).join(' ');
    const names = { clientId: `client-of-${id}-of-anna`, seq: 1, userId: ANNA.id, sessionId: `session-${index}` };
    const change = { version: 1, timestamp: NOW + index, edit: [`# Title ${index}\n\n${text}`], ...names };
    const document = { id, title: 'Untitled', isNamed: false, linkAccess: 'edit', createdAt: NOW + index } as const;
    await store.createDocument(document, ANNA, change);
    if (index % 3 === 0) await store.saveVisits([{ documentId: id, user: ANNA, version: 0, seenAt: NOW + index }]);
    if (index % 100 === 0) await store.setWatch(id, ANNA, true, NOW);
  }
}

async function measure(name: string, query: Partial<ListQuery>): Promise<void> {
  const times: number[] = [];
  let listed = 0;
  let cursor: string | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    times.push(
      await timed(async () => {
        const page = await store.listDocuments(ANNA.id, { show: 'all', now: NOW, limit: 50, cursor, ...query });
        listed = Math.max(listed, page.documents.length);
        cursor = page.next;
      }),
    );
  }
  report(`${name} (${listed} on a page)`, times);
}

/** Commits one after the other while searches go on without a pause. */
async function measureCommits(): Promise<void> {
  await store.createDocument({ id: 'typed', title: 'T', linkAccess: 'edit', createdAt: NOW }, BORIS);
  let version = 0;
  const commits = async (count: number): Promise<number[]> => {
    const times: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const timestamp = NOW + version + 1;
      const previous = { version, timestamp: version === 0 ? 0 : NOW + version };
      const names = { clientId: 'client-that-types-there', seq: version + 1, userId: BORIS.id, sessionId: 's' };
      const changes = [{ version: version + 1, timestamp, edit: ['x'], ...names }];
      times.push(await timed(() => store.append({ documentId: 'typed', previous, changes, authors: [BORIS] })));
      version += 1;
    }
    return times;
  };
  report('commit, alone', await commits(300));
  let isDone = false;
  const searching = (async () => {
    const words = wordsOf('w1ord');
    while (!isDone) await store.listDocuments(ANNA.id, { show: 'all', now: NOW, limit: 50, words });
  })();
  report('commit, while somebody searches without a pause', await commits(300));
  isDone = true;
  await searching;
}

function report(name: string, times: readonly number[]): void {
  const shown = [50, 95, 99].map((share) => `p${share} ${quantile(times, share / 100).toFixed(1)}`);
  console.log(`${name.padEnd(52)} ${shown.join('  ')} ms`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function size(): number {
  return statSync(databaseFile(folder)).size + statSync(`${databaseFile(folder)}-wal`).size;
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
