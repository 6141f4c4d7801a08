// What programs and search engines read.

import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { browse, SITE_PAGES } from './support.mjs';

describe('for agents and tools', () => {
  const site = browse('SITE');
  const get = (page, path) => page.evaluate(async (address) => (await fetch(address)).text(), site.url(path));

  test('the Markdown of a page is at its address with .md in the place of the last slash', async () => {
    const page = await site.open('');
    for (const path of ['integrations/confluence/', 'integrations/confluence/connect/', SITE_PAGES.action, 'guides/', 'guides/errors/', 'reference/', 'changelog/', 'features/']) {
      const text = await get(page, path.replace(/\/$/, '.md'));
      assert.match(text, /^# /m, path);
    }
  });

  test('"Copy page" copies the Markdown', async () => {
    const page = await site.open(SITE_PAGES.action, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.click('.copy-page');
    await page.waitForSelector('.copy-page:has-text("Copied as Markdown")');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^# Get User$/m);
    assert.match(copied, /^## Parameters$/m);
  });

  test('all pages of an integration are one file', async () => {
    const page = await site.open('integrations/okta/');
    const text = await get(page, 'integrations/okta/llms-full.txt');
    for (const title of ['Okta', 'Connect to Okta', 'List Users', 'Sign-In Failed']) assert.match(text, new RegExp(`^# ${title}$`, 'm'));
    assert.ok(await page.isVisible('.machine a:has-text("All pages in one file")'));
  });

  test('a page has structured data, a card for links, a colour, and the version of its crate', async () => {
    const page = await site.open(SITE_PAGES.action);
    const data = JSON.parse(await page.textContent('script[type="application/ld+json"]'));
    const [article, crumbs] = data['@graph'];
    assert.equal(article.headline, 'Get User');
    assert.equal(article.url, 'https://docs.example.com/docs/integrations/confluence/actions/get-user/');
    assert.deepEqual(crumbs.itemListElement.map(({ name, item }) => [name, item.replace('https://docs.example.com/docs/', '')]), [
      ['ActionSpec', ''], ['Collaboration and Documents', 'categories/collaboration/'], ['Confluence', 'integrations/confluence/'], ['Actions', 'integrations/confluence/#actions'],
    ]);
    const content = (name) => page.getAttribute(`meta[property="${name}"]`, 'content');
    assert.equal(await content('og:url'), article.url);
    assert.equal(await content('og:site_name'), 'ActionSpec');
    assert.equal(await page.locator('meta[name="theme-color"]').count(), 2);
    assert.match(await page.textContent('.package'), /actionspec-confluence 0\.1\.0/);
  });
});
