import type { Browser } from '@playwright/test';
import { HostSite } from '../browser/host-site.ts';
import { launchBrowser } from '../browser/launch.ts';
import { longText } from '../browser/long-text.ts';
import { bundlePageScript } from '../browser/page-scripts.ts';
import { RunningWeft } from '../servers/weft.ts';
import type { Cell } from './workload.ts';

/** UTF-16 units of the documents that hosts embed: some pages of notes. */
const LENGTH = 10_000;

/** A website that embeds documents, a server that lets it, and a browser for its visitors. */
export class EmbedHost {
  readonly text = longText(LENGTH);

  private constructor(
    readonly site: HostSite,
    readonly server: RunningWeft,
    readonly browser: Browser,
    readonly probe: string,
  ) {}

  static async start(cell: Cell): Promise<EmbedHost> {
    const site = await HostSite.start();
    const server = await cell.start({ settings: { WEFT_ORIGINS: site.origin }, isAsShipped: true });
    if (!(server instanceof RunningWeft)) throw new Error('Only the product can be embedded');
    return new EmbedHost(site, server, await launchBrowser(), await bundlePageScript('probe'));
  }

  /** A document with the text, which whoever has the link may write in. */
  createDocument(): Promise<string> {
    return this.server.createDocument(this.text);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.site.stop();
  }
}
