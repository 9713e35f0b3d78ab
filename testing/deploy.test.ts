import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../scripts/build.mjs';
import { parseConfig } from '../server/setup/config.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const defaults = parseConfig({});
const manifest = JSON.parse(read('package.json')) as {
  engines: { node: string };
  bin: Record<string, string>;
  files: string[];
};

describe('deploy/Dockerfile', () => {
  const text = read('deploy/Dockerfile');
  const words = text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/));
  const all = (instruction: string): string[][] => words.filter(([word]) => word === instruction);
  const last = (instruction: string): string[] => all(instruction).at(-1)!.slice(1);

  it('copies what there is, and into the image all that the package ships to run', () => {
    const fromHere = all('COPY').filter((line) => !line[1]!.startsWith('--from'));
    const sources = fromHere.flatMap((line) => line.slice(1, -1));
    expect(sources.filter((source) => !existsSync(path.join(root, source)))).toEqual([]);
    const built = all('COPY').filter((line) => line[1] === '--from=build');
    const kept = built.flatMap((line) => line.slice(2, -1)).map((source) => source.replace('/app/', ''));
    expect(kept).toEqual(expect.arrayContaining(['package.json', 'node_modules', 'dist', 'migrations']));
    expect(manifest.files).toEqual(expect.arrayContaining(['dist', 'migrations']));
  });

  it('runs the command of the package, on a Node that it supports, in all stages the same', () => {
    const entry = JSON.parse(last('ENTRYPOINT').join(' ')) as string[];
    expect(entry).toEqual(['node', manifest.bin['weft']]);
    const version = Number(/^ARG NODE_VERSION=(\d+)$/m.exec(text)![1]);
    const [, major] = /^>=(\d+)/.exec(manifest.engines.node)!;
    expect(version).toBeGreaterThanOrEqual(Number(major));
    expect(new Set(all('FROM').map((line) => line[1]))).toEqual(new Set(['node:${NODE_VERSION}-bookworm-slim']));
  });

  it('is not root, keeps its data in a volume of its own, and tells whether it is well', () => {
    expect(last('USER')).toEqual(['node']);
    const environment = Object.fromEntries(last('ENV').map((pair) => pair.split('=')));
    expect(environment).toMatchObject({ HOST: '0.0.0.0', PORT: '3000', WEFT_DATA: last('VOLUME')[0] });
    expect(text).toContain('mkdir /data && chown node:node /data');
    expect(last('EXPOSE')).toEqual(['3000']);
    expect(last('HEALTHCHECK').join(' ')).toContain('/healthz');
  });

  it('leaves out what is large or secret', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['**/node_modules', 'data', '.git', 'dist']));
  });
});

describe('deploy/compose.yaml', () => {
  const text = read('deploy/compose.yaml');

  it('names files that exist, and gives the server the time it takes to stop', () => {
    const files = [...text.matchAll(/- (\.\/\S+?):/g)].map(([, file]) => path.join(root, 'deploy', file!));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    expect(existsSync(path.join(root, /dockerfile: (\S+)/.exec(text)![1]!))).toBe(true);
    const grace = Number(/stop_grace_period: (\d+)s/.exec(text)![1]);
    expect(grace * 1000).toBeGreaterThan(defaults.shutdownTimeout);
  });

  it('lets only the proxy be reached, and believes it', () => {
    const [server, proxy] = text.split(/\n {2}proxy:\n/);
    expect(server).not.toContain('ports:');
    expect(proxy).toContain("'443:443'");
    expect(server).toContain("WEFT_TRUST_PROXY: 'true'");
  });
});

describe('deploy/nginx/weft.conf', () => {
  const text = read('deploy/nginx/weft.conf');

  it('is more patient than the heartbeat, and keeps nothing back', () => {
    for (const name of ['proxy_read_timeout', 'proxy_send_timeout']) {
      const seconds = Number(new RegExp(`${name} (\\d+)s;`).exec(text)![1]);
      expect(seconds * 1000).toBeGreaterThanOrEqual(defaults.limits.heartbeatTimeout + 15_000);
    }
    expect(text).toContain('proxy_buffering off;');
  });

  it('takes the longest document that may be made', () => {
    const megabytes = Number(/client_max_body_size (\d+)m;/.exec(text)![1]);
    expect(megabytes * 1024 * 1024).toBeGreaterThan(defaults.limits.documentLength * 6 + 65_536);
  });
});
