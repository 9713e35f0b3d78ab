import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { SeededRandom } from '../../../shared/testing/random.ts';
import { ServerProcess } from '../../../testing/server-process.ts';
import { openFileToRead } from '../../stores/sqlite/database/open-database.ts';
import { MIGRATIONS } from '../../stores/sqlite/database/migrate.ts';
import { checkStore } from '../../stores/sqlite/upkeep/store-check.ts';
import { StoreService } from '../../stores/sqlite/thread/store-service.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { createDocument, textOf, Writer } from '../../stores/testing/runs.ts';
import { openStore, problemsIn } from '../../stores/testing/stores.ts';
import { Command } from '../../testing/command.ts';
import { eventually } from '../../../testing/eventually.ts';
import { buildDiskRecorder, canRecordDisks, recordingOf } from '../../testing/disk-recorder.ts';
import { DiskRecording, imageOf, writeImage, type DiskImage } from '../../testing/disk-recording.ts';
import { LoadWriter } from '../../../testing/load-writer.ts';
import { Stranger } from '../../../testing/stranger.ts';

const IS_FUZZ = process.env['WEFT_SEEDS'] !== undefined;
/** Power cuts of a server under load, after each of which the shipped server is started. */
const CUTS = IS_FUZZ ? 200 : 6;
/** Cuts of each command. */
const COMMAND_CUTS = IS_FUZZ ? 200 : 12;
/** At most so many moments of a kill, spread over all there are. */
const KILLS = IS_FUZZ ? 10_000 : 60;
const ACKNOWLEDGED = IS_FUZZ ? 2000 : 400;
const SEED = 20261128;

beforeAll(() => Command.build());

/** Runs a command to its end, with everything it does below `root` recorded. */
async function recorded(root: string, words: readonly string[], before: DiskImage = new Map()): Promise<DiskRecording> {
  const place = temporaryFolder();
  const journal = path.join(place, 'journal');
  const command = new Command(words, recordingOf(buildDiskRecorder(place), root, journal));
  expect([await command.end(), command.errors]).toEqual([0, expect.any(String)]);
  return new DiskRecording(root, journal, before);
}

/** The first start of the shipped server in a folder, until it listens. */
async function recordedStart(folder: string, before: DiskImage = new Map()): Promise<DiskRecording> {
  const place = temporaryFolder();
  const journal = path.join(place, 'journal');
  const env = recordingOf(buildDiskRecorder(place), folder, journal);
  const server = await ServerProcess.start({ dataFolder: folder, env });
  onTestFinished(() => server.dispose());
  await server.kill();
  return new DiskRecording(folder, journal, before);
}

/** Steps after which to cut: all of them, or as many as one can afford, spread evenly. */
function moments(length: number, most: number): number[] {
  const count = Math.min(length + 1, most);
  return Array.from({ length: count }, (_, index) => Math.round((index * length) / (count - 1)));
}

/** A closed data folder with a secret and a document of one word per change. */
async function folderOf(words: readonly string[]): Promise<string> {
  const folder = path.join(temporaryFolder(), 'data');
  const store = await openStore({ folder });
  await createDocument(store, 'a');
  const writer = new Writer('a');
  for (const word of words) await writer.type(store, [[word]]);
  await store.close();
  writeFileSync(path.join(folder, 'secret'), words[0]!.repeat(43).slice(0, 43), { mode: 0o600 });
  return folder;
}

/** Opens a data folder as a server does, in this thread, reads, and finds that all of it is whole. */
function readFrom<Result>(folder: string, read: (calls: StoreService['calls']) => Result): Result {
  const { calls } = new StoreService({
    place: { folder, migrations: MIGRATIONS },
    fault: undefined,
    report: () => undefined,
  });
  try {
    calls.open();
    return read(calls);
  } finally {
    calls.close();
    expect(existsSync(path.join(folder, 'weft.sqlite')) ? problemsIn(folder) : []).toEqual([]);
  }
}

/** The text of the document; undefined where there is none. */
function textIn(folder: string): string | undefined {
  const stored = readFrom(folder, ({ load }) => load('a'));
  return stored && textOf(stored);
}

