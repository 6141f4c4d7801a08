// The catalogue: filters that combine, categories, cards, and the way from one integration to another.

import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { browse, fits } from './support.mjs';

describe('the catalogue', () => {
  const site = browse('SITE');
  const shown = (page) => page.$$eval('.card', (cards) => cards.filter((card) => !card.hidden).map((card) => card.querySelector('h3').textContent.trim()));
  const chip = (facet, value) => `[data-facet=${facet}] button[value=${value}]`;

  test('security systems with OAuth: choices of a facet are alternatives, facets combine', async () => {
    const page = await site.open('');
    const all = (await shown(page)).length;
    for (const category of ['identity', 'endpoint', 'cloud']) await page.click(chip('category', category));
    await page.click(chip('authentication', 'oauth-2'));
    assert.deepEqual(await shown(page), ['CrowdStrike Falcon', 'Microsoft Entra ID', 'Okta', 'Wiz']);
    await page.click(chip('triggers', 'webhook'));
    assert.deepEqual(await shown(page), ['Okta']);
    assert.match(await page.textContent('.filter .found'), /^1 of /);
    const again = await site.open(new URL(page.url()).search);
    assert.deepEqual(await shown(again), ['Okta']);
    await again.click('.filter [type=reset]');
    await again.waitForFunction((count) => document.querySelectorAll('.card:not([hidden])').length === count, all);
    assert.equal(new URL(again.url()).search, '');
  });

  test('OAuth is one value with its grants below it, and a choice tells how many it would show', async () => {
    const page = await site.open('');
    const count = async (value) => Number(await page.textContent(`${chip('authentication', value)} span`));
    const whole = await count('oauth-2');
    assert.equal(whole, (await count('oauth-2-authorization-code')) + (await count('oauth-2-client-credentials')));
    await page.click(chip('protocol', 'tcp'));
    assert.equal(await count('oauth-2'), 0);
    assert.ok(await page.isDisabled(chip('authentication', 'oauth-2')));
    assert.deepEqual(await shown(page), ['Whois']);
  });

  test('words find names and descriptions', async () => {
    const page = await site.open('');
    await page.fill('#filter-words', 'wiki');
    assert.deepEqual(await shown(page), ['Confluence']);
    assert.match(page.url(), /\?words=wiki$/);
  });

  test('a card has its authentication, and a monogram that no other has', async () => {
    const page = await site.open('');
    const okta = await page.textContent('.card:has(a:text-is("Okta")) .card-count');
    assert.match(okta, /45 actions · 7 triggers · Bearer token, OAuth 2/);
    const monograms = await page.$$eval('.initial', (all) => all.map((one) => one.textContent));
    assert.equal(new Set(monograms).size, monograms.length);
    const colours = await page.$$eval('.initial', (all) => all.map((one) => one.className));
    colours.forEach((colour, at) => assert.ok(!colours.slice(Math.max(0, at - 3), at).includes(colour), `card ${at}`));
  });

  test('a category has a page, reached from an integration', async () => {
    const page = await site.open('integrations/okta/');
    await page.click('.crumbs a:has-text("Identity and Access")');
    await page.waitForURL(site.url('categories/identity/'));
    assert.deepEqual(await page.$$eval('.card h2', (all) => all.map((one) => one.textContent)), ['Duo', 'Microsoft Entra ID', 'Okta']);
    await page.click('.categories a:has-text("Cloud Platforms")');
    await page.waitForURL(site.url('categories/cloud/'));
    await fits(await site.open('categories/cloud/', { viewport: { width: 360, height: 740 } }));
  });

  test('from one integration to another by the sidebar, with the keyboard alone', async () => {
    const page = await site.open('integrations/confluence/actions/get-user/');
    await page.focus('.switch-open');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.switch input:focus');
    await page.keyboard.press('Escape');
    assert.equal(await page.isVisible('.switch'), false);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.switch input:focus');
    await page.keyboard.type('okt');
    await page.keyboard.press('Enter');
    await page.waitForURL(site.url('integrations/okta/'));
  });

  test('on a phone the choices are in a fold', async () => {
    const page = await site.open('', { viewport: { width: 390, height: 844 } });
    assert.equal(await page.isVisible(chip('category', 'identity')), false);
    await page.click('.facets summary');
    await page.click(chip('category', 'identity'));
    assert.deepEqual(await shown(page), ['Duo', 'Microsoft Entra ID', 'Okta']);
    await fits(page);
  });

  test('the page of features counts systems and does not list them', async () => {
    const page = await site.open('features/');
    const links = await page.$$eval('td:last-child', (cells) => Math.max(...cells.map((cell) => cell.querySelectorAll('a').length)));
    assert.equal(links, 1);
  });
});
