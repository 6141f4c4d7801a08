// Small screens, fingers, paper, and addresses that lead nowhere.

import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { browse, fits, SITE_PAGES } from './support.mjs';

const ACTION = SITE_PAGES.action;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe('small screens', () => {
  const site = browse('SITE');

  test('a wide table is a card a row, with the name of its column before each value', async () => {
    const page = await site.open(ACTION, PHONE);
    const cells = page.locator('.table-wide:below(#values-of-expand) tbody tr').first().locator('td');
    const boxes = await cells.evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect()).map(({ left, width, top }) => ({ left, width, top })));
    assert.ok(boxes.length >= 3);
    assert.ok(boxes.every(({ left, width }) => left === boxes[0].left && width > 280), JSON.stringify(boxes));
    const label = await cells.nth(1).evaluate((cell) => getComputedStyle(cell, '::before').content);
    assert.match(label, /Description/);
    await fits(page);
  });

  test('no page scrolls sideways inside a table on a phone', async () => {
    for (const path of [ACTION, SITE_PAGES.connection, 'changelog/', 'features/']) {
      const page = await site.open(path, PHONE);
      const wide = await page.$$eval('.table-wide', (all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent.slice(0, 60)));
      assert.deepEqual(wide, [], path);
    }
  });

  test('on a laptop and on a phone the contents are in a fold', async () => {
    for (const viewport of [{ width: 1024, height: 768 }, PHONE.viewport]) {
      const page = await site.open(ACTION, { viewport });
      assert.equal(await page.isVisible('.contents'), false);
      await page.click('.fold summary');
      await page.click('.fold a:has-text("Errors")');
      await page.waitForFunction(() => {
        const { top } = document.getElementById('errors').getBoundingClientRect();
        return location.hash === '#errors' && top >= 0 && top < 240;
      });
      await fits(page);
    }
    const page = await site.open(ACTION, { viewport: { width: 1440, height: 900 } });
    assert.equal(await page.isVisible('.contents'), true);
    assert.equal(await page.isVisible('.fold'), false);
  });

  test('what can be pressed is at least 24 px high and wide', async () => {
    for (const path of ['', SITE_PAGES.integration, ACTION, SITE_PAGES.connection, SITE_PAGES.search]) {
      const page = await site.open(path, PHONE);
      if (path === SITE_PAGES.search) await page.waitForSelector('.results > li');
      const small = await page.$$eval('a, button, summary, input, select', (all) => all
        // A link in a sentence is as high as its line (WCAG 2.5.8).
        .filter((one) => one.offsetParent && !one.closest('.hidden, p, td, dd, .note, .skip, .card h3, .ways h2') && !(one.closest('article li, .definition') && one.matches('a:not(.anchor)')))
        .map((one) => ({ box: one.getBoundingClientRect(), text: one.outerHTML.slice(0, 90) }))
        .filter(({ box }) => box.height < 24 || box.width < 24)
        .map(({ box, text }) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${text}`));
      assert.deepEqual(small, [], path);
    }
  });

  test('only what scrolls is a stop of the keyboard', async () => {
    const page = await site.open('integrations/aws/actions/list-users/', { viewport: { width: 1440, height: 900 } });
    await page.waitForFunction(() => [...document.querySelectorAll('.table')].some((one) => !one.hasAttribute('tabindex')));
    const wrong = await page.$$eval('.table, .code > pre', (all) => all
      .filter((one) => one.offsetParent && (one.tabIndex === 0) !== (one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight))
      .map((one) => one.textContent.slice(0, 60)));
    assert.deepEqual(wrong, []);
  });
});

describe('facts', () => {
  const site = browse('SITE');

  test('every action has a box of facts, and no other table is one', async () => {
    const page = await site.open(ACTION);
    assert.deepEqual(await page.$$eval('.facts dt', (names) => names.map((name) => name.textContent)), ['Action', 'Effect', 'Request']);
    for (const slug of ['crowdstrike', 'duo', 'okta', 'wiz', 'kubernetes']) {
      await page.goto(site.url(`integrations/${slug}/connect/`));
      assert.equal(await page.locator('.facts').count(), 0, slug);
      assert.ok((await page.locator('table th:has-text("Variable")').count()) > 0, slug);
    }
  });
});

describe('paper', () => {
  const site = browse('SITE');

  test('samples have their names, examples are whole, links have addresses, in the light theme', async () => {
    const page = await site.open(ACTION, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    const labels = await page.$$eval('.panel > .label', (all) => all.filter((one) => one.offsetParent).map((one) => one.textContent));
    assert.equal(labels.length, await page.locator('.panel').count());
    assert.ok(labels.length > 1);
    assert.equal(await page.isVisible('.sidebar'), false);
    const address = await page.$eval('.page a[href^="https:"]', (link) => getComputedStyle(link, '::after').content);
    assert.match(address, /https:/);
    const cut = await page.$$eval('.panel pre', (all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
    assert.equal(cut, 0);
  });

  test('a printed page has the whole example, and is as before afterwards', async () => {
    const page = await site.open('integrations/confluence/actions/get-user/');
    const folds = await page.$$eval('.page details:not(.fold)', (all) => all.map((one) => one.open));
    const pdf = await page.pdf({ format: 'A4', printBackground: true });
    const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g).length;
    const lines = await page.$eval('.page details:not(.fold) code', (code) => code.textContent.split('\n').length);
    // 60 lines fit on a page.
    assert.ok(pages >= lines / 60, `${pages} pages for an example of ${lines} lines`);
    assert.deepEqual(await page.$$eval('.page details:not(.fold)', (all) => all.map((one) => one.open)), folds);
  });
});

describe('not found', () => {
  const site = browse('SITE');
  const suggested = async (path) => {
    const page = await site.open(path, { lost: true });
    await page.waitForSelector('.nearest:not([hidden]) li');
    return { page, titles: await page.$$eval('.nearest a', (links) => links.map((link) => link.textContent)) };
  };

  test('a misspelt action suggests the action', async () => {
    const { page, titles } = await suggested('integrations/conflunce/actions/get-usr/');
    assert.equal(titles[0], 'Get User');
    assert.ok(titles.length <= 5, titles.join());
    await page.click('.nearest a');
    await page.waitForURL(site.url(ACTION));
  });

  test('a shortened address, another order of words, a guide', async () => {
    assert.equal((await suggested('okta/user-list')).titles[0], 'List Users');
    assert.equal((await suggested('kubernets/')).titles[0], 'Kubernetes');
    assert.equal((await suggested('refrence/acton/')).titles[0].toLowerCase().includes('action'), true);
  });

  test('the words of the address are a search, and nothing near suggests nothing', async () => {
    const page = await site.open('integrations/okta/actions/unlock-account/', { lost: true });
    await page.waitForSelector('.search-words:not([hidden])');
    assert.equal(await page.$eval('.search-words a', (link) => link.href), site.url('search/?q=okta%20unlock%20account'));
    const lost = await site.open('qwertyzxc/', { lost: true });
    await lost.waitForLoadState('networkidle');
    assert.equal(await lost.isVisible('.nearest'), false);
  });
});
