import { beforeEach, expect, it } from 'vitest';
import { FakeServer } from '../testing/fake-server.ts';
import { PersonSearch } from './person-search.svelte.ts';

const person = (name: string) => ({ user: { id: name, name, color: '#ba3d47' } });
const PEOPLE = 'GET /api/documents/plan/people';

let server: FakeServer;
let search: PersonSearch;

beforeEach(() => {
  server = new FakeServer();
  search = new PersonSearch('plan');
});

it('finds everybody where no name is typed, at once', async () => {
  search.type('');
  (await server.next(PEOPLE)).answer({ people: [person('Ada')] });
  await expect.poll(() => search.found).toEqual([person('Ada')]);
});

it('asks for a name after a pause, and forgets answers to what was typed before', async () => {
  search.type('');
  const early = await server.next(PEOPLE);
  search.type('민');
  search.type('민아');
  const asked = `${PEOPLE}?q=${encodeURIComponent('민아')}`;
  await expect.poll(() => server.waiting).toEqual([asked]);
  const late = await server.next(asked);
  late.answer({ people: [person('민아')] });
  await expect.poll(() => search.found).toEqual([person('민아')]);
  early.answer({ people: [person('Ada')] });
  await Promise.resolve();
  expect(search.found).toEqual([person('민아')]);
});

it('what was found for an earlier name stays in sight, and is not about what is typed now', async () => {
  search.type('');
  (await server.next(PEOPLE)).answer({ people: [person('Ada')] });
  await expect.poll(() => search.isCurrent).toBe(true);
  search.type('Bob');
  expect([search.found, search.isCurrent]).toEqual([[person('Ada')], false]);
  await expect.poll(() => server.waiting).toEqual([`${PEOPLE}?q=Bob`]);
  expect(search.isCurrent).toBe(false);
  (await server.next(`${PEOPLE}?q=Bob`)).answer({ people: [person('Bob')] });
  await expect.poll(() => search.isCurrent).toBe(true);
  expect(search.found).toEqual([person('Bob')]);
  search.type('Bob ');
  expect(search.isCurrent).toBe(true);
});

it('says why there is no answer, and what was found stays', async () => {
  search.type('');
  (await server.next(PEOPLE)).answer({ people: [person('Ada')] });
  await expect.poll(() => search.found?.length).toBe(1);
  search.type('');
  (await server.next(PEOPLE)).drop();
  await expect.poll(() => search.problem).not.toBe('');
  expect(search.found).toEqual([person('Ada')]);
});
