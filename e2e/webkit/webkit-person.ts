import { expect } from '@playwright/test';
import { type Answer, type Box, type Keyboard, type Mouse, Writer } from '../../sdk/testing.ts';
import { chord, typing, type Action } from './keys.ts';
import type { WebDriver } from './web-driver.ts';
import { Wire } from './wire.ts';

/** A writer whose browser is WebKitGTK's, driven by WebDriver. Its page knows the server by the address of its wire. */
export class WebKitPerson extends Writer {
  readonly name: string;
  readonly network: Wire;
  readonly driver: WebDriver;
  /** WebKit tells places of text in whole pixels. */
  override readonly placeError = 1;
  readonly #serverUrl: string;
  /** Where the frame is that the editor was found in, in pixels of the page; the corner where it is in the page itself. */
  #frameAt = { x: 0, y: 0 };
  /** The console cannot be read, so there is nothing to let through. */
  readonly log = { allow: (): void => undefined };

  private constructor(name: string, serverUrl: string, driver: WebDriver, wire: Wire) {
    super();
    this.name = name;
    this.network = wire;
    this.driver = driver;
    this.#serverUrl = serverUrl;
  }

  /** Opens a window in a driver that has none, for somebody who has that name. */
  static async enter(name: string, serverUrl: string, driver: WebDriver): Promise<WebKitPerson> {
    const person = new WebKitPerson(name, serverUrl, driver, await Wire.start(serverUrl));
    await driver.openWindow();
    // A page of the same origin, without code that would come in as somebody else.
    await person.goto('/favicon.svg');
    await person.evaluate(async (entered) => {
      const headers = { 'content-type': 'application/json' };
      await fetch('/api/session', { method: 'POST', headers, body: JSON.stringify({ name: entered }) });
    }, name);
    return person;
  }

  readonly keyboard: Keyboard = {
    type: async (text, { delay = 0 } = {}) => this.#act('key', typing(text, delay)),
    press: async (key) => this.#act('key', chord(key)),
  };

  readonly mouse: Mouse = {
    move: async (x, y, { steps = 1 } = {}) => this.#act('pointer', [moveTo(x, y, steps)]),
    down: async () => this.#act('pointer', [{ type: 'pointerDown', button: 0 }]),
    up: async () => this.#act('pointer', [{ type: 'pointerUp', button: 0 }]),
    click: async (x, y) => {
      await this.#act('pointer', [
        moveTo(x, y, 1),
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]);
    },
  };

  /** Of the server by its wire; pages of others by their own addresses. */
  async goto(address: string): Promise<void> {
    const { origin, pathname, search, hash, href } = new URL(address, this.#serverUrl);
    const url = origin === this.#serverUrl ? `${this.network.url}${pathname}${search}${hash}` : href;
    await this.driver.send('POST', '/url', { url });
  }

  /** Finds the editor in the page or in a frame of it, which everything after is sent to. */
  override async whenReady(): Promise<void> {
    await expect.poll(() => this.#findEditor(), { intervals: [20, 50, 100], timeout: 40_000 }).toBe(true);
    await super.whenReady();
  }

  async reload(): Promise<void> {
    await this.driver.send('POST', '/refresh', {});
  }

  async leave(): Promise<void> {
    await this.driver.closeWindow();
    this.network.stop();
  }

  async evaluate<R, A = undefined>(run: (argument: A) => R | Promise<R>, argument?: A): Promise<R> {
    const script = `const [argument, done] = arguments;
      (async () => (${run.toString()})(argument))().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const outcome = await this.driver.send<{ value: R; error?: string }>('POST', '/execute/async', {
      script,
      args: [argument ?? null],
    });
    if (outcome.error !== undefined) throw new Error(`In WebKit's page: ${outcome.error}`);
    return outcome.value;
  }

  async clickOn(testId: string): Promise<void> {
    const read = (wanted: string): { x: number; y: number } | null => {
      const element = document.querySelector(`[data-testid="${wanted}"]`);
      const { left, top, width, height } = element?.getBoundingClientRect() ?? new DOMRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const hit = document.elementFromPoint(x, y);
      return element?.contains(hit) === true ? { x, y } : null;
    };
    await expect.poll(() => this.evaluate(read, testId), `${testId} can be clicked`).not.toBeNull();
    const { x, y } = (await this.evaluate(read, testId))!;
    await this.mouse.click(x, y);
  }

  async get(address: string): Promise<Answer> {
    const answer = await fetch(new URL(address, this.#serverUrl));
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
  }

  override async placeOf(line: number, column: number): Promise<Box> {
    const box = await super.placeOf(line, column);
    return { ...box, left: box.left + this.#frameAt.x, top: box.top + this.#frameAt.y };
  }

  async #findEditor(): Promise<boolean> {
    await this.#enterFrame(null);
    this.#frameAt = { x: 0, y: 0 };
    if (await this.ask('hasEditor', null)) return true;
    const frames = await this.driver.send<object[]>('POST', '/elements', { using: 'css selector', value: 'iframe' });
    for (const frame of frames) {
      const [reference] = Object.values(frame) as [string];
      const place = await this.driver.send<{ x: number; y: number }>('GET', `/element/${reference}/rect`);
      await this.#enterFrame(frame);
      if (await this.ask('hasEditor', null)) {
        this.#frameAt = place;
        return true;
      }
      await this.#enterFrame(null);
    }
    return false;
  }

  /** Sends commands to a frame of the page, by its element, or to the page itself. */
  async #enterFrame(id: object | null): Promise<void> {
    await this.driver.send('POST', '/frame', { id });
  }

  /** `actions` of one source; keys and buttons that are down stay down until they are let go. */
  async #act(type: 'key' | 'pointer', actions: readonly Action[]): Promise<void> {
    await this.driver.send('POST', '/actions', { actions: [{ type, id: type, actions }] });
  }
}

/** WebDriver takes whole pixels, and makes steps of its own where a move takes time. */
function moveTo(x: number, y: number, steps: number): Action {
  return { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: steps > 1 ? steps * 20 : 0 };
}
