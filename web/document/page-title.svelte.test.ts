import { beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { SavedField } from '../app/saved-field.ts';
import { Seen } from '../testing/seen.svelte.ts';
import { PageTitle, type TitleSources } from './page-title.svelte.ts';

class Sources implements TitleSources {
  live = $state({ title: '', isNamed: false, beginning: '' });
  record = $state.raw<TitleSources['record']>();
}

let sources: Sources;
let title: PageTitle;

beforeEach(() => {
  sources = new Sources();
  title = new PageTitle(sources);
});

it('a heading that is deleted is the title no longer', async () => {
  sources.live = { title: 'Plan', isNamed: false, beginning: '# Plan' };
  await title.readHeading();
  const seen = new Seen(() => title.known);
  sources.live.beginning = '# Plans';
  expect(seen.values.at(-1)).toBe('Plans');
  sources.live.beginning = '';
  expect(seen.values).toEqual(['Plan', 'Plans', '']);
});

it('what the server calls a document without a beginning is shown nowhere; before the text is there nothing is known', async () => {
  const seen = new Seen(() => title.known);
  sources.record = { title: 'Untitled', isNamed: false };
  sources.live.title = 'Untitled';
  expect(seen.values).toEqual([undefined]);
  await title.readHeading();
  expect(seen.values).toEqual([undefined, '']);
});

it('before the session has it, it is as it was read over HTTP', () => {
  sources.record = { title: 'Plan', isNamed: false };
  expect(title.known).toBe('Plan');
});

it('whoever names a document with that very word means it', async () => {
  sources.record = { title: 'Untitled', isNamed: true };
  expect(title.known).toBe('Untitled');
  sources.live = { title: 'Untitled', isNamed: true, beginning: '# Plan' };
  await title.readHeading();
  expect(title.known).toBe('Untitled');
});

it('a title that was typed into a new document, and is kept on this device, outlives a reload', async () => {
  const kept = { value: 'Minutes', before: '' };
  const sent: string[] = [];
  const field = new SavedField({
    clock: new ManualClock(),
    changed: () => undefined,
    failed: () => undefined,
    save: (value) => Promise.resolve(void sent.push(value)),
    shelf: { read: () => kept, write: () => undefined },
  });
  const told = new Seen(() => title.known);
  sources.record = { title: 'Untitled', isNamed: false };
  sources.live.title = 'Untitled';
  await title.readHeading();
  for (const value of told.values) if (value !== undefined) field.tell(value);
  expect([field.shown, sent]).toEqual(['Minutes', ['Minutes']]);
});
