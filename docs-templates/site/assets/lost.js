// "Page not found": the pages whose addresses are nearest to the requested one.
//
// The names come from `llms.txt`, which lists every integration, and from the `llms.txt` of the nearest integration, which lists its pages.

import { edits, words } from './words.js';

const MOST = 5;

// How much two words differ, from 0 for the same to 1: edits per letter of the longer word.
export const distance = (a, b) => edits(a, b) / Math.max(a.length, b.length, 1);

// As `distance`, but words may be in another order, and a few may be missing.
export function likeness(asked, name) {
  const [a, b] = [words(asked), words(name)];
  const nearest = (word, others) => Math.min(1, ...others.map((other) => distance(word, other)));
  const sum = (some, others) => some.reduce((total, word) => total + nearest(word, others), 0);
  const apart = (sum(a, b) + sum(b, a)) / Math.max(a.length + b.length, 1);
  return 1 - Math.min(apart, distance(asked, name));
}

// The links of a list in Markdown, with the address of the page in the place of its twin's.
function links(text, root) {
  const base = new URL(root, location).pathname;
  return [...text.matchAll(/^- \[([^\]]+)\]\(([^)]+)\)/gm)].flatMap(([, title, to]) => {
    const { pathname } = new URL(to, location);
    if (!pathname.startsWith(base) || !pathname.endsWith('.md')) return [];
    const path = pathname.slice(base.length).replace(/\.md$/, '/');
    return [{ title, path }];
  });
}

// The last part of an address that names something.
const name = (path) => path.replace(/\/(?:index\.html)?$/, '').split('/').at(-1) ?? '';

const read = async (address) => {
  const answer = await fetch(address);
  return answer.ok ? answer.text() : '';
};

async function nearest(asked, root) {
  const parts = asked.split('/').filter((part) => part && part !== 'index.html');
  const rank = (pages, wanted, least) => pages
    .map((page) => ({ ...page, score: likeness(wanted, name(page.path)) }))
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score);
  const catalogue = links(await read(`${root}llms.txt`), root);
  const integrations = catalogue.filter(({ path }) => /^integrations\/[^/]+\/$/.test(path));
  // Any part of the address may name the integration: `/okta/list-users` is as good a guess as the whole address.
  const [integration] = parts.flatMap((part) => rank(integrations, part, 0.7)).sort((a, b) => b.score - a.score);
  const wanted = (parts.at(-1) ?? '').replace(/\.(?:html|md)$/, '');
  const own = integration && wanted !== name(integration.path) ? links(await read(`${root}${integration.path}llms.txt`), root) : [];
  const pages = [
    ...rank(own.filter(({ path }) => path !== integration?.path), wanted, 0.45).map((page) => ({ ...page, of: integration.title })),
    ...(integration ? [integration] : []),
    ...rank(catalogue, wanted, 0.6),
  ];
  return pages.filter((page, at) => pages.findIndex(({ path }) => path === page.path) === at).slice(0, MOST);
}

export async function suggest() {
  const { root } = document.querySelector('.lost').dataset;
  const base = new URL(root, location).pathname;
  const asked = decodeURIComponent(location.pathname.startsWith(base) ? location.pathname.slice(base.length) : location.pathname);
  const query = asked.replace(/\bintegrations\b|\bactions\b|\btriggers\b|\bindex\.html$|\.md$/g, ' ').split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(' ');
  const link = document.querySelector('.search-words');
  if (link && query) {
    link.hidden = false;
    link.firstElementChild.href += `?q=${encodeURIComponent(query)}`;
    link.firstElementChild.textContent = `Search for “${query}”`;
  }
  const found = await nearest(asked, root);
  if (!found.length) return;
  const box = document.querySelector('.nearest');
  for (const { title, path, of } of found) {
    const item = document.createElement('li');
    const to = document.createElement('a');
    to.href = root + path;
    to.textContent = title;
    item.append(to);
    if (of) {
      const note = document.createElement('span');
      note.textContent = of;
      item.append(note);
    }
    box.querySelector('ul').append(item);
  }
  box.hidden = false;
}
