import { expect, test } from 'vitest';
import { kindWords } from '../../src/panels/command/words.ts';
import { sketched } from '../formats/sketching.ts';

const told = (text: string) => kindWords(sketched(text).patch).map(({ name, kind }) => `${name}: ${kind}`);

test('what a part was taken for is told, unless it is a plain service', () => {
  expect(told('browser > checkout > redis, nginx:edge; mail-worker < kafka:orders')).toEqual([
    'edge: gateway, nginx',
    'orders: topic, Kafka',
    'browser: client',
    'redis: cache',
    'mail-worker: worker',
  ]);
  expect(told('service:redis > checkout')).toEqual([]);
});
