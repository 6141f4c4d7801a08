// Prints what a reader of a built site fetches: `cargo xtask docs --bench` runs it.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { host, launch, weigh } from './support.mjs';

const folder = process.env.SITE;
const pages = readdirSync(folder, { recursive: true })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('index.html'))
  .map((path) => ({ path: path.replace(/index\.html$/, ''), size: statSync(join(folder, path)).size }));
const largest = (kind) => pages.filter(({ path }) => kind.test(path)).sort((a, b) => b.size - a.size)[0]?.path;
const kinds = { catalogue: '', integration: largest(/^integrations\/[^/]+\/$/), action: largest(/\/actions\/[^/]+\/$/) };

const site = { ...(await host(folder)), browser: await launch() };
const figures = {};
for (const [kind, path] of Object.entries(kinds)) {
  if (path === undefined) continue;
  const { view, search, milliseconds } = await weigh(site, path, 'get user');
  figures[kind] = { page: path, firstViewBytes: view, firstSearchBytes: search, firstSearchMilliseconds: milliseconds };
}
await site.browser.close();
site.server.close();
console.log(JSON.stringify(figures));
