import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Milliseconds between two tries to reach the driver, and until it must be there. */
const TRY_EVERY = 20;
const START_TIMEOUT = 60_000;
/** A script in the page may take this long, in ms: as long as a test may wait. */
const SCRIPT_TIMEOUT = 60_000;

/** What moves a window's look: GTK's theme says whether pages are dark. */
export type Theme = 'Adwaita' | 'Adwaita:dark';

/**
 * WebKitWebDriver with a screen of its own (Xvfb), and one window at a time in it. Speaks WebDriver over plain HTTP; see
 * https://www.w3.org/TR/webdriver2/.
 */
export class WebDriver {
  readonly theme: Theme;
  /** The name of the X display, as in `:3`. */
  readonly display: string;
  readonly #address: string;
  readonly #processes: readonly ChildProcess[];
  #session = '';

  private constructor(theme: Theme, display: string, address: string, processes: readonly ChildProcess[]) {
    this.theme = theme;
    this.display = display;
    this.#address = address;
    this.#processes = processes;
  }

  /** Starts the driver and its screen. Rejects where either ends or keeps silent. */
  static async start(program: string, theme: Theme): Promise<WebDriver> {
    const options = ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'];
    const screen = spawn('Xvfb', options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    endWithUs(screen);
    const [number] = (await Promise.race([
      once(createInterface({ input: screen.stdio[3] as Readable }), 'line'),
      once(screen, 'exit').then(() => Promise.reject(new Error('Xvfb does not start'))),
    ])) as [string];
    const port = await freePort();
    const driver = spawn(program, [`--port=${port}`, '--host=127.0.0.1'], {
      env: {
        ...process.env,
        DISPLAY: `:${number}`,
        GDK_BACKEND: 'x11',
        GTK_THEME: theme,
        NO_AT_BRIDGE: '1',
        // Numbers are written as in `locale` of Playwright's configuration, whatever the machine speaks.
        LC_ALL: 'en_GB.UTF-8',
      },
      stdio: 'ignore',
    });
    endWithUs(driver);
    const started = new WebDriver(theme, `:${number}`, `http://127.0.0.1:${port}`, [driver, screen]);
    const deadline = performance.now() + START_TIMEOUT;
    while (!(await started.#isReachable())) {
      if (driver.exitCode !== null || performance.now() > deadline) throw new Error(`${program} does not start`);
      await new Promise((resolve) => setTimeout(resolve, TRY_EVERY));
    }
    return started;
  }

  /** Opens a new window without anything stored. */
  async openWindow(): Promise<void> {
    const { sessionId } = await this.#call<{ sessionId: string }>('POST', '/session', { capabilities: {} });
    this.#session = `/session/${sessionId}`;
    await this.send('POST', '/timeouts', { script: SCRIPT_TIMEOUT });
    await this.send('POST', '/window/rect', { x: 0, y: 0, width: 1300, height: 900 });
  }

  /** Closes the window, where one is open; what it stored is gone. */
  async closeWindow(): Promise<void> {
    if (this.#session === '') return;
    await this.send('DELETE', '');
    this.#session = '';
  }

  /** Sends a command of the window that is open. */
  async send<T>(method: string, path: string, body?: object): Promise<T> {
    return this.#call<T>(method, `${this.#session}${path}`, body);
  }

  stop(): void {
    for (const one of this.#processes) one.kill();
  }

  async #isReachable(): Promise<boolean> {
    return this.#call('GET', '/status').then(
      () => true,
      () => false,
    );
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(this.#address + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = (await answer.json()) as { value: T & { message?: string } };
    if (!answer.ok) throw new Error(`WebDriver ${path}: ${value.message}`);
    return value;
  }
}

function endWithUs(child: ChildProcess): void {
  const kill = (): void => void child.kill();
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
