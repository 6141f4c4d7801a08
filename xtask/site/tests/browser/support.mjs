// A plain static host on loopback, and a browser that notes what no page may do.

import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path/posix';
import { after, afterEach, before, beforeEach } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

export const BASE = process.env.BASE_PATH ?? '/docs/';
const TYPES = {
  html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', json: 'application/json', svg: 'image/svg+xml',
  md: 'text/markdown; charset=utf-8', txt: 'text/plain; charset=utf-8', xml: 'application/xml',
};
const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
// Without these Chromium calls its maker at every start.
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launch = () => {
  assert.ok(CHROMIUM, 'no Chromium: install the package `chromium`, or set CHROMIUM to its path');
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
};

// Serves a folder as any static host does: folders have an index, what is not there is `404.html`.
export async function host(folder) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    const answer = async (status, file) => {
      const type = TYPES[file.split('.').pop()] ?? 'application/octet-stream';
      response.writeHead(status, { 'content-type': type }).end(await readFile(file));
    };
    const inside = path.startsWith(BASE) && !path.includes('..');
    const file = join(folder, path.slice(BASE.length), path.endsWith('/') ? 'index.html' : '');
    const found = inside && (await stat(file).catch(() => null))?.isFile();
    await (found ? answer(200, file) : answer(404, join(folder, '404.html')));
  });
  await new Promise((listen) => server.listen(0, '127.0.0.1', listen));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

// The built site of a variable of the environment, in a browser. `open` gives a page; after every test no page may have complained, asked
// another host, or opened a dialog.
export function browse(variable) {
  const folder = process.env[variable];
  assert.ok(folder, `${variable} must name a built site; \`cargo xtask docs --test\` does`);
  const context = { folder, complaints: [] };
  let contexts = [];
  before(async () => {
    Object.assign(context, await host(folder));
    context.browser = await launch();
  });
  after(async () => {
    await context.browser?.close();
    context.server?.close();
    context.server?.closeAllConnections();
  });
  beforeEach(() => {
    context.complaints = [];
  });
  afterEach(async () => {
    await Promise.all(contexts.map((one) => one.close()));
    contexts = [];
    assert.deepEqual(context.complaints, []);
  });
  context.url = (path) => `${context.origin}${BASE}${path}`;
  context.open = async (path, options = {}) => {
    const own = await context.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    contexts.push(own);
    const page = await own.newPage();
    const complain = (what) => context.complaints.push(`${page.url()}: ${what}`);
    page.on('pageerror', (error) => complain(error.message));
    page.on('dialog', (dialog) => complain(`dialog ${dialog.message()}`));
    page.on('console', (message) => {
      // The browser tells of the status of "not found" pages, which are meant.
      if (['error', 'warning'].includes(message.type()) && !(options.lost && message.text().includes('404'))) complain(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(context.origin) && !/^(data|blob):/.test(request.url())) complain(`asked ${request.url()}`);
    });
    await page.goto(context.url(path));
    return page;
  };
  return context;
}

// Fails if a page is wider than its window.
export async function fits(page) {
  const { wide, width } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, width: innerWidth }));
  assert.ok(wide <= width, `${page.url()} is ${wide} px wide in a window of ${width} px`);
}

// The bytes, as they are on the host, of a first view of a page and a first search on it; and how long the search took after its first key.
export async function weigh(site, path, query) {
  const context = await site.browser.newContext();
  const page = await context.newPage();
  let bodies = [];
  const note = (response) => bodies.push(response.body());
  page.on('response', note);
  const settle = async () => {
    await page.waitForLoadState('networkidle');
    const sizes = (await Promise.all(bodies)).map((body) => body.length);
    bodies = [];
    return sizes.reduce((sum, size) => sum + size, 0);
  };
  await page.goto(`${site.origin}${BASE}${path}`);
  const view = await settle();
  await page.keyboard.press('/');
  const start = performance.now();
  await page.keyboard.type(query);
  await page.waitForSelector('.suggestions:not([hidden]) [role=option]');
  const milliseconds = Math.round(performance.now() - start);
  const search = await settle();
  // What the page fetches later is not part of the search, but must arrive before the page goes.
  page.off('response', note);
  await Promise.allSettled(bodies);
  await context.close();
  return { view, search, milliseconds };
}

// Kinds of pages, each with a page of it.
export const SITE_PAGES = {
  catalogue: '',
  integration: 'integrations/confluence/',
  connection: 'integrations/confluence/connect/',
  action: 'integrations/confluence/actions/get-user/',
  trigger: 'integrations/okta/triggers/sign-in-failed/',
  changelog: 'changelog/',
  guide: 'guides/calling/',
  category: 'categories/identity/',
  reference: 'reference/action/',
  search: 'search/?q=user',
  'not found': 'nowhere/at/all/',
};

export const CONFORMANCE_PAGES = {
  catalogue: '',
  'deprecated action': 'integrations/chaos/actions/get-everything/',
  connection: 'integrations/chaos/connect/',
  trigger: 'integrations/chaos/triggers/thing-changed/',
  changelog: 'changelog/',
  'hostile integration': 'integrations/hostile/',
  'hostile action': 'integrations/hostile/actions/say-anything/',
  'hostile trigger': 'integrations/hostile/triggers/shout/',
  markup: 'integrations/markup/actions/list-things/',
};