/** Changes that a data folder holds compacted; also beside the server that writes there. */
async function compactedIn(folder: string): Promise<number> {
  const command = new Command(['stats', '--json', '--data', folder]);
  expect(await command.end()).toBe(0);
  return (JSON.parse(command.output) as { compacted: number }).compacted;
}

/**
 * Hands an image to a check, as a folder that is gone afterwards. A failure names the cut and keeps what the disk held: another
 * run of the same seed records other steps.
 */
async function onDisk(
  name: string,
  image: DiskImage,
  root: string,
  check: (folder: string) => void | Promise<void>,
): Promise<void> {
  const place = temporaryFolder();
  const folder = path.join(place, 'data');
  writeImage(image, root, folder);
  try {
    await check(folder);
  } catch (error) {
    const kept = mkdtempSync(path.join(tmpdir(), 'weft-lost-power-'));
    writeImage(image, root, kept);
    const reason = error instanceof Error ? error.stack : String(error);
    throw new Error(`${name} of seed ${SEED}, kept in ${kept}: ${reason}`, { cause: error });
  } finally {
    rmSync(place, { recursive: true });
  }
}

// What decides whether it runs is in the title: a report of what did not run then says why.
describe.runIf(canRecordDisks())('with a C compiler on Linux', () => {
  it(
    `${CUTS} power cuts under four writers and compaction: everything acknowledged is there, once (FS2)`,
    async () => {
      const place = temporaryFolder();
      const folder = path.join(place, 'data');
      const journal = path.join(place, 'journal');
      mkdirSync(folder);
      const settings = {
        WEFT_COMPACT_INTERVAL_MS: '50',
        WEFT_COMPACT_IDLE_MS: '0',
        WEFT_SUBMISSIONS_PER_SECOND: '100000',
      };
      const env = { ...recordingOf(buildDiskRecorder(place), folder, journal), ...settings };
      const server = await ServerProcess.start({ dataFolder: folder, env });
      onTestFinished(() => server.dispose());
      const owner = await Stranger.guest(server.url);
      const id = await owner.makeDocument();
      const made = statSync(journal).size;
      /** What a client was promised, and how long the journal was when it heard. */
      const promises: { readonly key: string; readonly version: number; readonly after: number }[] = [];
      const writers = Array.from({ length: 4 }, (_, index) => {
        const writer: LoadWriter = new LoadWriter(`w${index}`, () => {
          const [seq, version] = [...writer.acknowledged].at(-1)!;
          promises.push({ key: `${writer.clientId} ${seq}`, version, after: statSync(journal).size });
        });
        return writer;
      });
      let isLong = false;
      const isEnough = (): boolean => isLong && promises.length >= ACKNOWLEDGED;
      await Promise.all([
        ...writers.map((writer) => writer.writeUntilCut(server.socketUrl(id), isEnough)),
        // More pages than the write-ahead log takes: SQLite makes a checkpoint while the writers go on.
        owner.makeDocument({ content: 'long '.repeat(1_000_000) }).then(() => (isLong = true)),
      ]);
      await eventually(async () => expect(await compactedIn(folder)).toBeGreaterThan(0));
      await server.kill();

      const recording = new DiskRecording(folder, journal);
      // Outside checkpoints nothing is written to the database's own file.
      const database = path.join(folder, 'weft.sqlite');
      const atFirst = recording.killedAfter(recording.stepsAt(made)).get(database);
      expect(recording.killedAfter(recording.length).get(database)).not.toEqual(atFirst);
      const random = new SeededRandom(SEED);
      for (let cut = 0; cut < CUTS; cut += 1) {
        const steps = random.below(recording.length + 1);
        const image = recording.cutAfter(steps, random);
        const kept = promises.filter(({ after }) => after <= recording.journalBytes(steps));
        await onDisk(`cut ${cut} after step ${steps}`, image, folder, async (data) => {
          const again = await ServerProcess.start({ dataFolder: data });
          try {
            expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
            const answer = await fetch(`${again.url}/api/documents/${id}/content`);
            const isMade = answer.status === 200;
            if (recording.journalBytes(steps) >= made) expect(isMade).toBe(true);
            const text = await answer.text();
            expect(await again.stop()).toBe(0);
            const { changes, stored } = readFrom(data, (calls) => ({
              changes: calls.changesAfter(id, 0, Infinity),
              stored: calls.load(id),
            }));
            expect(changes.map(({ version }) => version)).toEqual(changes.map((_, index) => index + 1));
            const versions = new Map(changes.map(({ clientId, seq, version }) => [`${clientId} ${seq}`, version]));
            expect(versions.size).toBe(changes.length);
            expect(kept.filter(({ key, version }) => versions.get(key) !== version)).toEqual([]);
            if (isMade) expect(textOf(stored!)).toBe(text);
          } finally {
            await again.dispose();
          }
        });
      }
    },
    120_000 + CUTS * 10_000,
  );

  it('a first start that is killed after any step is followed by one that works (FS1)', async () => {
    const folder = path.join(temporaryFolder(), 'data');
    mkdirSync(folder);
    const recording = await recordedStart(folder);
    for (const steps of moments(recording.length, KILLS)) {
      await onDisk(`killed after step ${steps}`, recording.killedAfter(steps), folder, (data) => {
        expect(textIn(data)).toBeUndefined();
      });
    }
  }, 120_000);

  it('a restore, and the first start after it, that are killed or lose power at any step leave the old text or the new, or say that the restore must be finished, which it can be (FS1, FS2)', async () => {
    const place = temporaryFolder();
    const backup = path.join(place, 'backup.sqlite');
    const source = await folderOf(['new']);
    expect(await new Command(['backup', backup, '--data', source]).end()).toBe(0);
    const folder = await folderOf(['old', 'old ']);
    const before = imageOf(folder);
    const restoring = await recorded(folder, ['restore', backup, '--force', '--data', folder], before);
    const starting = await recordedStart(folder, imageOf(folder));
    const random = new SeededRandom(SEED);
    const seen = new Set<string | undefined>();
    const check = async (data: string): Promise<void> => {
      let text: string | undefined;
      try {
        text = textIn(data);
        expect(['old old', 'new']).toContain(text);
      } catch (error) {
        expect(error).toMatchObject({
          code: 'STORE_DAMAGED',
          message: expect.stringMatching(/a restore was begun|it is missing/),
        });
        expect(await new Command(['restore', backup, '--force', '--data', data]).end()).toBe(0);
        expect(textIn(data)).toBe('new');
      }
      seen.add(text);
    };
    for (const steps of moments(restoring.length, COMMAND_CUTS)) {
      await onDisk(`restore killed after step ${steps}`, restoring.killedAfter(steps), folder, check);
      await onDisk(`restore cut after step ${steps}`, restoring.cutAfter(steps, random), folder, check);
    }
    const isNew = (data: string): void => expect(textIn(data)).toBe('new');
    for (const steps of moments(starting.length, KILLS)) {
      await onDisk(`start killed after step ${steps}`, starting.killedAfter(steps), folder, isNew);
      await onDisk(`start cut after step ${steps}`, starting.cutAfter(steps, random), folder, isNew);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['old old', 'new']));
  }, 600_000);

  it('a backup that is killed or loses power at any step is whole or does not have its name (FS2, FS9)', async () => {
    const source = await folderOf(['a few', 'words']);
    const place = path.join(temporaryFolder(), 'backups');
    mkdirSync(place);
    const file = path.join(place, 'backup.sqlite');
    const recording = await recorded(place, ['backup', file, '--data', source]);
    const random = new SeededRandom(SEED);
    let whole = 0;
    const check = (folder: string): void => {
      const copy = path.join(folder, 'backup.sqlite');
      if (!existsSync(copy)) return;
      whole += 1;
      const database = openFileToRead(copy);
      const found = checkStore(database, {
        onProgress: () => undefined,
        onProblem: () => undefined,
        onSearchProblem: () => undefined,
      });
      database.close();
      expect(found).toMatchObject({ documents: 1, changes: 2, problems: 0 });
      expect(statSync(`${copy}.secret`).size).toBe(43);
    };
    for (const steps of moments(recording.length, COMMAND_CUTS * 4)) {
      await onDisk(`killed after step ${steps}`, recording.killedAfter(steps), place, check);
      await onDisk(`cut after step ${steps}`, recording.cutAfter(steps, random), place, check);
    }
    expect(whole).toBeGreaterThan(1);
  }, 120_000);
});
