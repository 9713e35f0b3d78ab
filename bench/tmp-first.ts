import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { launchBrowser } from './browser/launch.ts';
import { longText } from './browser/long-text.ts';
import { MeasuredPage } from './browser/measured-page.ts';
import { bundlePageScript } from './browser/page-scripts.ts';
import { quantile } from './measure/statistics.ts';
const roots: [string, string][] = process.argv.slice(3).map((x) => x.split('=') as [string, string]);
const rounds = Number(process.argv[2]);
const text = longText(1_000_000);
const probe = await bundlePageScript('probe');
const kids: any[] = [];
const sites: { name: string; url: string; first: number[]; long: number[] }[] = [];
let port = 41001;
for (const [name, root] of roots) {
  const data = mkdtempSync('/tmp/first-');
  const p = port++;
  kids.push(spawn(process.execPath, [`${root}/dist/server/main.js`], { cwd: root, env: { ...process.env, PORT: String(p), WEFT_DATA: data, WEFT_GUESTS_PER_MINUTE: '100000', WEFT_DOCUMENTS_PER_MINUTE: '10000' }, stdio: 'ignore' }));
  const base = `http://127.0.0.1:${p}`;
  for (let i = 0; i < 100; i++) { try { await fetch(base); break; } catch { await new Promise((r) => setTimeout(r, 100)); } }
  let cookie = '';
  for (const path of ['/api/guests', '/api/guest', '/api/me', '/api/session']) {
    const r = await fetch(base + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'B' }) });
    const c = r.headers.getSetCookie()[0];
    if (c) { cookie = c.split(';')[0]!; break; }
  }
  const r = await fetch(`${base}/api/documents`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify({ title: 'Benchmark', linkAccess: 'edit', content: text }) });
  const j = (await r.json()) as any;
  if (!j.id) throw new Error(JSON.stringify(j));
  sites.push({ name, url: `${base}/d/${j.id}`, first: [], long: [] });
}
const b = await launchBrowser();
try {
  for (let i = 0; i < rounds + 1; i++) for (const s of sites) {
    const m = await MeasuredPage.open(b, probe);
    await m.page.goto(`${s.url}?debug`);
    await m.page.getByTestId('editor').waitFor({ timeout: 30000 });
    await m.page.getByTestId('word-count').getByText('words').waitFor({ timeout: 30000 });
    const { longTasks, firstText } = await m.report();
    if (i > 0) { s.first.push(firstText!); s.long.push(Math.max(0, ...longTasks.map((t) => t.duration))); }
    await m.close();
  }
} finally { await b.close(); kids.forEach((k) => k.kill()); }
for (const s of sites) console.log(s.name, 'first p50', quantile(s.first, 0.5).toFixed(0), 'p25', quantile(s.first, 0.25).toFixed(0), 'min', Math.min(...s.first).toFixed(0), 'long p50', quantile(s.long, 0.5).toFixed(0));
process.exit(0);
