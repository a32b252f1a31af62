import { expect, test } from 'vitest';
import { audit } from '../../src/analysis/index.ts';
import { besideOf } from '../../src/panels/config/words.ts';

const beside = (name: string, text: string) =>
  besideOf(
    audit(
      { type: 'node', id: 'n' },
      { system: 'Kafka consumer', version: '3.7', values: { [name]: text } },
    )[0]!,
  );

test.each([
  [
    'fetch.min.bytes',
    '1048576',
    'deviates, the way that hurts',
    'hurting',
    'Default 1, this is 1,048,576× of it. The broker',
  ],
  [
    'max.poll.interval.ms',
    '900000',
    'deviates, the other way',
    'asking',
    'this is 3× of it. It is the other way that hurts: a batch',
  ],
  ['fetch.max.bytes', '524288', 'deviates', 'asking', 'Default 52428800, this is 0.01× of it. Less'],
  [
    'session.timeout.ms',
    '10000',
    'old default',
    'asking',
    'The default before 3.0; now it is 45000. A pause',
  ],
  ['max.poll.records', '500', 'the default', 'quiet', ''],
  ['max.poll.records', 'many', 'can’t be read', 'hurting', 'Default 500.'],
  ['max.pol.records', '5', 'unknown key', 'hurting', 'Not known in Kafka consumer.'],
  ['group.id', 'a', 'not in the catalogue', 'quiet', ''],
])('%s = %s', (name, text, kind, tone, says) => {
  const found = beside(name, text);
  expect(found).toMatchObject({ kind, tone });
  expect(found.text).toContain(says);
});
