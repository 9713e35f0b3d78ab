#!/usr/bin/env node
// What Playwright starts in place of Firefox: it starts the Firefox in WEFT_FIREFOX with the same options, and passes WebDriver
// BiDi on. Playwright 1.65 asks for media features in each new context, which Firefox 153 does not know yet; no option
// keeps it from asking, and it gives up where it hears that. So a command that Firefox does not know is answered here with success.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';

/** The command that Firefox may not know. */
const OPTIONAL = 'emulation.setMediaFeaturesOverride';
/** How Firefox says where it listens, and how Playwright reads it. */
const LISTENING = 'WebDriver BiDi listening on ';

const firefox = spawn(process.env['WEFT_FIREFOX'] ?? 'firefox-esr', process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe'],
});
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => firefox.kill(signal));
firefox.on('exit', (code) => process.exit(code ?? 1));
createInterface({ input: firefox.stderr }).on('line', (line) => {
  const address = line.startsWith(LISTENING) ? line.slice(LISTENING.length).trim() : undefined;
  if (address === undefined) process.stderr.write(`${line}\n`);
  else listenFor(address);
});

/** @param {string} address Firefox's own, as in `ws://127.0.0.1:1234` */
function listenFor(address) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    process.stderr.write(`${LISTENING}ws://127.0.0.1:${port}\n`);
  });
  server.on('connection', (playwright, { url }) => relay(playwright, address + (url ?? '')));
}

/**
 * @param {WebSocket} playwright
 * @param {string} address
 */
function relay(playwright, address) {
  const real = new WebSocket(address, { perMessageDeflate: false, maxPayload: 0 });
  /** Commands that came before Firefox was reached. @type {string[]} */
  const early = [];
  /** The ids of optional commands under way. */
  const optional = new Set();
  real.on('open', () => early.splice(0).forEach((text) => real.send(text)));
  real.on('message', (data) => {
    const text = data.toString();
    const { id, type, error } = optional.size > 0 ? JSON.parse(text) : {};
    const isUnknown = optional.delete(id) && type === 'error' && error === 'unknown command';
    playwright.send(isUnknown ? JSON.stringify({ type: 'success', id, result: {} }) : text);
  });
  playwright.on('message', (data) => {
    const text = data.toString();
    if (text.includes(OPTIONAL)) {
      const { id, method } = JSON.parse(text);
      if (method === OPTIONAL) optional.add(id);
    }
    if (real.readyState === WebSocket.OPEN) real.send(text);
    else early.push(text);
  });
  real.on('close', () => playwright.close());
  real.on('error', () => playwright.close());
  playwright.on('close', () => real.close());
}
