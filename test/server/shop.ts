/** Traces of a small shop, made to measure: a page asks the gateway, it asks orders, that asks its database. */
import type { TestSpan } from './otlp-encoder.ts';

const MS = 1_000_000n;
const hex = (n: number, digits: number) => n.toString(16).padStart(digits, '0');

export type Visit = {
  /** Which trace; ids follow from it. */
  n: number;
  /** Epoch ms at which the gateway's answer is out. */
  end: number;
  /** How long orders takes, ms. */
  took?: number;
  instance?: string;
  failed?: boolean;
  operation?: string;
  service?: string;
};

/** Four spans: gateway server ─► gateway client ─► orders server ─► orders' query. */
export function visit({ n, end, took = 10, failed = false, ...names }: Visit): TestSpan[] {
  const { instance = 'orders-1', operation = 'GET /orders', service = 'orders' } = names;
  const trace = hex(n + 1, 32);
  const id = (i: number) => hex(n * 8 + i + 1, 16);
  const finish = BigInt(Math.round(end * 1000)) * 1000n;
  const ms = (value: number) => BigInt(Math.round(value * 1000)) * 1000n;
  const start = finish - ms(took);
  return [
    {
      ...{ trace, id: id(0), service: 'gateway', instance: 'gateway-1', name: 'GET /', kind: 2 },
      ...{ start: start - 2n * MS, end: finish + 2n * MS, attributes: { 'http.request.method': 'GET' } },
    },
    {
      ...{ trace, id: id(1), parent: id(0), service: 'gateway', instance: 'gateway-1', name: 'GET', kind: 3 },
      ...{ start: start - MS, end: finish + MS, attributes: { 'http.request.method': 'GET' } },
    },
    {
      ...{ trace, id: id(2), parent: id(1), service, instance, name: operation, kind: 2, failed },
      ...{ start, end: finish, attributes: { 'http.request.method': 'GET' } },
    },
    {
      ...{ trace, id: id(3), parent: id(2), service, instance, name: 'SELECT', kind: 3 },
      ...{ start: start + ms(took / 4), end: finish - ms(took / 4) },
      attributes: {
        ...{ 'db.system.name': 'postgresql', 'server.address': 'db', 'server.port': 5432 },
        'db.query.text': 'SELECT 1',
      },
    },
  ];
}
