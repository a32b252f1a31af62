/** What Tab writes: names of the text and of the board, technologies, kinds, arrows and settings. */
import { expect, test } from 'vitest';
import { completions } from '../../src/formats/index.ts';
import { sketched } from './sketching.ts';

const { board } = sketched(
  'client:shopper -> "card network"; checkout => kafka:orders; service:orders; kafka:refunds; checkout.config max.poll.records=5',
);
const at = (marked: string) => {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, options } = completions(text, caret, board);
  for (const option of options) {
    const completed = text.slice(0, from) + option.text + text.slice(to);
    expect(completed.startsWith(text.slice(0, from))).toBe(true);
  }
  return { replaced: text.slice(from, to), texts: options.map((option) => option.text) };
};

test('names that begin so, then words in names, then kinds', () => {
  expect(at('che|')).toEqual({ replaced: 'che', texts: ['checkout'] });
  expect(at('a -> net|')).toEqual({ replaced: 'net', texts: ['"card network"'] });
  expect(at('a -> "ca|')).toEqual({ replaced: '"ca', texts: ['"card network"'] });
  expect(at('a -> red|').texts).toEqual(['redis']);
  expect(at('a -> kaf|').texts).toEqual(['kafka:']);
  expect(at('[g: checkout, sho|').texts).toEqual(['shopper']);
  expect(at('!che|').texts).toEqual(['checkout']);
  expect(at('x; a->che|').texts).toEqual(['checkout']);
});

test('after a kind, names of such parts; a carrier is told from a part of its name', () => {
  expect(at('a => kafka:|').texts).toEqual(['orders', 'refunds']);
  expect(at('ord|').texts).toEqual(['orders', 'topic:orders']);
});

test('names of the same text, the last named first, but not the one the arrow comes from', () => {
  expect(at('catalog, checkout -> redis; c|').texts.slice(0, 3)).toEqual([
    'checkout',
    'catalog',
    '"card network"',
  ]);
  expect(at('cart > payments; bank < p|').texts[0]).toBe('payments');
  expect(at('pay > billing > p|').texts[0]).toBe('pay');
  expect(at('pay > p|').texts).not.toContain('pay');
  expect(at('pay < p|').texts).not.toContain('pay');
  expect(at('c|; checkout -> catalog').texts[0]).toBe('catalog');
  expect(at('a => orders-topic; b => "mail out"; kafka:m|').texts).toEqual(['"mail out"']);
});

test('technologies that are names, before words that take a colon', () => {
  const first = (typed: string) =>
    at(`${typed}|`).texts.find((text) => !/shop|card|check|ord|ref/.test(text));
  expect(['b', 'n', 'p', 'r', 'st', 'ka', 'w'].map(first)).toEqual([
    'browser',
    'nginx',
    'postgres',
    'redis',
    'stripe',
    'kafka:',
    'worker:',
  ]);
});

test('arrows after a name, settings after .config', () => {
  expect(at('checkout |').texts).toEqual(['-> ', '=> ', '?> ']);
  expect(at('checkout.config max|').texts).toEqual(['max.poll.records=']);
  expect(at('orders.config a=1 |').texts).toEqual(['max.poll.records=']);
});

test('none in comments, operations and suspicions', () => {
  for (const text of ['# che|', 'a -> b: che|', '!a "che|', 'a -> b # che|'])
    expect(at(text).texts, text).toEqual([]);
});
