import address from './worker/preview-worker.ts?worker&url';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(address: string): string };
}

/** The policy of the page lets a worker run only if it is named so; whatever is asked for, it is this one. */
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('weft-preview', {
  createScriptURL: () => address,
});

/** The thread that renders; it reports by `onerror` that it could not be loaded. */
export function beginRenderThread(): Worker {
  return new Worker(policy?.createScriptURL(address) ?? address, { type: 'module' });
}
