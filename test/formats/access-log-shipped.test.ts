/** Lines as they come out of containers, shippers and syslog; Traefik's own; connections that are not of HTTP. */
import { describe, expect, test } from 'vitest';
import { edgeBetween, hops, opened, parts, readingOf, refused } from './drop.ts';
import { at, callee, caller, combined, lines } from './logs.ts';

const envoy = (request: string, code: number, flags: string, host = '10.1.0.4:9000') =>
  `[2026-03-04T05:06:07.000Z] "${request}" ${code} ${flags} 0 9 14 ${code === 0 ? '-' : 12} "-" "curl" "id" "shop" "${host}"`;
const haproxy =
  '192.0.2.1:5000 [04/Mar/2026:05:06:07.000] front carts/c1 0/0/1/7/9 200 12 - - ---- 1/1/0/0/0 0/0 "GET /a HTTP/1.1"';
const caddy = (ts = '"ts":1772600767.5,') =>
  `{"level":"info",${ts}"request":{"method":"GET","uri":"/a"},"duration":0.0125,"size":3,"status":200}`;

describe('what stands before or around a line', () => {
  const line = envoy('GET /a HTTP/1.1', 200, '-');
  test.each([
    ['Docker Compose', `proxy-1  | ${line}`],
    ['Kubernetes', `2026-03-04T05:06:07.000000001Z stdout F ${line}`],
    ['kubectl', `[pod/proxy-6d9-x2/envoy] ${line}`],
    ['syslog', `Mar  4 05:06:07 host-1 envoy[7]: ${line}`],
    ['Envoy itself', `ACCESS ${line}`],
    ['Docker’s JSON', JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-03-04T05:06:08Z' })],
    ['a shipper’s JSON', JSON.stringify({ message: line, kubernetes: { pod: { name: 'p' } } })],
  ])('of %s is not of it', (_, shipped) => {
    const found = opened('x', lines(shipped, shipped, shipped));
    expect(hops(found)).toEqual(['client -call-> envoy', 'envoy -call-> 10.1.0.4:9000']);
    expect(callee(found, 'latency', 'envoy')).toMatchObject({ samples: 3 });
    expect(found.repairs).toEqual([]);
  });

  test('JSON in JSON is read, and lines keep their numbers', () => {
    const docker = (log: string) => JSON.stringify({ log: `${log}\n`, stream: 'stdout' });
    const found = opened('x.log', lines(docker(caddy()), docker('ready'), docker(caddy()), docker(caddy())));
    expect(parts(found)).toEqual(['client client', 'gateway caddy']);
    expect(found.lost).toMatchObject({ count: 1, of: 4, example: { path: '2:1' } });
  });

  test('Caddy on a console has its time outside', () => {
    const line = `2026/03/04 05:06:07.500\tINFO\thttp.log.access\thandled request\t${caddy('')}`;
    const found = opened('x', lines(line, line));
    const edge = at(found, 'client', 'caddy');
    expect(readingOf(found, edge, 'latency', 'callee')).toMatchObject({ samples: 2 });
    expect(found.repairs.map(({ reason }) => reason)).toEqual(['times without a zone, taken for UTC: all']);
  });

  test('is of it where a person stated the layout', () => {
    const found = opened('x', lines("log_format of '$host | $status $request_time';", 'shop | 200 0.010'));
    expect(callee(found, 'latency')).toMatchObject({ samples: 1 });
  });
});

describe('Traefik', () => {
  const clf = (router: string, server: string, took: number, status = 200) =>
    combined(` 17 "${router}" "${server}" ${took}ms`, 'GET /a HTTP/1.1', status);

  test('as it logs by default', () => {
    const found = opened(
      'x',
      lines(
        clf('carts@docker', 'http://10.1.0.4:80', 7),
        clf('carts@docker', 'http://10.1.0.5:80', 9, 502),
        clf('-', '-', 0, 404),
      ),
    );
    expect(hops(found)).toEqual(['client -call-> traefik', 'traefik -call-> carts']);
    expect(callee(found, 'errors', 'traefik')).toMatchObject({ value: 1 / 3, samples: 3 });
    expect(callee(found, 'latency', 'traefik')).toMatchObject({ samples: 3 });
    expect(caller(found, 'errors', 'carts', 'traefik')).toMatchObject({ value: 0.5, instances: 2 });
    expect(caller(found, 'latency', 'carts', 'traefik')).toBeUndefined();
    expect(found.repairs.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^Traefik’s common log names routers/),
    ]);
  });

  test('is no upstream of itself', () => {
    const line = (ServiceName: string) =>
      JSON.stringify({
        ...{ StartUTC: '2026-03-04T05:06:07Z', Duration: 9_000_000, OriginDuration: 7_000_000 },
        ...{ DownstreamStatus: 200, RequestMethod: 'GET', RequestPath: '/a', ServiceName },
      });
    const found = opened('x', lines(line('dashboard@internal'), line('carts@docker')));
    expect(hops(found)).toEqual(['client -call-> traefik', 'traefik -call-> carts']);
  });
});

