// From a query to pages, best first, over Pagefind's index, which comes in pieces. Knows nothing of fields and lists; `search.js` draws them.

import { edits, words } from './words.js';

const root = new URL('..', import.meta.url);
// How many of the first results are looked at to order them: each costs a request.
const LOOKED_AT = 16;
// With fewer results than this, words of the query are left out.
const FEW = 3;
// Combinations of more words than these are too many to try.
const MOST_WORDS = 6;
const FILLERS = new Set('a an and are as at be by can do for from get how i in into is it my of on or someone that the their this to up via when who with'.split(' '));
// Words of a query that looks for a trigger; else an action with the same words comes first.
const EVENTS = /\b(when|on|if|after|new|trigger|event|detected|changed)\b/iu;
let engine;
let vocabulary;

export function pagefind() {
  engine ??= import(new URL('pagefind/pagefind.js', root)).then(async (module) => {
    // Long pages are about as much as short ones here. Without its worker the engine is a third smaller to fetch, and fast enough.
    const ranking = { termSimilarity: 6, pageLength: 0.2, termFrequency: 0.7, termSaturation: 1.2 };
    await module.options({ baseUrl: root.pathname, excerptLength: 24, noWorker: true, ranking });
    await module.init();
    return module;
  });
  return engine;
}

const singular = (word) => word.replace(/ies$/u, 'y').replace(/(?<=x|ch|sh|ss)es$|(?<!s)s$/u, '');
const same = (a, b) => a === b || singular(a) === singular(b);

// The words of titles and the other words for them, as the builder writes them.
function known() {
  vocabulary ??= fetch(new URL('assets/words.txt', root)).then(async (answer) => new Set((await answer.text()).split('\n')));
  return vocabulary;
}

// Neighbours that are a phrase of the vocabulary become one word, as `kick off` and `un-quarantine` do.
function joined(list, vocabulary) {
  const result = [];
  for (let at = 0; at < list.length; at += 1) {
    const size = [3, 2].find((size) => at + size <= list.length && vocabulary.has(list.slice(at, at + size).join(''))) ?? 1;
    result.push(list.slice(at, at + size).join(''));
    at += size - 1;
  }
  return result;
}

// The word of the vocabulary that was meant.
function corrected(word, vocabulary) {
  if (word.length < 5 || vocabulary.has(word) || vocabulary.has(singular(word))) return word;
  const isMeant = (other) => other[0] === word[0] && Math.abs(other.length - word.length) < 2 && edits(word, other) === 1;
  return [...vocabulary].find(isMeant) ?? word;
}

// The words that say what is wanted; all of them if none does.
function wanted(query, vocabulary) {
  const all = joined(words(query), vocabulary);
  const telling = all.filter((word) => !FILLERS.has(word));
  return telling.length ? telling : all;
}

// Whether a word of a page matches one of a query: the same word, a longer one that begins with it, or one with a typo after most of it.
function resembles(asked, found) {
  let common = 0;
  while (common < asked.length && common < found.length && asked[common] === found[common]) common += 1;
  return common === asked.length || common >= Math.max(3, Math.ceil(Math.max(asked.length, found.length) * 0.6));
}

const marked = (html) => [...html.matchAll(/<mark>(.*?)<\/mark>/gu)].flatMap(([, text]) => words(text));

// How well a page answers: each word counts for its rarity, most in the title, less as another word for it, least in the text.
function judge(asked, weights, data, isEvent) {
  const title = words(data.meta.title);
  const place = words(data.meta.in ?? '');
  const other = words(data.meta.words ?? '');
  const text = words(data.content);
  let score = 0;
  const met = new Set();
  asked.forEach((word, at) => {
    const isLast = at === asked.length - 1;
    const isIn = (list) => list.some((known) => same(word, known));
    const begins = (list) => isLast && word.length > 1 && list.some((known) => known.startsWith(word));
    let share = 0;
    if (title.includes(word) || place.includes(word)) share = 1;
    else if (isIn(title) || isIn(place)) share = 0.97;
    else if (begins(title) || begins(place)) share = 0.9;
    else if (isIn(other)) share = 0.8;
    else if (text.some((found) => resembles(word, found))) share = 0.3;
    if (share > 0) met.add(word);
    score += share * weights[at];
  });
  const extra = title.filter((word) => !FILLERS.has(word) && !asked.some((known) => same(word, known))).length;
  const most = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const asides = extra * 0.05 + (data.meta.kind === 'Trigger' && !isEvent ? 0.08 : 0);
  // Otherwise the excerpt would show the other words, which are not on the page.
  const isInText = marked(data.excerpt).some((word) => ![title, place, other].some((list) => list.includes(word)));
  return { data, isInText, score: score - asides, share: score / most, met };
}

