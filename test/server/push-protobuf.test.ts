import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { otlpSpans } from '../../src/formats/index.ts';
import {
  decodeRequest,
  encodeResponse,
  encodeStatus,
  Malformed,
  TooMany,
} from '../../src/server/push/protobuf.ts';
import { asJson, asProtobuf, type TestSpan, typeOf } from './otlp-encoder.ts';
import { visit } from './shop.ts';

const MOST = 1000;
const hex = (digits: number) =>
  fc.integer({ min: 1, max: 2 ** 48 }).map((n) => n.toString(16).padStart(digits, '0'));
/** Beyond 2^53, where numbers would round; up to the year 2262. */
const nanoseconds = fc.bigInt({ min: 1_600_000_000_000_000_001n, max: 1_900_000_000_000_000_000n });
const attributes = fc.dictionary(
  fc.constantFrom('http.request.method', 'db.system', 'server.port', 'error', 'peer.service', 'not.kept'),
  fc.oneof(
    fc.string(),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  ),
);
const span: fc.Arbitrary<TestSpan> = fc
  .record(
    {
      trace: hex(32),
      id: hex(16),
      parent: hex(16),
      links: fc.array(fc.record({ trace: hex(32), id: hex(16) }), { maxLength: 3 }),
      service: fc.string({ unit: 'grapheme' }),
      instance: fc.string({ minLength: 1 }),
      name: fc.string({ unit: 'grapheme', maxLength: 300 }),
      kind: fc.integer({ min: 0, max: 5 }),
      start: nanoseconds,
      length: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      failed: fc.boolean(),
      attributes,
    },
    { requiredKeys: ['trace', 'id', 'service', 'name', 'kind', 'start', 'length'] },
  )
  .map(({ length, ...rest }) => ({ ...rest, end: rest.start + length }));

describe('what it reads', () => {
  test('the same spans are the same, be they sent as JSON or as protobuf', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
        const binary = otlpSpans([decodeRequest(asProtobuf(spans), MOST)]);
        expect(binary).toEqual(otlpSpans([JSON.parse(asJson(spans))]));
        expect(binary.broken).toEqual([]);
        expect(binary.spans.length).toBe(spans.length);
      }),
    );
  });

  it('takes fields in any order, and skips those it does not know', () => {
    // key 2 before key 1, as protobuf allows and no library does
    const pair = Buffer.from([0x12, 0x03, 0x0a, 0x01, 0x78, 0x0a, 0x0c, ...Buffer.from('service.name')]);
    const resource = Buffer.from([0x0a, pair.length, ...pair, 0xf8, 0x07, 0x05]);
    const body = Buffer.from([0x0a, resource.length + 2, 0x0a, resource.length, ...resource]);
    expect(decodeRequest(body, MOST)).toEqual({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'x' } }] },
          scopeSpans: [],
        },
      ],
    });
  });
});

describe('hostile bytes', () => {
  const spans = visit({ n: 1, end: 1_700_000_000_000 }).filter(({ service }) => service === 'orders');
  const body = asProtobuf(spans);
  const outcome = (bytes: Buffer) => {
    try {
      decodeRequest(bytes, MOST);
      return 'read';
    } catch (error) {
      return error instanceof Malformed || error instanceof TooMany ? 'refused' : error;
    }
  };

  test('cut off anywhere inside, it is refused', () => {
    for (let length = 1; length < body.length; length++)
      expect(outcome(body.subarray(0, length)), `cut at ${length}`).toBe('refused');
  });

  test('whatever is changed in it, it is read or refused, at once', () => {
    const place = fc.integer({ min: 0, max: body.length - 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
        const changed = Buffer.from(body);
        for (const [at, byte] of changes) changed[at] = byte;
        expect(outcome(changed)).toBeOneOf(['read', 'refused']);
      }),
    );
  });

  test('any bytes at all are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(outcome(Buffer.from(bytes))).toBeOneOf(['read', 'refused']);
      }),
    );
  });

  test.each([
    ['a length of 2^31 and nothing behind it', [0x0a, 0xff, 0xff, 0xff, 0xff, 0x07]],
    ['a length beyond 2^53', [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ['a number without end', [0x0a, ...new Array(40).fill(0xff)]],
    ['a message that runs into the next one', [0x0a, 0x02, 0x12, 0x05, 0x0a, 0x00, 0x00, 0x00, 0x00]],
    ['a time as text', [0x0a, 0x07, 0x12, 0x05, 0x12, 0x03, 0x3a, 0x01, 0x00]],
    ['a group', [0x0b, 0x0c]],
  ])('%s', (_, bytes) => {
    expect(outcome(Buffer.from(bytes))).toBe('refused');
  });

  test('two bytes make one resource: so many of them are too many', () => {
    const resources = Buffer.alloc(2 * (MOST + 1), Buffer.from([0x0a, 0x00]));
    expect(() => decodeRequest(resources, MOST)).toThrow(TooMany);
    expect(decodeRequest(resources.subarray(2), MOST).resourceSpans.length).toBe(MOST);
  });
});

test('its answers are what protobufjs reads', () => {
  const read = (name: string, bytes: Uint8Array) =>
    typeOf(name).toObject(typeOf(name).decode(bytes), { longs: Number });
  expect(encodeResponse(0, '').length).toBe(0);
  expect(read('Response', encodeResponse(3, 'no ids'))).toEqual({
    partialSuccess: { rejectedSpans: 3, errorMessage: 'no ids' },
  });
  expect(read('RpcStatus', encodeStatus(14, 'too much'))).toEqual({ code: 14, message: 'too much' });
});
