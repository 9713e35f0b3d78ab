import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from './config.ts';
import { formerSettings, RENAMED_SETTINGS, settingsSchema, unknownSettings } from './settings.ts';

describe('parseConfig', () => {
  it('has the defaults of the protocol for an empty environment', () => {
    expect(parseConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      basePath: '',
      dataFolder: './data',
      secret: undefined,
      logLevel: 'warn',
      trustProxy: false,
      guests: true,
      origins: { calls: 'any', frames: [] },
      tokens: { secret: undefined, keyFile: undefined, keyUrl: undefined, audience: 'weft', maximumBytes: 8192 },
      sessions: 10_000,
      addressConnections: 1000,
      historyReads: 20,
      searches: 20,
      indexing: { delay: 1500, length: 1_000_000 },
      bodyBytes: 64 * 1024 * 1024,
      addressBodyBytes: 32 * 1024 * 1024,
      writes: {
        documentsPerMinute: 600,
        guestsPerMinute: 600,
        bytesPerMinute: 67_108_864,
        networkBytesPerDay: 4_294_967_296,
        storeBytes: 107_374_182_400,
      },
      fragments: 256,
      bufferedChunks: 4096,
      http: {
        connections: 20_000,
        readers: 4000,
        networkReaders: 1000,
        pipelined: 8,
        patience: 15_000,
        bytesPerSecond: 16_384,
      },
      waiting: { waitingBytes: 134_217_728, networkWaitingBytes: 67_108_864 },
      access: {
        ...{ members: 1000, links: 100, embedOrigins: 20 },
        ...{ passwordFailures: 10, passwordsPerMinute: 60, passwordQueue: 256 },
      },
      headersTimeout: 10_000,
      compaction: { interval: 60_000, keep: 2000, idleAfter: 3_600_000 },
      requestTimeout: 120_000,
      shutdownTimeout: 10_000,
      limits: {
        documentLength: 5_000_000,
        messageBytes: 1_048_576,
        operations: 1000,
        caretSteps: 20_000,
        lateSubmissions: 64,
        jsonDepth: 16,
        documentSessions: 2000,
        userSessions: 200,
        rooms: 10_000,
        roomBytes: 536_870_912,
        joinTimeout: 5000,
        preJoinMessages: 64,
        preJoinBytes: 2_097_152,
        messagesPerSecond: 1000,
        submissionsPerSecond: 500,
        operationsPerSecond: 20_000,
        presencePerSecond: 20,
        rateStrikes: 100,
        heartbeatInterval: 15_000,
        heartbeatTimeout: 45_000,
        sendBufferBytes: 1_048_576,
        sendBufferTimeout: 15_000,
        roomIdle: 60_000,
        lastSnapshots: 2_000,
        lastCommits: 3_000,
        unavailableAfter: 5000,
        tokenWarning: 60_000,
        tokenGrace: 60_000,
      },
    });
  });

  it('takes what is given, counts an empty variable as absent and allows port 0', () => {
    const config = parseConfig({ PORT: '0', HOST: '', WEFT_DATA: '/srv/weft', WEFT_TRUST_PROXY: 'true', HOME: 'x' });
    expect(config).toMatchObject({ port: 0, host: '127.0.0.1', dataFolder: '/srv/weft', trustProxy: true });
  });

  it('reads lists of origins, with commas or spaces between', () => {
    const { origins } = parseConfig({ WEFT_ORIGINS: 'https://app.example,  http://localhost:8080 https://b.example' });
    const listed = ['https://app.example', 'http://localhost:8080', 'https://b.example'];
    expect(origins).toEqual({ calls: listed, frames: listed });
  });

  it('lets pages of any origin call, and none frame, unless told otherwise', () => {
    expect(parseConfig({ WEFT_ORIGINS: '' }).origins).toEqual({ calls: 'any', frames: [] });
    expect(parseConfig({ WEFT_ORIGINS: ' * ' }).origins).toEqual({ calls: 'any', frames: 'any' });
  });

  it('takes origins as people write them, and keeps them as browsers do', () => {
    const given = 'HTTPS://App.Example:443/ http://b.example:80 https://bücher.example https://[::1]:8443/';
    expect(parseConfig({ WEFT_ORIGINS: given }).origins.calls).toEqual([
      'https://app.example',
      'http://b.example',
      'https://xn--bcher-kva.example',
      'https://[::1]:8443',
    ]);
  });

  it.each([
    ['/weft', '/weft'],
    ['/weft/', '/weft'],
    ['/apps/weft-2_a.b~c/', '/apps/weft-2_a.b~c'],
    ['/...', '/...'],
    ['/', ''],
  ])('takes the base path %s as "%s"', (given, basePath) => {
    expect(parseConfig({ WEFT_BASE_PATH: given }).basePath).toBe(basePath);
  });

  it('is frozen, its limits too', () => {
    const config = parseConfig({});
    expect([Object.isFrozen(config), Object.isFrozen(config.limits)]).toEqual([true, true]);
  });

  it.each([
    [{ PORT: '65536' }, /PORT must be a whole number from 0 to 65535/],
    [{ PORT: '-1' }, /PORT must/],
    [{ PORT: '1e3' }, /PORT must/],
    [{ PORT: 'http' }, /PORT must/],
    [{ WEFT_SECRET: 'x'.repeat(31) }, /WEFT_SECRET must be at least 32 bytes long/],
    [{ WEFT_JWT_SECRET: 'x'.repeat(31) }, /WEFT_JWT_SECRET must be at least 32 bytes long/],
    [{ WEFT_JWT_JWKS_URL: 'http://keys.example/jwks' }, /WEFT_JWT_JWKS_URL must begin with https/],
    [{ WEFT_JWT_JWKS_URL: 'file:///etc/passwd' }, /WEFT_JWT_JWKS_URL must begin with https/],
    [{ WEFT_JWT_JWKS_URL: 'https://keys.example', WEFT_JWT_JWKS_FILE: 'jwks.json' }, /exclude each other/],
    [{ WEFT_GUESTS: 'no' }, /WEFT_GUESTS must be on or off/],
    [{ WEFT_GUESTS: 'off' }, /WEFT_GUESTS=off lets nobody in/],
    [{ WEFT_ORIGINS: 'https://app.example/path' }, /WEFT_ORIGINS must be \* or list origins/],
    [{ WEFT_ORIGINS: 'https://*.example' }, /WEFT_ORIGINS must be \* or list origins/],
    [{ WEFT_ORIGINS: 'https://app.example, null' }, /WEFT_ORIGINS must be \* or list origins .*null is none/],
    [{ WEFT_ORIGINS: 'https://app.example, *' }, /WEFT_ORIGINS must .*\* is none/],
    [{ WEFT_ORIGINS: 'app.example' }, /WEFT_ORIGINS must be \* or list origins .*app\.example is none/],
    [{ WEFT_ORIGINS: 'https://app.example:99999' }, /WEFT_ORIGINS must be \* or list origins/],
    [{ WEFT_ORIGINS: 'https://me@app.example' }, /WEFT_ORIGINS must be \* or list origins/],
    [{ WEFT_TRUST_PROXY: 'yes' }, /WEFT_TRUST_PROXY must be true or false/],
    [{ WEFT_LOG_LEVEL: 'loud' }, /WEFT_LOG_LEVEL/],
    [{ WEFT_HEARTBEAT_TIMEOUT_MS: '15000' }, /must be longer than/],
  ])('FA12 refuses %j with the name of the setting', (environment, message) => {
    expect(() => parseConfig(environment)).toThrow(ConfigError);
    expect(() => parseConfig(environment)).toThrow(message);
  });

  const noPaths = [
    'weft',
    'weft/',
    '//',
    '/weft//',
    '//weft',
    '/a//b',
    '/..',
    '/a/../b',
    '/a/.',
    '/a b',
    '/가',
    '/%61',
  ];
  it.each([...noPaths, '/a?b', '/a#b', 'https://weft.example/weft'])('FA12 refuses "%s" as a base path', (path) => {
    expect(() => parseConfig({ WEFT_BASE_PATH: path })).toThrow(
      /WEFT_BASE_PATH must be a path like \/weft, of letters/,
    );
  });

  it.each(['/api', '/api/weft', '/d', '/live/', '/assets', '/healthz', '/metrics'])(
    'FA12 refuses the base path %s, which begins as a path of Weft does',
    (path) => {
      expect(() => parseConfig({ WEFT_BASE_PATH: path })).toThrow(/WEFT_BASE_PATH must not begin with \/\w+, which is/);
    },
  );

  it('counts the secret in bytes and never repeats it', () => {
    expect(parseConfig({ WEFT_SECRET: '가'.repeat(11) }).secret).toHaveLength(11);
    expect(() => parseConfig({ WEFT_SECRET: 'hush' })).not.toThrow(/hush/);
  });

  it('names every wrong setting at once', () => {
    expect(() => parseConfig({ PORT: 'a', WEFT_MAX_OPERATIONS: '0' })).toThrow(/PORT.*\nWEFT_MAX_OPERATIONS/);
  });

  it('notices misspelt settings', () => {
    expect(unknownSettings({ WEFT_DATA: 'x', WEFT_DATTA: 'x', PORT: '1', PATH: '' })).toEqual(['WEFT_DATTA']);
  });
});

