// What every page has: theme, sidebar, samples in tabs, copying, colours of code, "on this page", filters. The search comes when it is used.
// A page without scripts shows everything; scripts only fold, filter and find.

const version = new URL(import.meta.url).search;
const load = (name) => import(new URL(name + version, import.meta.url));
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function store(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch {
    // Storage may be forbidden; then nothing is remembered.
  }
  return null;
}

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function theme() {
  const root = document.documentElement;
  const button = document.querySelector('.theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const show = () => button.setAttribute('aria-pressed', String(isDark()));
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    store('theme', root.dataset.theme);
    show();
  });
  system.addEventListener('change', show);
  show();
}

function sidebar() {
  const button = document.querySelector('.menu');
  button?.addEventListener('click', () => {
    const open = document.documentElement.classList.toggle('show-sidebar');
    button.setAttribute('aria-expanded', String(open));
    if (open) scrollTo(0, 0);
  });
  const current = document.querySelector('.sidebar [aria-current]');
  const box = current?.closest('.sidebar');
  if (current && current.offsetTop > box.clientHeight * 0.7) box.scrollTop = current.offsetTop - box.clientHeight / 3;
}

// Tabs as the WAI-ARIA practices describe them. The choice holds for all pages.
function tabs(box, number) {
  const panels = all(':scope > .panel', box);
  if (panels.length < 2) return;
  const list = make('div', { class: 'tab-list', role: 'tablist', 'aria-label': 'Samples' });
  const buttons = panels.map((panel, index) => {
    const id = `tab-${number}-${index}`;
    panel.id = `${id}-panel`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', id);
    const button = make('button', { type: 'button', role: 'tab', id, 'aria-controls': panel.id }, panel.dataset.label);
    button.addEventListener('click', () => {
      store('sample', panel.dataset.label);
      select(index);
    });
    return button;
  });
  function select(chosen) {
    panels.forEach((panel, index) => panel.classList.toggle('is-open', index === chosen));
    buttons.forEach((button, index) => {
      button.setAttribute('aria-selected', String(index === chosen));
      button.tabIndex = index === chosen ? 0 : -1;
    });
  }
  list.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const button = buttons[(to + buttons.length) % buttons.length];
    button.focus();
    button.click();
  });
  list.append(...buttons);
  box.prepend(list);
  box.classList.add('has-choice');
  select(Math.max(0, panels.findIndex((panel) => panel.dataset.label === store('sample'))));
}

function copying(box) {
  const button = make('button', { class: 'copy', type: 'button' }, 'Copy');
  const status = make('span', { class: 'hidden', role: 'status' });
  button.addEventListener('click', async () => {
    const text = box.querySelector('code').textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
      button.classList.add('is-done');
      status.textContent = 'Copied';
    } catch {
      button.textContent = 'Copying is not allowed';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
      button.classList.remove('is-done');
      status.textContent = '';
    }, 1600);
  });
  box.append(button, status);
}

// The page as Markdown, for a note or an agent.
function copyPage() {
  const button = document.querySelector('.copy-page');
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      const answer = await fetch(button.dataset.twin);
      if (!answer.ok) throw new Error(answer.statusText);
      await navigator.clipboard.writeText(await answer.text());
      button.textContent = 'Copied as Markdown';
    } catch {
      button.textContent = 'Copying is not possible';
    }
    button.nextElementSibling.textContent = button.textContent;
    setTimeout(() => {
      button.textContent = 'Copy page';
      button.nextElementSibling.textContent = '';
    }, 1600);
  });
}

