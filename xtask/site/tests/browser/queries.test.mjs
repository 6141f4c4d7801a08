// Whether the search finds what people mean: the queries of `queries.tsv`, and those that must give nothing.

import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { BASE, browse } from './support.mjs';

// Each of these finds its action among the first three.
const MUST = ['disable user okta', 'isolate host crowdstrike', 'create jira ticket', 'check ip reputation', 'reset mfa okta', 'post message to slack channel', 'get confluence user'];

async function queries() {
  const lines = (await readFile(new URL('queries.tsv', import.meta.url), 'utf8')).split('\n');
  return lines.filter((line) => line && !line.startsWith('#')).map((line) => {
    const [query, answers] = line.split('\t');
    return { query, answers: answers.split(' ') };
  });
}

describe('queries', () => {
  const site = browse('SITE');
  const find = (page, query) => page.evaluate(async ([query, base]) => {
    const { find } = await import(`${base}assets/find.js`);
    return (await find(query)).hits.map((hit) => hit.data.url);
  }, [query, BASE]);
  const name = (url) => url.slice(`${BASE}integrations/`.length).replace(/(actions|triggers)\//, '').replace(/\/$/, '');

  test('70 % find their page first, 90 % among the first three', async (context) => {
    const page = await site.open('');
    const ranked = [];
    for (const { query, answers } of await queries()) {
      const found = (await find(page, query)).map(name);
      ranked.push({ query, found, rank: found.findIndex((path) => answers.includes(path)) });
    }
    const share = (most) => ranked.filter(({ rank }) => rank >= 0 && rank < most).length / ranked.length;
    const missed = ranked.filter(({ rank }) => rank < 0 || rank >= 3).map(({ query, found }) => `${query}: ${found.slice(0, 3).join(', ')}`);
    context.diagnostic(`${ranked.length} queries: ${(share(1) * 100).toFixed(0)} % first, ${(share(3) * 100).toFixed(0)} % among three`);
    assert.ok(ranked.length >= 60);
    assert.ok(share(1) >= 0.7, `${share(1)} first`);
    assert.ok(share(3) >= 0.9, missed.join('\n'));
    for (const query of MUST) {
      const of = ranked.find((one) => one.query === query);
      assert.ok(of?.rank >= 0 && of.rank < 3, `${query}: ${of?.found.slice(0, 3)}`);
    }
  });

  test('nonsense finds nothing', async () => {
    const page = await site.open('');
    for (const query of ['qwertyzxc', 'asdfgh jklö', 'zzzqqq', '!!!', ' ']) assert.deepEqual(await find(page, query), [], query);
  });

  test('words that no page has together give the closest pages, and say so', async () => {
    const page = await site.open('search/?q=confluence%20frobnicate%20user');
    await page.waitForSelector('.results > li');
    assert.match(await page.textContent('.found'), /No page has all words/);
    assert.match(await page.textContent('.results > li'), /Confluence/);
    await page.keyboard.press('Escape');
    await page.fill('#finder', 'slack frobnicate message');
    await page.waitForSelector('.suggestions .message:not([hidden])');
    assert.match(await page.textContent('.suggestions .message'), /closest/);
    await page.waitForSelector('.suggestions [role=option]');
  });
});
