// What readers do on the site of the real catalogue.

import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { browse, fits, SITE_PAGES, weigh } from './support.mjs';

const ACTION = SITE_PAGES.action;
const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

describe('search', () => {
  const site = browse('SITE');
  const ask = async (page, query) => {
    await page.keyboard.press('/');
    await page.keyboard.type(query);
    await page.waitForSelector('.suggestions:not([hidden]) [role=option]');
    return page.$$eval('.suggestions [role=option]', (options) => options.map((option) => option.textContent));
  };
  const isGetUser = (text) => text.startsWith('Get User') && !text.startsWith('Get User E') && !text.startsWith('Get Users') && text.includes('Confluence');

  test('"confluence user" suggests Get User first, and Enter opens it', async () => {
    const page = await site.open('');
    const found = await ask(page, 'confluence user');
    assert.ok(isGetUser(found[0]), found.join('\n'));
    await page.keyboard.press('Enter');
    await page.waitForURL(site.url(ACTION));
  });

  test('"accountId" suggests Get User, and leads to the parameter', async () => {
    const page = await site.open('');
    const found = await ask(page, 'accountId');
    const at = found.findIndex(isGetUser);
    assert.ok(at >= 0, found.join('\n'));
    for (let press = 0; press < at; press += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(site.url(`${ACTION}#parameter-accountId`));
  });

  test('the keyboard moves through suggestions and closes them', async () => {
    const page = await site.open(ACTION);
    await ask(page, 'label');
    const selected = () => page.$$eval('.suggestions [role=option]', (options) => options.findIndex((option) => option.getAttribute('aria-selected') === 'true'));
    assert.equal(await selected(), 0);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await selected(), 2);
    const active = await page.getAttribute('#finder', 'aria-activedescendant');
    assert.equal(await page.getAttribute(`#${active}`, 'aria-selected'), 'true');
    await page.keyboard.press('ArrowUp');
    assert.equal(await selected(), 1);
    await page.keyboard.press('Escape');
    assert.equal(await page.getAttribute('#finder', 'aria-expanded'), 'false');
    assert.equal(await page.isVisible('.suggestions'), false);
  });

  test('the page of results can be linked, filtered and extended', async () => {
    const page = await site.open('search/?q=confluence%20user');
    await page.waitForSelector('.results > li');
    const titles = () => page.$$eval('.results > li .hit-head a', (links) => links.map((link) => link.textContent));
    assert.equal((await titles())[0], 'Get User');
    assert.equal((await titles()).length, 15);
    await page.click('.more-results');
    await page.waitForFunction(() => document.querySelectorAll('.results > li').length > 15);
    await page.click('.kinds button:has-text("Integration")');
    await page.waitForURL(/kind=Integration/);
    await page.waitForFunction(() => document.querySelectorAll('.results > li').length === 1);
    assert.deepEqual(await titles(), ['Confluence']);
    await page.fill('#query', 'zzzqqq');
    await page.waitForFunction(() => document.querySelector('.found').textContent === 'No results for “zzzqqq”. Try other words, or the name of a system.');
  });
});

