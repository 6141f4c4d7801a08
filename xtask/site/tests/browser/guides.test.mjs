// The guides and the landing page: what this is, and how to begin.

import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { browse } from './support.mjs';

describe('guides', () => {
  const site = browse('SITE');

  test('the landing page says in one screen what this is, and leads to the first guide', async () => {
    const page = await site.open('', { viewport: { width: 1440, height: 900 } });
    assert.equal(await page.title(), 'ActionSpec');
    assert.equal(await page.textContent('h1'), 'ActionSpec');
    const top = await page.$eval('#catalogue', (head) => head.getBoundingClientRect().bottom);
    assert.ok(top < 900, `the catalogue begins at ${top} px`);
    await page.click('.hero-links a:has-text("Get started")');
    await page.waitForURL(site.url('guides/start/'));
  });

  test('the guides are read one after the other', async () => {
    const page = await site.open('');
    await page.click('.site-menu a:has-text("Guides")');
    await page.waitForURL(site.url('guides/'));
    const titles = await page.$$eval('.sidebar li a', (links) => links.map((link) => link.textContent));
    assert.equal(titles.length, 11);
    for (const title of titles.slice(1)) {
      await page.click('.pager .next');
      await page.waitForFunction((wanted) => document.querySelector('h1')?.textContent === wanted, title);
      assert.equal(await page.textContent('.sidebar [aria-current]'), title);
      assert.ok((await page.getAttribute('meta[name=description]', 'content')).length > 40, title);
    }
    assert.equal(await page.locator('.pager .next').count(), 0);
  });

  test('llms.txt lists the guides, and a page of each has a twin', async () => {
    const page = await site.open('guides/errors/');
    const twin = await page.evaluate(async () => (await fetch(document.querySelector('link[type="text/markdown"]').href)).text());
    assert.match(twin, /^# Errors and Retries$/m);
    const list = await page.evaluate(async (address) => (await fetch(address)).text(), site.url('llms.txt'));
    assert.match(list, /## Guides\n\n- \[Guides\]\(.*guides\.md\)\n- \[Get Started\]\(.*guides\/start\.md\)/);
  });
});
