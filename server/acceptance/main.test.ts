import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { Command } from '../testing/command.ts';

let folder: string;
const running: Command[] = [];
beforeAll(() => {
  Command.build();
  folder = temporaryFolder();
}, 120_000);
afterEach(() => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL');
});

function weft(words: readonly string[], settings?: Record<string, string>, cwd?: string): Command {
  const command = new Command(words, settings, cwd);
  running.push(command);
  return command;
}

const anywhere = (name: string) => ({ PORT: '0', WEFT_DATA: join(folder, name) });

describe('weft', () => {
  it('R1 says where it listens, where documents are and how to stop; answers; and ends with 0 on SIGTERM', async () => {
    const command = weft(['serve'], anywhere('first'));
    const address = await command.address();
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    expect(command.output).toMatch(/^Weft \d+\.\d+\.\d+ is ready at http:\/\/localhost:\d+\nDocuments are kept in \//);
    expect(command.output).toContain(join(folder, 'first'));
    expect(command.output).toMatch(/Press Ctrl\+C to stop\n$/);
    expect(command.output.split('\n').length).toBeLessThanOrEqual(6);
    expect(command.errors).toBe('');
    expect(await command.end('SIGTERM')).toBe(0);
  });

  it('R1 below a path names that too, and answers there; refuses what is no path', async () => {
    const command = weft([], { ...anywhere('below'), WEFT_BASE_PATH: '/weft/' });
    const address = await command.address();
    expect(address).toMatch(/^http:\/\/localhost:\d+\/weft$/);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    const refused = weft([], { ...anywhere('refused'), WEFT_BASE_PATH: '/a/../b?c' });
    expect(await refused.end()).toBe(1);
    expect(refused.errors).toContain('WEFT_BASE_PATH must be a path like /weft');
  });

  it('keeps documents and sessions over a restart', async () => {
    const first = weft([], anywhere('kept'));
    const made = await fetch(`${await first.address()}/api/documents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'kept' }),
    });
    const { id } = (await made.json()) as { id: string };
    const cookie = made.headers.get('set-cookie')!.split(';')[0]!;
    expect(await first.end('SIGINT')).toBe(0);
    const second = weft([], anywhere('kept'));
    const document = await fetch(`${await second.address()}/api/documents/${id}`, { headers: { cookie } });
    expect(await document.json()).toMatchObject({ id, role: 'owner', version: 1 });
  });

  it('R2 takes options before the environment, and the environment before .env', async () => {
    const place = temporaryFolder();
    await writeFile(join(place, '.env'), 'PORT=1\nWEFT_DATA=from-dotenv\n');
    const command = weft(['--port', '0'], { PORT: '2' }, place);
    await command.address();
    expect(command.output).toContain(join(place, 'from-dotenv'));
  });

  it.each([
    [['--help'], 0, /Usage: weft \[COMMAND\] \[options\][^]*serve[^]*stats/],
    [['stats', '--help'], 0, /^Usage: weft stats/],
    [['stats', 'more'], 2, /weft stats takes no other words\.[^]*Usage: weft stats/],
    [['stats', '--data', '/nowhere'], 1, /^There is no database in \/nowhere\. Name the data folder/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [['--prot', '1'], 2, /Unknown option '--prot'[^]*Usage/],
    [['destroy'], 2, /no command "destroy"[^]*Usage/],
    [['--port', 'http'], 1, /PORT must be a whole number from 0 to 65535/],
  ])('%j ends with %i', async (words, code, message) => {
    const command = weft(words, anywhere('unused'));
    expect(await command.end()).toBe(code);
    expect(code === 0 ? command.output : command.errors).toMatch(message);
  });

  it('refuses a port that is in use, and names another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const command = weft([], { PORT: String(port), WEFT_DATA: join(folder, 'port') });
    expect(await command.end()).toBe(1);
    expect(command.errors).toContain(`Port ${port} on 127.0.0.1 is in use`);
    expect(command.errors).toMatch(/PORT=\d+ npm start\n$/);
    expect(command.output).toBe('');
    other.close();
  });

  it('refuses a data folder that another server uses, and says which', async () => {
    const first = weft([], anywhere('shared'));
    await first.address();
    const second = weft([], anywhere('shared'));
    expect(await second.end()).toBe(1);
    expect(second.errors).toContain(`is in use by process ${first.child.pid}`);
    expect(second.errors).not.toMatch(/ at .*\.js:/);
  });

  it('refuses a data folder that cannot be one, a damaged database and a short secret', async () => {
    await writeFile(join(folder, 'file'), '');
    const notFolder = weft([], { PORT: '0', WEFT_DATA: join(folder, 'file/data') });
    expect(await notFolder.end()).toBe(1);
    expect(notFolder.errors).toMatch(
      /^The data folder .* cannot be written .* or set WEFT_DATA to another folder\.\n$/,
    );

    const nowhere = weft([], { PORT: '0', WEFT_DATA: '/proc/weft/data' });
    expect(await nowhere.end()).toBe(1);
    expect(nowhere.errors).toMatch(/^The data folder .* cannot be written \(ENOENT/);

    const damaged = temporaryFolder();
    await writeFile(join(damaged, 'weft.sqlite'), 'not a database'.repeat(100));
    const command = weft([], { PORT: '0', WEFT_DATA: damaged });
    expect(await command.end()).toBe(1);
    expect(command.errors).toMatch(/^The database .* cannot be used: [^]*Restore the newest backup/);

    const short = weft([], { ...anywhere('short'), WEFT_SECRET: 'short' });
    expect(await short.end()).toBe(1);
    expect(short.errors).toContain('WEFT_SECRET must be at least 32 bytes long');
  });

  it('takes settings by their former names, and warns of them', async () => {
    const command = weft([], { ...anywhere('renamed'), WEFT_OUTBOX_BYTES: '65536' });
    await command.address();
    await expect
      .poll(() => command.errors)
      .toMatch(/"name":"WEFT_OUTBOX_BYTES","now":"WEFT_SEND_BUFFER_BYTES","msg":"This setting has a new name/);
    expect(command.errors).not.toContain('There is no such setting');
  });

  it('warns of settings that are none', async () => {
    const command = weft([], { ...anywhere('misspelt'), WEFT_MAX_OPERATION: '1' });
    await command.address();
    await expect.poll(() => command.errors).toContain('"name":"WEFT_MAX_OPERATION"');
  });
});