describe('a setting by its former name', () => {
  it('counts as the setting, and is told apart from one that does not exist', () => {
    const environment = { WEFT_OUTBOX_BYTES: '65536', WEFT_OUTBOX_TIMEOUT_MS: '2000' };
    const { limits, http } = parseConfig(environment);
    expect([limits.sendBufferBytes, limits.sendBufferTimeout, http.patience]).toEqual([65_536, 2000, 2000]);
    expect(unknownSettings(environment)).toEqual([]);
    expect(formerSettings(environment)).toEqual([
      { name: 'WEFT_OUTBOX_BYTES', now: 'WEFT_SEND_BUFFER_BYTES' },
      { name: 'WEFT_OUTBOX_TIMEOUT_MS', now: 'WEFT_SEND_BUFFER_TIMEOUT_MS' },
    ]);
    expect(formerSettings({ WEFT_SEND_BUFFER_BYTES: '65536' })).toEqual([]);
  });

  it('FA12 is refused beside the present one, by its own name', () => {
    const both = { WEFT_OUTBOX_BYTES: '65536', WEFT_SEND_BUFFER_BYTES: '65536' };
    expect(() => parseConfig(both)).toThrow(ConfigError);
    expect(() => parseConfig(both)).toThrow(/WEFT_OUTBOX_BYTES is the former name of WEFT_SEND_BUFFER_BYTES/);
    expect(() => parseConfig({ WEFT_OUTBOX_BYTES: '1' })).toThrow(/^WEFT_OUTBOX_BYTES must be a whole number/);
  });

  it('counts as absent if it is empty', () => {
    const environment = { WEFT_OUTBOX_BYTES: '', WEFT_SEND_BUFFER_BYTES: '65536' };
    expect(parseConfig(environment).limits.sendBufferBytes).toBe(65_536);
    expect(formerSettings(environment)).toEqual([]);
  });
});

describe('docs/configuration.md', () => {
  const table = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  const documented = new Map(
    [...table.matchAll(/^\| +`(\w+)` +\| +(?:`([^`]+)`|generated|none) +\| \S/gm)].map((row) => [row[1], row[2]]),
  );

  it('lists exactly the settings that there are', () => {
    expect([...documented.keys()].sort()).toEqual(Object.keys(settingsSchema.shape).sort());
  });

  it('lists exactly the former names that still work', () => {
    const [, renamed] = table.split('\n## Renamed\n');
    const listed = [...renamed!.matchAll(/^\| `(\w+)` +\| `(\w+)` +\|$/gm)].map(([, name, now]) => [name, now]);
    expect(listed).toEqual([...RENAMED_SETTINGS]);
  });

  it('states the defaults that hold', () => {
    const written = Object.fromEntries([...documented].filter(([, value]) => value !== undefined));
    expect(parseConfig(written)).toEqual(parseConfig({}));
  });
});
