// The search over Pagefind's index, which comes in pieces: suggestions below the field of the bar, and the page of all results.

const root = new URL('..', import.meta.url);
const MOST = 7;
const PAGE = 15;
let engine;

function pagefind() {
  engine ??= import(new URL('pagefind/pagefind.js', root)).then(async (module) => {
    // Titles weigh most (index time); a page that is about a word has it often, and is short.
    await module.options({ baseUrl: root.pathname, excerptLength: 24, ranking: { termSimilarity: 6, pageLength: 0.2, termFrequency: 0.7, termSaturation: 1.2 } });
    await module.init();
    return module;
  });
  return engine;
}

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
    const module = await pagefind();
    const found = await module.search(query);
    const hits = await Promise.all(found.results.slice(0, MOST).map((result) => result.data()));
    // A later key press has asked anew.
    if (mine !== turn) return;
    list.replaceChildren();
    options = [];
    for (const data of hits) {
      const head = make('span', 'hit-head', make('span', 'hit-title', data.meta.title), make('span', 'hit-where', where(data)));
      add(data.url, head, excerpt(data.excerpt));
    }
    if (found.results.length > hits.length) add(all(), make('span', 'hit-all', `All ${found.results.length} results`));
    message.textContent = hits.length ? '' : `Nothing found for “${query}”.`;
    message.hidden = hits.length > 0;
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
  const found = document.querySelector('.found');
  const list = document.querySelector('.results');
  const more = document.querySelector('.more-results');
  const address = new URLSearchParams(location.search);
  input.value = address.get('q') ?? '';
  let kind = address.get('kind') ?? '';
  let turn = 0;
  let rest = [];
  const module = await pagefind();

  const write = async () => {
    const mine = turn;
    const hits = await Promise.all(rest.splice(0, PAGE).map((result) => result.data()));
    if (mine !== turn) return;
    for (const data of hits) {
      const link = make('a', '', data.meta.title);
      link.href = data.url;
      const item = make('li', '', make('span', 'hit-head', link, make('span', 'hit-where', where(data))), excerpt(data.excerpt));
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
    more.hidden = rest.length === 0;
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
    const answer = query ? await module.search(query, kind ? { filters: { kind } } : {}) : { results: [], filters: {} };
    if (mine !== turn) return;
    list.replaceChildren();
    rest = [...answer.results];
    found.textContent = query ? `${rest.length} result${rest.length === 1 ? '' : 's'}` : '';
    choose((kind ? answer.totalFilters : answer.filters)?.kind);
    await write();
  };
  await module.filters();
  input.addEventListener('input', search);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    search();
  });
  more.addEventListener('click', write);
  await search();
  if (!input.value) input.focus();
}
