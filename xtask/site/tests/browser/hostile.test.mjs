// Specs that try everything cannot run a script, add markup or reach a template language; and former addresses lead on.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { browse, CONFORMANCE_PAGES, fits } from './support.mjs';

const ELEMENTS = 'a article aside b body br button code dd details div dl dt em fieldset footer form g circle path rect svg h1 h2 h3 head header hr html input kbd label legend li link main mark meta nav noscript ol option p pre script section select span strong sub summary table tbody td th thead title tr ul'.split(' ');

describe('the site of hostile specs', () => {
  const site = browse('CONFORMANCE_SITE');
  const pages = readdirSync(site.folder, { recursive: true })
    .filter((path) => path.endsWith('index.html') && !readFileSync(join(site.folder, path), 'utf8').includes('http-equiv="refresh"'))
    .map((path) => path.replaceAll('\\', '/').replace(/index\.html$/, ''));

  test('no page has an element, an attribute or an address that is not ours', async () => {
    assert.ok(pages.length > 30);
    const page = await site.open('');
    for (const path of pages) {
      await page.goto(site.url(path));
      const found = await page.evaluate(async (elements) => {
        const strange = [];
        for (const element of document.querySelectorAll('*')) {
          if (!elements.includes(element.localName)) strange.push(element.outerHTML.slice(0, 120));
          for (const { name, value } of element.attributes) {
            if (name.startsWith('on') || name === 'style' || name === 'srcdoc') strange.push(`${name}=${value}`);
            if (['href', 'src', 'action'].includes(name) && !/^https:/.test(value)) {
              const to = new URL(value, location);
              if (to.origin !== location.origin) strange.push(`${name}=${value}`);
            }
          }
        }
        const own = [...document.scripts].filter((script) => script.type !== 'application/ld+json').every((script) => /\/assets\/(theme|site)\.js\?v=\w+$/.test(script.src) && !script.text);
        return own ? strange : [...strange, 'a script of somebody else'];
      }, ELEMENTS);
      assert.deepEqual(found, [], path);
    }
  });

  test('what looks like markup is shown as text', async () => {
    const page = await site.open(CONFORMANCE_PAGES['hostile action']);
    const text = await page.textContent('article');
    for (const shown of ['<script>', '{{ template }}', '{% raw %}', '*/ a comment']) assert.ok(text.includes(shown), shown);
  });

  test('no page has template syntax, in text or in code', () => {
    for (const path of pages) {
      const html = readFileSync(join(site.folder, path, 'index.html'), 'utf8');
      assert.ok(!/\{\{|\{%|\{#/.test(html), path);
    }
  });

  test('nor do suggestions and results bring any markup', async () => {
    const page = await site.open('search/?q=anything');
    await page.waitForSelector('.results > li');
    await page.keyboard.press('Escape');
    await page.focus('#finder');
    await page.keyboard.type('script alert template');
    await page.waitForSelector('.suggestions [role=option]');
    const inside = await page.$$eval('.results *, .suggestions *', (all) => [...new Set(all.map((element) => element.localName))].sort());
    const allowed = ['a', 'code', 'li', 'mark', 'p', 'span', 'ul'];
    assert.deepEqual(inside.filter((name) => !allowed.includes(name)), []);
    assert.ok((await page.textContent('.suggestions')).includes('</script>') || (await page.textContent('.suggestions')).includes('<script>'));
  });

  for (const [kind, path] of Object.entries(CONFORMANCE_PAGES)) {
    test(`no sideways scroll at 360 px: ${kind}`, async () => {
      await fits(await site.open(path, { viewport: { width: 360, height: 740 } }));
    });
  }

  test('the former address of an action leads to it', async () => {
    const page = await site.open('integrations/chaos/actions/get-all/');
    await page.waitForURL(site.url('integrations/chaos/actions/get-everything/'));
  });

  test('deprecation and requirement are badges', async () => {
    const page = await site.open(CONFORMANCE_PAGES['deprecated action']);
    assert.match(await page.textContent('.note-warning'), /Deprecated/);
    await page.goto(site.url('integrations/chaos/actions/create-thing/'));
    assert.ok((await page.locator('.definition .tag-required').count()) > 0);
    await page.goto(site.url('integrations/chaos/'));
    assert.ok((await page.locator('.listing .tag-deprecated').count()) > 0);
  });
});