describe('connections that are not of HTTP', () => {
  test('Envoy’s, of which some failed', () => {
    const found = opened(
      'x',
      lines(envoy('- - -', 0, '-'), envoy('- - -', 0, 'UF,URX'), envoy('GET /a HTTP/1.1', 0, 'DC')),
    );
    expect(callee(found, 'errors', 'envoy')).toMatchObject({ value: 1 / 3, samples: 3 });
    expect(callee(found, 'latency', 'envoy')).toMatchObject({ samples: 1 });
    expect(edgeBetween(found, 'envoy', '10.1.0.4:9000').protocol).toBe('TCP');
    expect(found.repairs.map(({ reason }) => reason)).toEqual([
      'connections of TCP, or that went on as something else than HTTP (101), not timed: 1',
      expect.stringMatching(/client gave up .*: 1$/),
    ]);
  });

  test('HAProxy’s, with and without a server', () => {
    const session = (server: string, ended: string) =>
      `192.0.2.1:5000 [04/Mar/2026:05:06:07.000] front redis/${server} 1/0/5007 212 ${ended} 1/1/1/1/0 0/0`;
    const found = opened('x', lines(session('r1', '--'), session('r1', 'CD'), session('<NOSRV>', 'SC')));
    expect(hops(found)).toEqual(['client -call-> front', 'front -call-> redis']);
    expect(edgeBetween(found, 'front', 'redis').protocol).toBe('TCP');
    expect(callee(found, 'errors', 'front')).toMatchObject({ value: 1 / 3, samples: 3 });
    expect(callee(found, 'latency', 'front')).toBeUndefined();
  });

  test('a word between HAProxy’s server and its times is nobody’s', () => {
    const found = opened('x', lines(haproxy, haproxy.replace('carts/c1 ', 'carts/c1 shop.example ')));
    expect(found.lost).toBeUndefined();
    expect(callee(found, 'latency', 'front')).toMatchObject({ samples: 2 });
  });
});

test('what a proxy says of itself among its requests is left out, and told', () => {
  const asides = [
    '/docker-entrypoint.sh: Configuration complete; ready for start up',
    '2026/03/04 05:06:07 [notice] 1#1: start worker process 29',
    'Mar  4 05:06:07 host haproxy[7]: Proxy front started.',
    'Mar  4 05:06:07 host haproxy[7]: Server carts/c1 is DOWN, reason: Layer4 timeout',
    '[2026-03-04 05:06:07.123][1][info][main] starting main dispatch loop',
    'time="2026-03-04T05:06:07Z" level=info msg="Configuration loaded"',
  ];
  for (const line of [combined(' rt=0.010'), haproxy, envoy('GET /a HTTP/1.1', 200, '-')]) {
    const found = opened('x', lines(...asides, line, line));
    expect(found.lost).toBeUndefined();
    expect(found.repairs.map(({ reason }) => reason)).toContain(
      'lines in which the proxy speaks of itself, left out: 6',
    );
    expect(found.readings.find(({ metric }) => metric === 'latency')?.samples).toBe(2);
  }
  const json = opened('x', lines('{"level":"info","logger":"admin","msg":"stopped"}', caddy()));
  expect(json.repairs.map(({ reason }) => reason)).toEqual([
    'lines in which the proxy speaks of itself, left out: 1',
  ]);
  expect(refused('x.log', lines(...asides)).reason).toBe('is no access log');
});

test('labelled values', () => {
  const line = (status: number, reqtime: string, apptime: string) =>
    `time:2026-03-04T05:06:07+09:00\tmethod:GET\turi:/a/7?b\tstatus:${status}\tsize:12\treqtime:${reqtime}\tapptime:${apptime}\tua:-`;
  const found = opened(
    'x',
    lines(line(200, '0.120', '0.100'), line(502, '0.220', '0.200'), line(404, '0.001', '-')),
  );
  expect(hops(found)).toEqual(['client -call-> nginx', 'nginx -call-> upstream']);
  expect(callee(found, 'latency')).toMatchObject({ samples: 3 });
  expect(caller(found, 'errors', 'upstream')).toMatchObject({ value: 0.5, samples: 2 });
  expect(edgeBetween(found, 'client', 'nginx').operations?.map(({ name }) => name)).toEqual(['GET /a/:id']);
});

describe('Envoy’s JSON', () => {
  const line = (changes: object) =>
    JSON.stringify({
      ...{ '@timestamp': '2026-03-04T05:06:07.000Z', authority: 'shop', method: 'GET', path: '/a' },
      ...{ protocol: 'HTTP/2', response_code: '200', response_flags: '-', duration: '15' },
      ...{ upstream_cluster: 'shop/carts/80/da39a3ee5e', upstream_host: '10.1.0.4:8080' },
      ...{ upstream_service_time: '14', ...changes },
    });

  test('of Contour has its time and the service in its own way', () => {
    const found = opened('x.log', lines(line({}), line({})));
    expect(hops(found)).toEqual(['client -call-> envoy', 'envoy -call-> carts.shop.svc']);
    expect(caller(found, 'latency', 'carts.shop.svc', 'envoy')).toMatchObject({ samples: 2 });
  });

  test('of Envoy Gateway calls headers as HTTP does', () => {
    const own = { 'x-envoy-upstream-service-time': '14', 'x-envoy-origin-path': '/b' };
    const headers = { ...own, path: undefined, upstream_service_time: undefined };
    const found = opened('x.log', lines(line(headers), line(headers)));
    expect(edgeBetween(found, 'client', 'envoy').operations).toMatchObject([{ name: 'GET /b' }]);
    expect(caller(found, 'latency', 'carts.shop.svc', 'envoy')).toMatchObject({ samples: 2 });
  });

  test('of connections that Istio only passes on names their addresses', () => {
    const tcp = { method: null, path: null, protocol: null, response_code: 0, upstream_service_time: null };
    const passed = (host: string) =>
      line({ ...tcp, upstream_cluster: 'PassthroughCluster', upstream_host: host });
    const found = opened('x.log', lines(passed('10.1.0.5:3306'), passed('10.1.0.6:27017')));
    expect(hops(found)).toEqual([
      'client -call-> envoy',
      'envoy -call-> 10.1.0.5:3306',
      'envoy -call-> 10.1.0.6:27017',
    ]);
    expect(edgeBetween(found, 'envoy', '10.1.0.5:3306').protocol).toBe('TCP');
  });
});
