import { beforeEach, expect, it, vi } from 'vitest';
import type { Role } from '../../shared/protocol/roles.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { ownListCommands } from './own-list-commands.svelte.ts';

let server: FakeServer;
const app = {
  router: { navigate: vi.fn() },
  toasts: { show: vi.fn() },
  announcer: { say: vi.fn() },
};

beforeEach(() => {
  server = new FakeServer();
  vi.clearAllMocks();
});

function commandsOf(role: Role | undefined, unsaved = 0) {
  const live = { role, unsaved, isReady: role !== undefined };
  const page = { id: 'plan', title: 'Plans', record: { isWatched: false }, live };
  const leave = vi.fn();
  const commands = ownListCommands(page, app as never, leave);
  return { leave, of: (id: string) => commands.find((one) => one.id === id)!, commands };
}

it.each([
  ['owner', ['watch', 'bin']],
  ['editor', ['watch', 'leave']],
  ['viewer', ['watch', 'leave']],
  [undefined, []],
] as const)('%s: %j', (role, ids) => {
  const { commands } = commandsOf(role);
  expect(commands.filter((one) => one.isAvailable!()).map(({ id }) => id)).toEqual(ids);
});

it('watches, and from then on offers to stop', async () => {
  const watch = commandsOf('viewer').of('watch');
  expect(watch.label()).toBe('Watch');
  watch.run();
  (await server.next('PUT /api/documents/plan/watch')).answer();
  await vi.waitFor(() => expect(watch.label()).toBe('Stop watching'));
  expect(app.announcer.say).toHaveBeenCalledWith(expect.stringContaining('You are now watching'));
  watch.run();
  (await server.next('DELETE /api/documents/plan/watch')).refuse(503, 'unavailable');
  await vi.waitFor(() => expect(app.toasts.show).toHaveBeenCalledOnce());
  expect(watch.label()).toBe('Stop watching');
});

it('goes to the list once the document is in the bin, and back with Undo', async () => {
  commandsOf('owner').of('bin').run();
  const request = await server.next('DELETE /api/documents/plan');
  expect(app.router.navigate).not.toHaveBeenCalled();
  request.answer();
  await vi.waitFor(() => expect(app.router.navigate).toHaveBeenCalledWith('/'));
  const [words, undo] = app.toasts.show.mock.lastCall as [string, { label: string; run(): void }];
  expect([words, undo.label]).toEqual([expect.stringContaining('is in the bin'), 'Undo']);
  undo.run();
  const back = await server.next('PATCH /api/documents/plan');
  expect(back.body).toEqual({ trashed: false });
  back.answer({});
  await vi.waitFor(() => expect(app.router.navigate).toHaveBeenCalledWith('/d/plan'));
});

it('stays where the server refuses, and while something is not saved', async () => {
  commandsOf('owner').of('bin').run();
  (await server.next('DELETE /api/documents/plan')).refuse(503, 'unavailable');
  await vi.waitFor(() => expect(app.toasts.show).toHaveBeenCalledOnce());
  commandsOf('owner', 1).of('bin').run();
  expect(app.toasts.show).toHaveBeenLastCalledWith(expect.stringContaining('not saved yet'));
  expect(server.waiting).toEqual([]);
  expect(app.router.navigate).not.toHaveBeenCalled();
});
