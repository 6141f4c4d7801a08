// No violation that axe-core finds, on any kind of page, light and dark.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { browse, CONFORMANCE_PAGES, SITE_PAGES } from './support.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page) {
  // As a debugger would, past the page's own policy on scripts.
  await page.evaluate(`${AXE}; undefined`);
  const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations);
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`);
}

for (const [variable, pages] of [['SITE', SITE_PAGES], ['CONFORMANCE_SITE', CONFORMANCE_PAGES]]) {
  describe(`axe-core, ${variable}`, () => {
    const site = browse(variable);
    for (const [kind, path] of Object.entries(pages)) {
      for (const colorScheme of ['light', 'dark']) {
        test(`${kind}, ${colorScheme}`, async () => {
          const page = await site.open(path, { colorScheme, lost: kind === 'not found' });
          if (kind === 'search') await page.waitForSelector('.results > li');
          assert.deepEqual(await violations(page), []);
        });
      }
    }

    test('with suggestions, a folded part open, on a phone', async () => {
      const page = await site.open(pages.action ?? pages['deprecated action'], { viewport: { width: 360, height: 740 } });
      await page.$$eval('details', (all) => all.forEach((one) => { one.open = true; }));
      await page.click('.menu');
      await page.focus('#finder');
      await page.keyboard.type('thing user');
      await page.waitForSelector('.suggestions:not([hidden])');
      assert.deepEqual(await violations(page), []);
    });
  });
}
