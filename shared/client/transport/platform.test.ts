import { describe, expect, it } from 'vitest';
import { newClientId } from '../outbox/outbox.ts';
import { browserLifecycle } from './platform.ts';

class Source extends EventTarget {
  visibilityState = 'visible';
}

describe('the surroundings of a page', () => {
  it('wake it when it is online, visible or shown again, and put it to sleep when it is hidden; leaving is another thing', () => {
    const document = new Source();
    const page = Object.assign(new Source(), { navigator: { onLine: true }, document });
    const pageLifecycle = browserLifecycle(page);
    const heard: string[] = [];
    const ends = [
      pageLifecycle.onWake(() => heard.push('wake')),
      pageLifecycle.onSleep!(() => heard.push('sleep')),
      pageLifecycle.onLeave!(() => heard.push('leave')),
    ];
    page.dispatchEvent(new Event('online'));
    page.dispatchEvent(new Event('pageshow'));
    document.visibilityState = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    page.dispatchEvent(new Event('pagehide'));
    document.visibilityState = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(heard).toEqual(['wake', 'wake', 'sleep', 'leave', 'wake']);
    page.navigator.onLine = false;
    expect(pageLifecycle.isOnline).toBe(false);
    const ending = pageLifecycle.onOffline!(() => heard.push('offline'));
    page.dispatchEvent(new Event('offline'));
    expect(heard.splice(5)).toEqual(['offline']);
    ending();
    page.dispatchEvent(new Event('offline'));
    for (const end of ends) end();
    page.dispatchEvent(new Event('online'));
    expect(heard).toHaveLength(5);
  });
});

describe('a fresh clientId', () => {
  it('is 22 base64url characters, and another one each time', () => {
    const ids = Array.from({ length: 1000 }, () => newClientId());
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });
});
