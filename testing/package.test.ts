import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { build, root } from '../scripts/build.mjs';
import { ownEnvironment } from './own-environment.ts';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

it('the package, unpacked elsewhere, tells its version, starts, and serves the page and the API', async () => {
  expect(build({ report: () => undefined })).toEqual([]);
  const folder = mkdtempSync(path.join(tmpdir(), 'weft-package-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // The scripts would build once more.
  const options = ['pack', '--json', '--offline', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(execFileSync('npm', options, { cwd: root, encoding: 'utf8' })) as [Packed];
  const names = packed.files.map((file) => file.path);
  expect(names).toEqual(expect.arrayContaining(['migrations/0001-documents.sql', 'dist/web/index.html', 'LICENSE']));
  expect(names.filter((name) => /\.test\.|(^|\/)testing\/|^(server|shared|web|e2e)\//.test(name))).toEqual([]);

  execFileSync('tar', ['-xzf', path.join(folder, packed.filename), '-C', folder]);
  const place = path.join(folder, 'package');
  const manifest = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8')) as {
    version: string;
    bin: Record<string, string>;
    dependencies: Record<string, string>;
  };
  // Its dependencies alone, as an installation would bring them; what they need themselves lies beside the originals.
  for (const name of Object.keys(manifest.dependencies)) {
    const target = path.join(place, 'node_modules', name);
    mkdirSync(path.dirname(target), { recursive: true });
    symlinkSync(path.join(root, 'node_modules', name), target);
  }
  const main = path.join(place, manifest.bin['weft']!);
  const data = path.join(folder, 'data');
  const env = { ...ownEnvironment(), PORT: '0', WEFT_DATA: data };
  const weft = (...words: string[]): string =>
    execFileSync(process.execPath, [main, ...words], { cwd: folder, encoding: 'utf8', env });
  expect(weft('--version')).toBe(`${manifest.version}\n`);

  const child = spawn(process.execPath, [main], { cwd: folder, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  await expect.poll(() => output, { timeout: 20_000 }).toMatch(/http:\S+[^]*Ctrl\+C/);
  const [address] = /http:\S+/.exec(output)!;
  const page = await fetch(address);
  const [, script] = /<script[^>]+src="([^"]+)"/.exec(await page.text())!;
  expect([page.status, (await fetch(`${address}${script!}`)).status]).toEqual([200, 200]);
  const made = await fetch(`${address}/api/documents`, { method: 'POST' });
  expect([made.status, existsSync(path.join(data, 'weft.sqlite'))]).toEqual([201, true]);
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(output).not.toContain('"level"');
  expect(JSON.parse(weft('stats', '--json'))).toMatchObject({ documents: 1 });
}, 180_000);
