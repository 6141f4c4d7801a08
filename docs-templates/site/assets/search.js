// The search as readers see it: suggestions below the field of the bar, and the page of all results. `find.js` finds.

import { find, pagefind } from './find.js';

const root = new URL('..', import.meta.url);
const MOST = 7;
const PAGE = 15;

function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

// An excerpt is HTML by Pagefind. Only its text and its marks are taken over, so that nothing else can come with it.
function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html').body;
  const line = make('span', 'hit-text');
  const take = (node, into) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) into.append(child.data);
      else if (child.nodeName === 'MARK') into.append(make('mark', '', child.textContent));
      else take(child, into);
    }
  };
  take(parsed, line);
  return line;
}

// The part of a page whose heading is what was asked, such as a parameter.
function part(query, data) {
  const wanted = query.trim().toLowerCase();
  return data.sub_results.find((sub) => sub.url.includes('#') && sub.title.trim().toLowerCase() === wanted);
}

// The section with the match, or the summary if all that matches is the title.
function text(hit) {
  if (hit.isInText || !hit.data.meta.summary) return excerpt(hit.data.excerpt);
  return make('span', 'hit-text', hit.data.meta.summary);
}

// What there is to say of the results as a whole.
function said(query, found) {
  if (!found.hits.length) return `No results for “${query}”. Try other words, or the name of a system.`;
  return found.isClosest ? `No page has all words of “${query}”. The closest:` : '';
}

function where(data) {
  return [data.meta.in, data.meta.kind].filter(Boolean).join(' · ');
}

export function suggest(input) {
  const form = input.form;
  const box = make('div', 'suggestions');
  const list = make('ul', '');
  const message = make('p', 'message');
  box.hidden = true;
  list.id = 'finder-list';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  message.setAttribute('role', 'status');
  box.append(list, message);
  form.append(box);
  for (const [key, value] of Object.entries({ role: 'combobox', 'aria-controls': list.id, 'aria-expanded': 'false', 'aria-autocomplete': 'list' })) {
    input.setAttribute(key, value);
  }
  let options = [];
  let active = 0;
  let turn = 0;

  const close = () => {
    box.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const mark = (index) => {
    active = options.length ? (index + options.length) % options.length : 0;
    options.forEach((option, at) => option.element.setAttribute('aria-selected', String(at === active)));
    if (options.length) {
      input.setAttribute('aria-activedescendant', options[active].element.id);
      options[active].element.scrollIntoView({ block: 'nearest' });
    }
  };
  const all = () => new URL(`search/?q=${encodeURIComponent(input.value.trim())}`, root).href;
  const add = (url, ...children) => {
    const element = make('li', '', ...children);
    element.id = `finder-${options.length}`;
    element.setAttribute('role', 'option');
    element.addEventListener('mousedown', (event) => event.preventDefault());
    element.addEventListener('click', () => location.assign(url));
    element.addEventListener('mousemove', () => mark(options.findIndex((option) => option.element === element)));
    options.push({ url, element });
    list.append(element);
  };
  const show = async () => {
    const query = input.value.trim();
    turn += 1;
    const mine = turn;
    if (!query) {
      close();
      return;
    }
    const found = await find(query);
    const hits = found.hits.slice(0, MOST);
    // A later key press started another search.
    if (mine !== turn) return;
    list.replaceChildren();
    options = [];
    for (const hit of hits) {
      const { data } = hit;
      const exact = part(query, data);
      const title = make('span', 'hit-title', data.meta.title);
      if (exact) title.append(' ', make('code', '', exact.title.trim()));
      add(exact?.url ?? data.url, make('span', 'hit-head', title, make('span', 'hit-where', where(data))), text(hit));
    }
    if (found.count > hits.length) add(all(), make('span', 'hit-all', `All ${found.count} results`));
    message.textContent = said(query, found);
    message.hidden = hits.length > 0 && !found.isClosest;
    box.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    mark(0);
  };
  input.addEventListener('input', show);
  input.addEventListener('focus', () => input.value.trim() && show());
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (box.hidden) show();
      else mark(active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Escape') {
      if (box.hidden) input.value = '';
      close();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!input.value.trim()) return;
    location.assign(!box.hidden && options[active] ? options[active].url : all());
  });
  pagefind().then(show);
}

export async function results(form) {
  const input = form.elements.q;
  const kinds = form.querySelector('.kinds');
  const status = document.querySelector('.found');
  const list = document.querySelector('.results');
  const more = document.querySelector('.more-results');
  const address = new URLSearchParams(location.search);
  input.value = address.get('q') ?? '';
  let kind = address.get('kind') ?? '';
  let turn = 0;
  let first = [];
  let rest = [];

  const write = async () => {
    const mine = turn;
    const hits = first.splice(0, PAGE);
    const others = await Promise.all(rest.splice(0, PAGE - hits.length).map((result) => result.data()));
    hits.push(...others.map((data) => ({ data, isInText: true })));
    if (mine !== turn) return;
    for (const hit of hits) {
      const { data } = hit;
      const link = make('a', '', data.meta.title);
      link.href = data.url;
      const item = make('li', '', make('span', 'hit-head', link, make('span', 'hit-where', where(data))), text(hit));
      const parts = data.sub_results.filter((sub) => sub.url.includes('#')).slice(0, 4);
      if (parts.length) {
        item.append(make('ul', 'hit-parts', ...parts.map((sub) => {
          const to = make('a', '', sub.title);
          to.href = sub.url;
          return make('li', '', to);
        })));
      }
      list.append(item);
    }
    more.hidden = first.length + rest.length === 0;
  };
  const choose = (counts) => {
    const entries = Object.entries(counts ?? {}).filter(([, count]) => count > 0);
    kinds.hidden = entries.length < 2 && !kind;
    kinds.className = 'kinds choices';
    kinds.querySelectorAll('button').forEach((button) => button.remove());
    for (const [name, count] of entries) {
      const button = make('button', '', `${name} ${count}`);
      button.type = 'button';
      button.setAttribute('aria-pressed', String(name === kind));
      button.addEventListener('click', () => {
        kind = name === kind ? '' : name;
        search();
      });
      kinds.append(button);
    }
  };
  const search = async () => {
    turn += 1;
    const mine = turn;
    const query = input.value.trim();
    const next = new URLSearchParams([['q', query], ['kind', kind]].filter(([, value]) => value)).toString();
    history.replaceState(null, '', next ? `?${next}` : location.pathname);
    const found = await find(query, kind);
    if (mine !== turn) return;
    first = found.hits;
    rest = found.rest;
    list.replaceChildren();
    const count = `${found.count} result${found.count === 1 ? '' : 's'}`;
    status.textContent = query ? said(query, found) || count : '';
    choose(found.kinds);
    await write();
  };
  await (await pagefind()).filters();
  input.addEventListener('input', search);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    search();
  });
  more.addEventListener('click', write);
  await search();
  if (!input.value) input.focus();
}