function combinations(list, size) {
  if (size === 0) return [[]];
  return list.flatMap((one, at) => combinations(list.slice(at + 1), size - 1).map((rest) => [one, ...rest]));
}

// The pages with as many of the words as can be had together.
async function closest(module, asked, weights, options) {
  const known = asked.map((word, at) => ({ word, weight: weights[at] })).filter(({ weight }) => weight > 0).slice(0, MOST_WORDS);
  const found = new Map();
  for (let size = known.length; size > 0 && found.size < FEW; size -= 1) {
    for (const part of combinations(known, size)) {
      const weight = part.reduce((sum, { weight }) => sum + weight, 0);
      const { results } = await module.search(part.map(({ word }) => word).join(' '), options);
      for (const result of results) {
        if (!found.has(result.id)) found.set(result.id, { result, weight });
      }
    }
  }
  return [...found.values()].sort((a, b) => b.weight - a.weight || b.result.score - a.result.score).map(({ result }) => result);
}

// The hits that were looked at, best first; the other results in the engine's order; whether words had to be left out.
export async function find(query, kind) {
  const vocabulary = await known();
  const asked = wanted(query, vocabulary);
  if (!asked.length) return { hits: [], rest: [], count: 0, isClosest: false, kinds: {} };
  const module = await pagefind();
  const options = kind ? { filters: { kind } } : {};
  const isEvent = EVENTS.test(query);
  const best = ({ hits }) => hits[0]?.share ?? 0;
  let found = await look(module, asked, options, isEvent);
  const spelled = asked.map((word) => corrected(word, vocabulary));
  if (best(found) < 1 && spelled.some((word, at) => word !== asked[at])) {
    const other = await look(module, spelled, options, isEvent);
    if (best(other) > best(found)) found = other;
  }
  // The engine takes the beginning of a word that it does not know for the word. What no page has is left out instead.
  const met = found.asked.filter((word) => found.hits.some((hit) => hit.met.has(word)));
  if (met.length > 0 && met.length < found.asked.length) found = await look(module, met, options, isEvent);
  const { hits, rest, whole } = found;
  const isClosest = hits.length > 0 && (met.length < asked.length || hits[0].met.size < new Set(met).size);
  const kinds = (kind ? whole.totalFilters : whole.filters)?.kind ?? {};
  return { hits, rest, count: hits.length + rest.length, isClosest, kinds };
}

async function look(module, asked, options, isEvent) {
  const whole = await module.search(asked.join(' '), options);
  let { results } = whole;
  let weights = asked.map(() => 1);
  if (results.length < (options.filters ? 1 : FEW) && asked.length > 1) {
    const alone = await Promise.all(asked.map((word) => module.search(word, options)));
    const most = Math.max(...alone.map(({ results }) => results.length), 1);
    weights = alone.map(({ results }) => (results.length ? 1 + Math.log(most / results.length) : 0));
    const others = await closest(module, asked, weights, options);
    const ids = new Set(results.map((result) => result.id));
    results = [...results, ...others.filter((result) => !ids.has(result.id))];
  }
  const looked = await Promise.all(results.slice(0, LOOKED_AT).map(async (result) => judge(asked, weights, await result.data(), isEvent)));
  const hits = looked.filter((hit) => hit.met.size > 0);
  hits.sort((a, b) => b.score - a.score);
  return { asked, whole, hits, rest: hits.length ? results.slice(LOOKED_AT) : [] };
}