describe('an action', () => {
  const site = browse('SITE');

  test('the link of a parameter scrolls to it and marks it', async () => {
    const page = await site.open(ACTION);
    const before = await page.evaluate(() => scrollY);
    await page.locator('#parameter-expand').hover();
    await page.click('.definition:has(#parameter-expand) > .head > .anchor');
    await page.waitForFunction(() => location.hash === '#parameter-expand');
    const shown = async (tab) => {
      await tab.waitForFunction(() => {
        const { top } = document.getElementById('parameter-expand').getBoundingClientRect();
        return top > 60 && top < 200;
      });
      return tab.evaluate(() => getComputedStyle(document.querySelector('.definition:has(#parameter-expand)'), '::before').content);
    };
    assert.notEqual(await shown(page), 'none');
    assert.ok((await page.evaluate(() => scrollY)) > before);
    // The same from outside, as somebody is sent the link.
    assert.notEqual(await shown(await site.open(`${ACTION}#parameter-expand`)), 'none');
  });

  test('copy copies the sample that is shown', async () => {
    const page = await site.open(ACTION, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.click('[role=tab]:has-text("curl")');
    await page.click('.panel.is-open .copy');
    await page.waitForSelector('.panel.is-open .copy:has-text("Copied")');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^curl --request GET 'https:\/\/example\.atlassian\.net/);
    assert.equal(copied, await page.textContent('.panel.is-open code'));
  });

  test('samples are tabs, by mouse and keyboard, and the choice stays', async () => {
    const page = await site.open(ACTION);
    const shown = () => page.$$eval('.tabs .panel', (panels) => panels.filter((panel) => panel.offsetParent).map((panel) => panel.dataset.label));
    const labels = await page.$$eval('[role=tab]', (tabs) => tabs.map((tab) => tab.textContent));
    assert.deepEqual(labels, ['Rust', 'curl', 'JSON']);
    assert.deepEqual(await shown(), ['Rust']);
    await page.focus('[role=tab][aria-selected=true]');
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await shown(), ['curl']);
    await page.goto(site.url('integrations/github/actions/get-repository/'));
    assert.deepEqual(await shown(), ['curl']);
  });

  test('without scripts every sample and every integration is there', async () => {
    const page = await site.open(ACTION, { javaScriptEnabled: false });
    assert.equal(await page.locator('.tabs .panel:visible').count(), 3);
    assert.equal(await page.locator('.copy').count(), 0);
    await page.goto(site.url(''));
    assert.ok((await page.locator('.card:visible').count()) >= 14);
    assert.equal(await page.isVisible('.filter'), false);
  });

  test('long examples are folded', async () => {
    const page = await site.open(ACTION);
    const summary = page.locator('summary:has-text("822 lines")');
    assert.equal(await page.locator('details:has(summary:has-text("822 lines")) pre').isVisible(), false);
    await summary.click();
    assert.equal(await page.locator('details:has(summary:has-text("822 lines")) pre').isVisible(), true);
  });

  test('the way to other pages: breadcrumbs, neighbours, on this page, spec', async () => {
    const page = await site.open(ACTION);
    assert.deepEqual(await page.$$eval('.crumbs a', (links) => links.map((link) => link.textContent)), ['ActionSpec', 'Collaboration and Documents', 'Confluence', 'Actions']);
    assert.equal(await page.getAttribute('.edit', 'href'), 'https://git.example.com/acme/catalog/edit/main/specs/confluence/actions/get_user.yaml');
    const sections = await page.$$eval('.contents a', (links) => links.map((link) => link.textContent));
    assert.ok(['Permissions', 'Parameters', 'Values of Expand', 'Example calls', 'Output', 'Errors'].every((name) => sections.includes(name)), sections.join());
    await page.click('.contents a:has-text("Errors")');
    await page.waitForSelector('.contents a[aria-current]:has-text("Errors")');
    await page.click('.pager .next');
    await page.click('.pager .previous');
    await page.waitForURL(site.url(ACTION));
    assert.equal(await page.textContent('.sidebar [aria-current]'), 'Get User');
  });

  test('the twin and the schemas of a page are served', async () => {
    const page = await site.open(ACTION);
    const twin = await page.getAttribute('link[type="text/markdown"]', 'href');
    const get = (href) => page.evaluate(async (to) => (await fetch(to)).text(), href);
    assert.match(await get(twin), /^# Get User$/m);
    const schema = JSON.parse(await get('arguments.schema.json'));
    assert.deepEqual(schema.required, ['accountId']);
    assert.ok(JSON.parse(await get('result.schema.json')).$defs.User);
  });
});

describe('the whole', () => {
  const site = browse('SITE');

  test('the theme follows the system until the reader chooses, and the choice stays', async () => {
    const dark = await site.open(ACTION, { colorScheme: 'dark' });
    const light = await site.open(ACTION, { colorScheme: 'light' });
    const [night, day] = [await background(dark), await background(light)];
    assert.notEqual(night, day);
    assert.equal(await dark.getAttribute('.theme', 'aria-pressed'), 'true');
    await dark.click('.theme');
    assert.equal(await background(dark), day);
    await dark.reload();
    assert.equal(await background(dark), day);
    // No flash: the choice stands before the page's own scripts run.
    assert.equal(await dark.evaluate(() => document.querySelector('head script:not([type])').src.includes('theme.js')), true);
    await dark.click('.theme');
    assert.equal(await background(dark), night);
  });

  for (const [kind, path] of Object.entries(SITE_PAGES)) {
    test(`no sideways scroll at 360 px: ${kind}`, async () => {
      const page = await site.open(path, { viewport: { width: 360, height: 740 }, lost: kind === 'not found' });
      if (kind === 'search') await page.waitForSelector('.results > li');
      await fits(page);
    });
  }

  test('the actions of an integration are filtered by words and effect', async () => {
    const page = await site.open(SITE_PAGES.integration);
    await page.fill('.narrow input', 'label');
    await page.click('.narrow button:has-text("destructive")');
    const shown = await page.$$eval('.listing li', (items) => items.filter((item) => item.offsetParent).map((item) => item.querySelector('a').textContent));
    assert.ok(shown.includes('Remove Label from Content') && !shown.includes('List Labels'), shown.join());
  });

  test('on a phone the sidebar opens and closes', async () => {
    const page = await site.open(ACTION, { viewport: { width: 360, height: 740 } });
    assert.equal(await page.isVisible('.sidebar'), false);
    await page.click('.menu');
    assert.equal(await page.isVisible('.sidebar a[aria-current]'), true);
    await fits(page);
    await page.click('.menu');
    assert.equal(await page.isVisible('.sidebar'), false);
  });

  test('what is not there is told, with links that work at any depth', async () => {
    const page = await site.open('nowhere/at/all/', { lost: true });
    assert.equal(await page.textContent('h1'), 'Page not found');
    await page.click('.button');
    await page.waitForURL(site.url(''));
  });

  test('the keyboard alone reaches the content', async () => {
    const page = await site.open(ACTION);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    assert.ok(await page.isVisible('.skip'));
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, 'none');
  });

  test('a first view and a first search stay below 150 and 300 kB', async () => {
    for (const [path, query] of [['', 'user'], [ACTION, 'disable user okta'], [SITE_PAGES.integration, 'quarantine the endpoint']]) {
      const { view, search } = await weigh(site, path, query);
      assert.ok(view > 10_000 && view < 150_000, `${path}: ${view} bytes to view`);
      assert.ok(search > 50_000 && search < 300_000, `${path}: ${search} bytes to search`);
    }
  });
});
