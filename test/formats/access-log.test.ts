/** Access logs of our own making, held against counts that are made here in another, simpler way. */
import { gzipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { readFiles } from '../../src/formats/index.ts';
import {
  type Board,
  type BoardNode,
  bindObserved,
  emptyBoard,
  mean,
  quantile,
} from '../../src/graph/index.ts';
import { bytesOf, fixture, type Opened, opened, parts, readingOf, refused, textOf } from './drop.ts';
import { agrees, at, callee, caller, combined, distribution, lines } from './logs.ts';

describe('Envoy', () => {
  const text = textOf(fixture('shop.envoy.log'));
  const read = opened('shop.envoy.log', text);
  const found = [...text.matchAll(/" (\d+) (\S+) \d+ \d+ (\d+) (\S+) .*"(\S+)"$/gm)];

  it('tells what came in, and what its upstreams took', () => {
    expect(found).toHaveLength(36);
    const failed = (all: typeof found) => all.filter(([, status]) => Number(status) >= 500).length;
    const durations = found.map(([, , , duration]) => Number(duration));
    const whole = { durations, calls: 36, failed: failed(found) };
    agrees(read, at(read, 'client', 'envoy'), 'callee', whole, 1);
    for (const server of ['10.1.0.4:9000', '10.1.0.5:9000']) {
      const own = found.filter(([, , , , , host]) => host === server);
      const served = own.flatMap(([, , , , took]) => (took === '-' ? [] : [Number(took)]));
      const count = { durations: served, calls: own.length, failed: failed(own) };
      agrees(read, at(read, 'envoy', server), 'caller', count, 1);
    }
  });

  it('a client that left is no failure', () => {
    expect(text).toContain(' 0 DC ');
    expect(read.repairs).toEqual([{ path: '', reason: expect.stringMatching(/client gave up .*: 1$/) }]);
  });

  it('Istio’s lines name the service', () => {
    const istio =
      '[2026-03-04T05:06:07.000Z] "GET /a HTTP/1.1" 200 - via_upstream - "-" 0 9 14 12 "-" "curl" "id" "catalog" ' +
      '"10.1.0.4:9000" outbound|80||catalog.shop.svc.cluster.local 10.1.0.2:1 10.1.0.3:2 10.1.0.2:3 - default';
    const read = opened('a.log', lines(istio, istio.replace('10.1.0.4', '10.1.0.5')));
    const edge = at(read, 'envoy', 'catalog.shop.svc.cluster.local');
    expect(readingOf(read, edge, 'latency', 'caller')?.instances).toBe(2);
    const node = Object.values(read.board.nodes).find(({ kind }) => kind === 'service');
    expect(node?.match?.names).toContain('catalog');
    const json = JSON.stringify({
      ...{
        start_time: '2026-03-04T05:06:07.000Z',
        response_code: 200,
        duration: 14,
        method: 'GET',
        path: '/a',
      },
      ...{
        upstream_host: '10.1.0.4:9000',
        upstream_service_time: '12',
        upstream_cluster: 'outbound|80||catalog',
      },
    });
    const same = opened('a.jsonl', lines(json, json));
    expect(mean(distribution(caller(same, 'latency', 'catalog', 'envoy')))).toBe(12);
  });
});

describe('HAProxy', () => {
  const text = textOf(fixture('shop.haproxy.log'));
  const read = opened('shop.haproxy.log', text);
  const found = [
    ...text.matchAll(/web~ (\w+)\/(\S+) \S+?\/\S+?\/(-?\d+)\/(-?\d+)\/(\d+) (-?\d+) \d+ - - (\S)/gm),
  ].map(([, backend, server, connect, respond, active, status, ended]) => ({
    ...{ backend, server, took: Number(connect) + Number(respond), answered: Number(respond) >= 0 },
    ...{ active: Number(active), failed: Number(status) >= 500 || (status === '-1' && ended !== 'C') },
  }));

  it('tells frontend, backends and servers', () => {
    expect(found).toHaveLength(36);
    expect(parts(read)).toEqual(['client client', 'load balancer web', 'service carts', 'service orders']);
    const durations = found.map(({ active }) => active);
    const failed = found.filter((each) => each.failed).length;
    agrees(read, at(read, 'client', 'web'), 'callee', { durations, calls: 36, failed }, 1);
    for (const backend of ['carts', 'orders']) {
      const own = found.filter((each) => each.backend === backend && each.server !== '<NOSRV>');
      const count = {
        durations: own.filter(({ answered }) => answered).map(({ took }) => took),
        ...{ calls: own.length, failed: own.filter((each) => each.failed).length },
      };
      agrees(read, at(read, 'web', backend), 'caller', count, 1);
      for (const server of ['srv1', 'srv2'])
        expect(readingOf(read, at(read, 'web', backend), 'errors', 'caller', server)?.samples).toBe(
          own.filter((each) => each.server === server).length,
        );
    }
  });

  it('says that its times bear no zone, and takes one where there is one', () => {
    expect(read.repairs.map(({ reason }) => reason)).toContain('times without a zone, taken for UTC: all');
    const zoned = opened('a.log', text.replace(/(\[\S+?)\]/g, '$1 +0200]'));
    expect(zoned.repairs.map(({ reason }) => reason).join()).not.toContain('zone');
    expect(callee(zoned, 'rate', 'web')?.at).toBe(callee(read, 'rate', 'web')!.at - 2 * 3_600_000);
  });
});

describe('lines of JSON', () => {
  it('are read by the fields that a first line names', () => {
    const text = textOf(fixture('shop.fields.log'));
    const read = opened('shop.fields.log', text);
    const found = text
      .split('\n')
      .slice(1, -1)
      .map((line) => JSON.parse(line));
    const failed = found.filter(({ code }) => code >= 500).length;
    const count = { durations: found.map(({ took }) => took / 1000), calls: 30, failed };
    agrees(read, at(read, 'client', 'front'), 'callee', count, 0);
    const waited = { ...count, durations: found.map(({ waited }) => waited / 1000) };
    agrees(read, at(read, 'front', 'catalog'), 'caller', waited, 0);
    expect(caller(read, 'latency', 'catalog', 'front')).toMatchObject({ instances: 2 });
    expect(refused('a.log', '# fields: time=ts\n{}').reason).toContain(
      'does not name duration, unit, status',
    );
    expect(refused('a.log', '# fields: when=ts\n{}').reason).toContain('"when=ts" is not understood');
  });

  it('are read by names that leave no doubt, and else it is asked for what is missing', () => {
    const line = { time: '2026-03-04T05:06:07Z', status: 200, method: 'GET', path: '/a' };
    const log = (more: object) => lines(...Array(3).fill(JSON.stringify({ ...line, ...more })));
    expect(mean(distribution(callee(opened('a.log', log({ duration_ms: 12 })), 'latency', 'proxy')))).toBe(
      12,
    );
    expect(mean(distribution(callee(opened('a.log', log({ latency: '1.5s' })), 'latency', 'proxy')))).toBe(
      1500,
    );
    expect(refused('a.log', log({ duration: 12 }))).toMatchObject({
      path: '1:1',
      reason: expect.stringMatching(
        /meant by: unit of duration; put .*# fields: time=ts duration=took unit=ms/,
      ),
    });
    expect(refused('a.log', log({})).reason).toContain('meant by: duration;');
    expect(refused('a.log', log({ duration_ms: 12, ts: 1 })).reason).toContain('time (time or ts?)');
  });

  it('whole seconds are said to be so', () => {
    const line = (took: number) =>
      JSON.stringify({ ts: 1_772_600_767, status: 200, url: '/', elapsed_s: took });
    const read = opened('a.log', lines(...[0, 1, 1, 2, 3].map(line)));
    expect(quantile(distribution(callee(read, 'latency', 'proxy')), 0.5)).toMatchObject({
      low: 1000,
      high: 2000,
    });
    expect(callee(read, 'latency', 'proxy')?.provenance.note).toBe('in whole seconds');
  });

  it('Traefik and Caddy are known', () => {
    const traefik = JSON.stringify({
      ...{ StartUTC: '2026-03-04T05:06:07.123456789Z', Duration: 12_500_000, DownstreamStatus: 502 },
      ...{ RequestMethod: 'GET', RequestPath: '/a', ServiceName: 'carts@docker', ServiceAddr: '10.0.0.1:80' },
      OriginDuration: 12_000_000,
    });
    const read = opened('a.log', lines(traefik, traefik));
    expect(mean(distribution(caller(read, 'latency', 'carts', 'traefik')))).toBe(12);
    const caddy = JSON.stringify({
      ...{ ts: 1772600767.5, status: 200, duration: 0.0125, request: { method: 'GET', uri: '/a?b' } },
    });
    const served = opened('a.log', lines(caddy, caddy));
    expect(mean(distribution(callee(served, 'latency', 'caddy')))).toBe(12.5);
  });
});

describe('any log', () => {
  const text = textOf(fixture('shop.nginx.log'));

  it('may be packed, marked, of Windows, or out of order', () => {
    const plain = opened('a.log', text);
    const same = (other: Opened) => {
      const summary = ({ readings }: Opened) =>
        readings
          .map(({ metric, side, value, samples, at }) => JSON.stringify({ metric, side, value, samples, at }))
          .sort();
      expect(summary(other)).toEqual(summary(plain));
    };
    same(opened('a.log.gz', gzipSync(bytesOf(text))));
    same(opened('a.log', `\ufeff${text.replaceAll('\n', '\r\n')}`));
    const shuffled = text.trim().split('\n').reverse();
    expect(callee(opened('a.log', lines(...shuffled)), 'rate')).toMatchObject({ ...callee(plain, 'rate') });
  });

  it('lines that can’t be read are listed, and when they are most, so it is refused', () => {
    const read = opened(
      'a.log',
      lines(
        combined(' rt=0.001'),
        'oops',
        '',
        combined(' rt=0.002'),
        combined(' rt=x'),
        combined(' rt=0.003'),
      ),
    );
    expect(read.repairs.slice(0, 2)).toEqual([
      { path: '2:1', reason: 'is not laid out like the others' },
      { path: '5:1', reason: '"x" is no time in seconds such as 0.123' },
    ]);
    const good = Array(201).fill(combined(' rt=0.001'));
    const bad = Array(202).fill('oops');
    expect(refused('a.log', lines(...good, ...bad))).toMatchObject({
      path: '202:1',
      reason: expect.stringContaining('202 of 403 lines can’t be read'),
    });
    expect(refused('a.log', lines(`x "GET / HTTP/1.1" y`))).toMatchObject({
      path: '1:1',
      reason: expect.stringContaining('put the log_format'),
    });
  });

  it('connections that became something else are counted, and not timed', () => {
    const switched = combined(' rt=600.000 urt=600.000 ua=ws:80', 'GET /ws HTTP/1.1', 101);
    const read = opened('a.log', lines(switched, combined(' rt=0.001 urt=0.001 ua=ws:80')));
    expect(callee(read, 'latency')?.samples).toBe(1);
    expect(caller(read, 'latency', 'ws:80')?.samples).toBe(1);
    expect(callee(read, 'errors')?.samples).toBe(2);
  });

  it('two ports of a host are two parts, and the host is neither’s name', () => {
    const read = opened('a.log', lines(combined(' rt=0.001 ua=app:80'), combined(' rt=0.001 ua=app:81')));
    const services = Object.values(read.board.nodes).filter(({ kind }) => kind === 'service');
    expect(services.map(({ name, match }) => [name, match])).toEqual([
      ['app:80', undefined],
      ['app:81', undefined],
    ]);
  });
});

test('addresses that a board has as one part are one edge there, and its instances', () => {
  const read = opened('shop.nginx.log', fixture('shop.nginx.log'));
  const drawn = (id: string, names: string[]): BoardNode => ({
    ...{ id, name: id, kind: 'service', position: [0, 0], match: { names } },
  });
  const servers = ['10.0.0.1:8080', '10.0.0.2:8080', '[2001:db8::7]:8080'];
  const board: Board = {
    ...emptyBoard('b'),
    nodes: { nginx: drawn('nginx', []), app: drawn('app', servers) },
    edges: { e: { id: 'e', source: 'nginx', target: 'app', kind: 'call' } },
  };
  const { readings, unbound } = bindObserved(board, { ...read.board, readings: read.readings });
  expect(unbound.map(({ source, target }) => [source, target])).toEqual([['client', 'nginx']]);
  const apart = servers.map((server) => caller(read, 'errors', server)!);
  const calls = apart.reduce((sum, { samples }) => sum + samples!, 0);
  const failed = apart.reduce((sum, { samples, value }) => sum + samples! * Number(value), 0);
  const whole = (metric: string) =>
    readings.find((each) => each.metric === metric && each.instance === null && !each.operation);
  expect(whole('errors')).toMatchObject({ value: failed / calls, samples: calls, instances: 3 });
  expect(whole('latency')).toMatchObject({ samples: calls, instances: 3 });
  expect(readings.filter(({ metric, instance }) => metric === 'rate' && instance !== null)).toHaveLength(3);
});

test('a log is told from a sketch and from prose', () => {
  const isAccessLog = (text: string) =>
    readFiles([{ name: 'pasted', bytes: bytesOf(text) }], { newId: () => 'id', now: 0 })[0]!.taken?.id ===
    'access-log';
  for (const name of ['shop.nginx.log', 'shop.envoy.log', 'shop.haproxy.log', 'shop.fields.log'])
    expect(isAccessLog(textOf(fixture(name)))).toBe(true);
  expect(isAccessLog(combined())).toBe(true);
  expect(isAccessLog(combined('', 'GET /a->b HTTP/1.1'))).toBe(true);
  for (const text of ['a -> b', 'GET /a HTTP/1.1', 'p95 > 200 ms since 12:00', '# fields', '{"a":1}', ''])
    expect(isAccessLog(text)).toBe(false);
});