// Colours by the CSS Custom Highlight API: no element is added to a page, however long its example. Browsers without it show plain code.
const GRAMMARS = {
  rust: /(?<comment>\/\/.*)|(?<string>"(?:\\.|[^"\\])*")|(?<word>\b(?:as|async|await|const|else|fn|for|if|impl|in|let|match|mut|pub|return|struct|use|while|Ok|Err|Some|None|Box|Result)\b)|(?<number>\b\d[\d_.]*\b)|(?<name>\b[a-z_][a-z0-9_]*(?=\())/g,
  sh: /(?<string>'[^']*'|"(?:\\.|[^"\\])*")|(?<comment>(?<=^|\s)#.*)|(?<word>^(?:curl)\b)|(?<name>(?<=\s)--?[a-z][\w-]*)/gm,
  json: /(?<name>"(?:\\.|[^"\\])*"(?=\s*:))|(?<string>"(?:\\.|[^"\\])*")|(?<number>-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|(?<word>\b(?:true|false|null)\b)/g,
  yaml: /(?<comment>(?<=^|\s)#.*)|(?<name>^[ -]*[\w.$-]+(?=:))|(?<string>'[^']*'|"(?:\\.|[^"\\])*")/gm,
};

function colours() {
  if (!CSS.highlights) return;
  const kinds = Object.fromEntries(['comment', 'string', 'number', 'word', 'name'].map((kind) => [kind, new Highlight()]));
  for (const code of all('code[data-language]')) {
    const grammar = GRAMMARS[code.dataset.language];
    const text = code.firstChild;
    if (!grammar || text?.nodeType !== Node.TEXT_NODE) continue;
    for (const match of text.data.matchAll(grammar)) {
      const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
      const range = new StaticRange({ startContainer: text, startOffset: match.index, endContainer: text, endOffset: match.index + match[0].length });
      kinds[kind].add(range);
    }
  }
  for (const [kind, highlight] of Object.entries(kinds)) CSS.highlights.set(kind, highlight);
}

function contents() {
  const links = all('.contents a');
  if (!links.length) return;
  const heads = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const mark = () => {
    const edge = 140;
    let current = 0;
    heads.forEach((head, index) => {
      if (head && head.getBoundingClientRect().top < edge) current = index;
    });
    if (innerHeight + scrollY >= document.documentElement.scrollHeight - 4) {
      const shown = heads.findLastIndex((head) => head && head.getBoundingClientRect().top < innerHeight);
      current = Math.max(current, shown);
    }
    links.forEach((link, index) => (index === current ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current')));
  };
  let waiting = false;
  addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  }, { passive: true });
  mark();
}

// The catalogue: choices of one facet are alternatives, facets combine. The choices are part of the address, so that they can be linked.
function catalogue() {
  const form = document.querySelector('.filter');
  if (!form) return;
  const cards = all('.card').map((card) => ({ card, fits: new Set(card.dataset.f.split(' ')), text: card.textContent.toLowerCase() }));
  const facets = all('fieldset', form).map((box) => ({ id: box.dataset.facet, buttons: all('button', box) }));
  const isPressed = (button) => button.getAttribute('aria-pressed') === 'true';
  const words = form.elements.words;
  const found = form.querySelector('.found');
  const reset = form.querySelector('[type=reset]');
  const apply = () => {
    const text = words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const pressed = facets.map(({ buttons }) => buttons.filter(isPressed));
    const fits = ({ fits: numbers, text: own }, except) => text.every((word) => own.includes(word))
      && pressed.every((some, at) => at === except || !some.length || some.some((button) => numbers.has(button.dataset.number)));
    let count = 0;
    for (const one of cards) {
      one.card.hidden = !fits(one);
      if (!one.card.hidden) count += 1;
    }
    // A choice shows how many it would leave, given those of the other facets.
    facets.forEach(({ buttons }, at) => {
      const left = cards.filter((one) => fits(one, at));
      for (const button of buttons) {
        const number = left.filter((one) => one.fits.has(button.dataset.number)).length;
        button.lastElementChild.textContent = number;
        button.disabled = !number && !isPressed(button);
      }
    });
    for (const section of all('.card-section')) section.hidden = !section.querySelector('.card:not([hidden])');
    found.textContent = count === cards.length ? `${count} integrations` : `${count} of ${cards.length} integrations`;
    const query = new URLSearchParams(pressed.flatMap((some, at) => some.map((button) => [facets[at].id, button.value])));
    if (text.length) query.set('words', text.join(' '));
    reset.hidden = !query.size;
    history.replaceState(null, '', (query.size ? `?${query}` : location.pathname) + location.hash);
  };
  const press = (button, on) => button.setAttribute('aria-pressed', String(on));
  for (const [id, value] of new URLSearchParams(location.search)) {
    if (id === 'words') words.value = value;
    facets.find((facet) => facet.id === id)?.buttons.filter((button) => button.value === value).forEach((button) => press(button, true));
  }
  form.hidden = false;
  // On a phone the choices would fill the screen.
  form.querySelector('.facets').open = matchMedia('(min-width: 56rem)').matches || facets.some(({ buttons }) => buttons.some(isPressed));
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  facets.flatMap(({ buttons }) => buttons).forEach((button) => button.addEventListener('click', () => {
    press(button, !isPressed(button));
    apply();
  }));
  form.addEventListener('reset', () => setTimeout(() => {
    facets.flatMap(({ buttons }) => buttons).forEach((button) => press(button, false));
    apply();
    words.focus();
  }));
  apply();
}

// From one integration to another: the list is fetched when it is opened.
function switcher() {
  const button = document.querySelector('.switch-open');
  button?.addEventListener('click', () => load('switch.js').then((other) => other.toggle(button)));
}

// The actions of an integration: by words and by what they do.
function narrow() {
  const lists = all('.page-integration .listing');
  const items = lists.flatMap((list) => all('li', list));
  if (items.length < 12) return;
  const word = (item) => item.querySelector('.tag')?.textContent ?? '';
  const words = [...new Set(items.map(word))];
  const input = make('input', { type: 'search', placeholder: 'Filter actions and triggers', 'aria-label': 'Filter actions and triggers', autocomplete: 'off' });
  const choices = make('fieldset', { class: 'choices' }, make('legend', { class: 'hidden' }, 'Kind'));
  const status = make('p', { class: 'hidden', role: 'status' });
  const buttons = words.map((name) => make('button', { type: 'button', 'aria-pressed': 'false' }, name));
  const apply = () => {
    const text = input.value.trim().toLowerCase();
    const pressed = buttons.filter((button) => button.getAttribute('aria-pressed') === 'true').map((button) => button.textContent);
    for (const item of items) {
      item.hidden = !((!pressed.length || pressed.includes(word(item))) && item.textContent.toLowerCase().includes(text));
    }
    for (const list of lists) {
      const empty = all('li', list).every((item) => item.hidden);
      list.hidden = empty;
      const head = list.previousElementSibling;
      if (head?.tagName === 'H3') head.hidden = empty;
    }
    const count = items.filter((item) => !item.hidden).length;
    status.textContent = `${count} of ${items.length}`;
  };
  buttons.forEach((button) => button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
    apply();
  }));
  input.addEventListener('input', apply);
  choices.append(...buttons);
  document.getElementById('actions')?.after(make('div', { class: 'narrow' }, input, choices, status));
}

function finder() {
  const input = document.getElementById('finder');
  const page = document.querySelector('.results-form');
  if (input) {
    const start = () => load('search.js').then((search) => search.suggest(input));
    input.addEventListener('focus', start, { once: true });
  }
  if (page) load('search.js').then((search) => search.results(page));
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const k = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
    if (!slash && !k) return;
    const field = page?.elements.q ?? input;
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

// Only a table or a block of code that scrolls needs to be reachable by keyboard. On paper everything is open.
function scrolling() {
  const boxes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight) target.tabIndex = 0;
      else target.removeAttribute('tabindex');
    }
  });
  all('.table, .code > pre').forEach((box) => boxes.observe(box));
}

function paper() {
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = all('.page details:not([open], .fold)');
    opened.forEach((one) => { one.open = true; });
  });
  addEventListener('afterprint', () => opened.forEach((one) => { one.open = false; }));
}

theme();
sidebar();
all('.tabs').forEach(tabs);
all('.code').forEach(copying);
copyPage();
colours();
contents();
catalogue();
narrow();
switcher();
finder();
scrolling();
paper();
if (document.querySelector('.lost')) load('lost.js').then((lost) => lost.suggest());
