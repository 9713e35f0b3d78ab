import { expect, test } from '@playwright/test';
import { ServerProcess } from '../testing/server-process.ts';
import { HeaderProxy } from './fixtures/header-proxy.ts';

for (const { env, remedy } of [
  { env: {}, remedy: 'behind a proxy, set WEFT_TRUST_PROXY=true' },
  { env: { WEFT_TRUST_PROXY: 'true' }, remedy: 'the proxy in front has to pass the host on as X-Forwarded-Host' },
]) {
  test(`behind a proxy that hides the host, the page says what mends it: “${remedy}” (FP4)`, async ({
    page,
    request,
  }) => {
    const server = await ServerProcess.start({ env });
    const proxy = await HeaderProxy.start(server.url, (headers) => ({ ...headers, host: 'weft.internal' }));
    try {
      const made = await request.post(`${server.url}/api/documents`, { data: { title: 'Plans' } });
      const { id } = (await made.json()) as { id: string };

      await page.goto(`${proxy.url}/d/${id}`);
      await expect(page.getByTestId('unopened')).toContainText(remedy);

      await page.goto(proxy.url);
      await expect(page.getByRole('main')).toContainText(remedy);
    } finally {
      proxy.stop();
      await server.dispose();
    }
  });
}
