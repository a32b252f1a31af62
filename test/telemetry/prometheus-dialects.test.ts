/** Recorded answers of every dialect's shape give the right edges, per instance. */
import { describe, expect, test } from 'vitest';
import { type EdgeKind, quantile } from '../../src/graph/index.ts';
import { istio } from '../../src/telemetry/prometheus/dialects/istio.ts';
import { otelHttp } from '../../src/telemetry/prometheus/dialects/otel-http.ts';
import { otelRpc } from '../../src/telemetry/prometheus/dialects/otel-rpc.ts';
import { serviceGraph } from '../../src/telemetry/prometheus/dialects/service-graph.ts';
import { draw } from '../../src/telemetry/prometheus/draw.ts';
import type { End, Traffic } from '../../src/telemetry/prometheus/traffic.ts';
import { boardOf } from './boards.ts';
import { bindAnswers, linesOf, listen, recorded } from './prometheus-heard.ts';

const named = (...names: string[]) => ({ match: { names } });
const about = (lines: readonly string[], start: string) => lines.filter((line) => line.startsWith(start));

describe('Istio', () => {
  const board = boardOf(
    {
      'istio-ingressgateway': 'gateway',
      frontend: 'service',
      cart: named('cart.shop'),
      reviews: 'service',
      billing: 'service',
    },
    'istio-ingressgateway → frontend',
    'frontend → cart',
    'frontend → reviews',
    'frontend → billing',
  );

  test('a request is counted where it arrived and timed at both ends', async () => {
    const { readings, unbound } = await bindAnswers(board, ...(await recorded('istio')));
    expect(unbound).toEqual([]);
    expect(about(linesOf(readings), 'istio-ingressgateway-frontend')).toEqual([
      'istio-ingressgateway-frontend errors 0 @frontend-a',
      'istio-ingressgateway-frontend errors 0 @frontend-b',
      'istio-ingressgateway-frontend errors 0 of 2',
      'istio-ingressgateway-frontend latency callee 0,2,2,0 @frontend-b',
      'istio-ingressgateway-frontend latency callee 2,2,0,0 @frontend-a',
      'istio-ingressgateway-frontend latency callee 2,4,2,0 of 2',
      'istio-ingressgateway-frontend latency caller 2,4,2,0 @ingress-1',
      'istio-ingressgateway-frontend latency caller 2,4,2,0 of 1',
      'istio-ingressgateway-frontend rate 4 @frontend-a',
      'istio-ingressgateway-frontend rate 4 @frontend-b',
      'istio-ingressgateway-frontend rate 8 of 2',
    ]);
  });

  test('what never arrived is counted by its source; no instance is blamed for it', async () => {
    const { readings } = await bindAnswers(board, ...(await recorded('istio')));
    const lines = about(linesOf(readings), 'frontend-cart');
    // 10 a second arrived, 2 of them failed; 2 more found no connection
    expect(lines).toContain('frontend-cart rate 12 of 2');
    expect(lines).toContain('frontend-cart errors 0.333333 of 2');
    expect(lines).toContain('frontend-cart errors 0 @cart-a');
    expect(lines).toContain('frontend-cart errors 0.333333 @cart-b');
  });

  test('without a proxy at the destination the source speaks; 404 is no error, no answer is one', async () => {
    const { readings } = await bindAnswers(board, ...(await recorded('istio')));
    expect(about(linesOf(readings), 'frontend-billing')).toEqual([
      'frontend-billing errors 0.166667 @frontend-b',
      'frontend-billing errors 0.166667 of 1',
      'frontend-billing latency caller 0,0,3,3 @frontend-b',
      'frontend-billing latency caller 0,0,3,3 of 1',
      'frontend-billing rate 6 @frontend-b',
      'frontend-billing rate 6 of 1',
    ]);
  });

  test('versions of one service are pooled on its node; gRPC tells errors by status', async () => {
    const { readings } = await bindAnswers(board, ...(await recorded('istio')));
    const lines = about(linesOf(readings), 'frontend-reviews');
    expect(lines).toContain('frontend-reviews rate 2 of 2');
    expect(lines).toContain('frontend-reviews errors 0.5 of 2');
    expect(lines).toContain('frontend-reviews errors 1 @reviews-v2-x');
  });

  test('a sidecar that two jobs scrape is counted once, and that is said', async () => {
    const series = (job: string, value: number) => ({
      labels: {
        ...{ reporter: 'destination', source_workload: 'frontend', source_workload_namespace: 'shop' },
        ...{ destination_workload: 'cart', destination_workload_namespace: 'shop', pod: 'cart-a' },
        ...{ response_code: '200', job, instance: `10.0.0.1:${job === 'envoy' ? 15090 : 15020}` },
      },
      value,
    });
    const answers = { requests: [series('envoy', 3), series('pods', 3)] };
    const { readings, remarks } = await bindAnswers(board, [istio, ['istio_requests_total'], answers]);
    expect(about(linesOf(readings), 'frontend-cart rate')).toEqual([
      'frontend-cart rate 3 @cart-a',
      'frontend-cart rate 3 of 1',
    ]);
    expect(remarks.join()).toContain('come in twice, also by way of job pods');
  });
});

describe('Linkerd', () => {
  test('the called pod is the instance; it is said what the latency is', async () => {
    const board = boardOf(
      { web: 'service', api: 'service', books: named('books.shop') },
      'web → api',
      'api → books',
    );
    const { readings, unbound, remarks } = await bindAnswers(board, ...(await recorded('linkerd')));
    expect(linesOf(readings)).toEqual([
      'api-books errors 0 @books-1',
      'api-books errors 0 of 1',
      'api-books latency caller 2,0,0,0 @books-1',
      'api-books latency caller 2,0,0,0 of 1',
      'api-books rate 2 @books-1',
      'api-books rate 2 of 1',
      'web-api errors 0 @api-1',
      'web-api errors 0.25 of 2',
      'web-api errors 0.5 @api-2',
      'web-api latency caller 0,2,3,5 @api-2',
      'web-api latency caller 8,2,0,0 @api-1',
      'web-api latency caller 8,4,3,5 of 2',
      'web-api rate 10 @api-1',
      'web-api rate 10 @api-2',
      'web-api rate 20 of 2',
    ]);
    // two namespaces have books: the other one is not guessed to be this
    expect(unbound).toEqual([{ source: 'api', target: 'books.staging', kind: 'call', rate: 1 }]);
    expect(remarks.join()).toContain('time to the first byte');
  });
});

describe('OpenTelemetry', () => {
  const board = () =>
    boardOf(
      {
        nginx: 'gateway',
        gateway: 'service',
        cart: named('127.0.0.1:17002'),
        'orders-service': { name: 'orders', ...named('127.0.0.1:17003') },
        catalog: named('127.0.0.1:17005'),
        billing: 'service',
        payment: 'service',
        redis: 'cache',
        postgres: 'database',
        'orders-queue': { name: 'orders', kind: 'queue' },
        worker: 'worker',
      },
      'nginx → gateway',
      'gateway → cart',
      'gateway → orders-service',
      'gateway → catalog',
      'orders-service → catalog',
      'billing → catalog',
      'orders-service → payment',
      'cart → redis: query',
      'catalog → redis: query',
      'catalog → postgres: query',
      'orders-service → postgres: query',
      'worker → postgres: query',
      'orders-service → orders-queue: publish',
      'orders-queue → worker: consume',
    );

  test('every drawn edge is measured, whatever the exporter made of the names', async () => {
    const { readings, unbound, remarks } = await bindAnswers(board(), ...(await recorded('otel')));
    const edges = readings.filter(
      ({ subject, metric, instance }) => subject.type === 'edge' && metric === 'rate' && instance === null,
    );
    expect(new Set(edges.map(({ subject }) => subject.id))).toEqual(new Set(Object.keys(board().edges)));
    expect(unbound).toEqual([{ source: 'gateway', target: 'api.bank.example', kind: 'call', rate: 1 }]);
    expect(remarks).toEqual([
      'Calls to port 4318 are left out: that is where telemetry is sent.',
      '1 edge is measured by the called part alone; its figures stand on the edge because no other caller is drawn.',
    ]);
  });

  test('instances, errors, and one figure over all', async () => {
    const { readings } = await bindAnswers(board(), ...(await recorded('otel')));
    expect(about(linesOf(readings), 'orders-service-catalog')).toEqual(
      [
        'orders-service-catalog errors 0 @or-1',
        'orders-service-catalog errors 0.2 of 2',
        'orders-service-catalog errors 0.333333 @or-2',
        'orders-service-catalog latency caller 0,4,0,2 @or-2',
        'orders-service-catalog latency caller 4,0,0,0 @or-1',
        'orders-service-catalog latency caller 4,4,0,2 of 2',
        'orders-service-catalog rate 4 @or-1',
        'orders-service-catalog rate 6 @or-2',
        'orders-service-catalog rate 10 of 2',
      ].sort(),
    );
    // 500 is an error, 404 is not
    expect(about(linesOf(readings), 'gateway-catalog errors')).toContain(
      'gateway-catalog errors 0.090909 of 1',
    );
    const latency = readings.find(
      ({ subject, metric }) => subject.id === 'gateway-cart' && metric === 'latency',
    )!;
    expect(latency.value).toMatchObject({ bounds: [5, 50, 500, null] });
    expect((latency.value as { sum: number }).sum).toBeCloseTo(60, 6);
    expect(latency.provenance.query).toContain('http_client_request_duration_bucket');
  });

  test('the server’s stopwatch stands at its node, and at an edge only where nobody else can have called', async () => {
    const { readings } = await bindAnswers(board(), ...(await recorded('otel')));
    const lines = linesOf(readings);
    expect(lines).toContain('catalog latency callee 6,13,1,0 of 1');
    expect(lines).toContain('nginx-gateway latency callee 10,9,1,0 of 1');
    expect(lines).toContain('nginx-gateway rate 20 of 1');
    // one caller is drawn, and both ends count the same: two stopwatches on one edge
    expect(lines).toContain('gateway-cart latency caller 8,2,0,0 of 1');
    expect(lines).toContain('gateway-cart latency callee 9,1,0,0 of 1');
    // three callers are drawn: whose requests these were nobody knows
    expect(about(lines, 'gateway-catalog latency callee')).toEqual([]);
  });

  test('a caller that counts differently does not get the figures of all', async () => {
    const told = await recorded('otel');
    const drawn = board();
    delete drawn.edges['orders-service-catalog'];
    delete drawn.edges['billing-catalog'];
    const lines = linesOf((await bindAnswers(drawn, ...told)).readings);
    expect(about(lines, 'gateway-catalog latency callee')).toEqual([]);
    expect(lines).toContain('gateway-catalog rate 11 of 1');
  });

  test('gRPC under its old name, in milliseconds', async () => {
    const { readings } = await bindAnswers(board(), ...(await recorded('otel')));
    const lines = about(linesOf(readings), 'orders-service-payment');
    expect(lines).toContain('orders-service-payment latency caller 1,3,1,0 of 1');
    expect(lines).toContain('orders-service-payment latency callee 3,2,0,0 of 1');
    expect(lines).toContain('orders-service-payment errors 0.2 of 1');
    const caller = readings.find(
      ({ subject, side }) => subject.id === 'orders-service-payment' && side === 'caller',
    );
    expect(caller!.value).toMatchObject({ bounds: [5, 50, 500, null] });
  });

  test('databases by address, or by what they are while there is one of a kind', async () => {
    const { readings } = await bindAnswers(board(), ...(await recorded('otel')));
    const lines = linesOf(readings);
    expect(lines).toContain('orders-service-postgres-query latency caller 0,2,0,2 of 1');
    expect(lines).toContain('orders-service-postgres-query errors 0.5 of 1');
    expect(lines).toContain('cart-redis-query rate 5 of 1');
    expect(readings.every(({ subject, side }) => !subject.id.endsWith('query') || side !== 'callee')).toBe(
      true,
    );
  });

  test('the fullest pool speaks for its node; who waits is added up', async () => {
    const { readings } = await bindAnswers(board(), ...(await recorded('otel')));
    expect(about(linesOf(readings), 'orders-service pool')).toEqual([
      'orders-service pool use 0.3 @or-2',
      'orders-service pool use 0.6 of 2',
      'orders-service pool use 0.9 @or-1',
      'orders-service pool wait 1,1,0,0 @or-2',
      'orders-service pool wait 1,1,2,0 @or-1',
      'orders-service pool wait 2,2,2,0 of 2',
      'orders-service pool waiting 0 @or-2',
      'orders-service pool waiting 4 @or-1',
      'orders-service pool waiting 4 of 2',
    ]);
  });

  test('messages go to the queue and from it, each side with its stopwatch', async () => {
    const { readings } = await bindAnswers(board(), ...(await recorded('otel')));
    const lines = linesOf(readings);
    // six messages in three batches
    expect(lines).toContain('orders-service-orders-queue-publish rate 6 of 1');
    expect(lines).toContain('orders-service-orders-queue-publish latency caller 2,1,0,0 of 1');
    expect(lines).toContain('orders-queue-worker-consume latency callee 0,5,1,0 of 1');
    expect(lines).toContain('orders-queue-worker-consume errors 0.166667 of 1');
  });

  test('a broker stands for queues that are not drawn', async () => {
    const drawn = boardOf(
      { orders: 'service', rabbitmq: 'broker', worker: 'worker' },
      'orders → rabbitmq: publish',
      'rabbitmq → worker: consume',
    );
    const lines = linesOf((await bindAnswers(drawn, ...(await recorded('otel')))).readings);
    expect(lines).toContain('orders-rabbitmq-publish rate 6 of 1');
    expect(lines).toContain('rabbitmq-worker-consume rate 6 of 1');
  });

  test('names that keep their dots are quoted, and read the same', async () => {
    const { questions, read } = listen(otelHttp, ['http.client.request.duration_bucket']);
    expect(questions['client 0 bucket']).toBe(
      'sum by(le,"service.name",service,exported_job,job,"service.instance.id",exported_instance,instance,"server.address","server.port","net.peer.name","net.peer.port",service_name,service_instance_id,server_address,server_port,net_peer_name,net_peer_port)(max without(replica,prometheus_replica)(rate({"http.client.request.duration_bucket"}[10000ms])))',
    );
    const labels = { 'service.name': 'a', 'server.address': 'b', 'http.response.status_code': '503' };
    const seen = await read({ 'client 0 count': [{ labels, value: 2 }] }, async () => {});
    expect(seen.traffic).toMatchObject([
      { source: { names: ['a'] }, target: { names: ['b'] }, rate: 2, failed: 2 },
    ]);
  });

  test('one name in a cluster is a normalised name only as long as one namespace has it', async () => {
    const drawn = boardOf({ a: 'service', catalog: 'service' }, 'a → catalog');
    const call = (host: string) => ({
      labels: { service_name: 'a', server_address: host, server_port: '80' },
      value: 1,
    });
    const names = ['http_client_request_duration_seconds_bucket'];
    const bind = (...hosts: string[]) =>
      bindAnswers(drawn, [otelHttp, names, { 'client 0 count': hosts.map(call) }]);
    expect(linesOf((await bind('catalog.shop.svc.cluster.local')).readings)).toContain('a-catalog rate 1');
    const two = await bind('catalog.shop.svc.cluster.local', 'catalog.test.svc.cluster.local');
    expect(two.readings).toEqual([]);
    expect(two.unbound.length).toBe(2);
  });

  test('a process that is scraped twice, or tells old and new names, counts once', async () => {
    const drawn = boardOf({ a: 'service', b: 'service' }, 'a → b');
    const call = (job: string) => ({
      labels: { service_name: 'a', instance: 'a:1', job, server_address: 'b' },
      value: 2,
    });
    const names = ['http_client_request_duration_seconds_bucket', 'http_client_duration_milliseconds_bucket'];
    const answers = { 'client 0 count': [call('x'), call('y')], 'client 1 count': [call('x')] };
    const { readings, remarks } = await bindAnswers(drawn, [otelHttp, names, answers]);
    expect(about(linesOf(readings), 'a-b rate')).toEqual(['a-b rate 2 @a:1', 'a-b rate 2 of 1']);
    expect(remarks.join()).toContain('counted once');
  });
});

describe('several dialects at once', () => {
  const board = boardOf({ a: 'service', b: 'service' }, 'a → b');
  const graph = (value: number) =>
    [
      serviceGraph,
      ['traces_service_graph_request_total'],
      { total: [{ labels: { client: 'a', server: 'b' }, value }] },
    ] as const;
  const http = [
    otelHttp,
    ['http_client_request_duration_bucket'],
    { 'client 0 count': [{ labels: { service_name: 'a', server_address: 'b' }, value: 5 }] },
  ] as const;
  const rpc = [
    otelRpc,
    ['rpc_client_duration_bucket'],
    { 'client 0 count': [{ labels: { service_name: 'a', server_address: 'b' }, value: 4 }] },
  ] as const;
  const rates = async (...told: Parameters<typeof bindAnswers>[1][]) => {
    const { readings, remarks } = await bindAnswers(board, ...told);
    return [about(linesOf(readings), 'a-b rate'), remarks] as const;
  };

  test('the first that measured speaks; nothing is added', async () => {
    expect(await rates([...graph(3)], [...http])).toEqual([
      ['a-b rate 3'],
      [
        '1 edge is measured both by the service graph (Tempo, OpenTelemetry Collector) and by OpenTelemetry HTTP: the figures of the former are shown, and nothing is added up.',
      ],
    ]);
    expect((await rates([...rpc], [...http]))[0]).toEqual(['a-b rate 4']);
  });

  test('what a part served is told by who counted most of it', async () => {
    const served = (value: number) => [{ labels: { service_name: 'b' }, value }];
    const { readings, unboundNodes } = await bindAnswers(
      boardOf({ b: 'service' }),
      [otelRpc, ['rpc_server_duration_bucket'], { 'server 0 count': served(4) }],
      [
        otelHttp,
        ['http_server_request_duration_bucket'],
        { 'server 0 count': [...served(6), { labels: { service_name: 'dark' }, value: 1 }] },
      ],
    );
    expect(linesOf(readings)).toEqual(['b errors 0', 'b rate 6']);
    expect(unboundNodes).toEqual([{ name: 'dark', kind: 'service', metric: 'latency' }]);
  });

  test('one that has gone quiet makes way for one that still counts', async () => {
    expect((await rates([...graph(0)], [...http]))[0]).toEqual(['a-b rate 5']);
  });
});

describe('drawing what was seen', () => {
  const drawn = async (file: string) => {
    const { heard } = await bindAnswers(boardOf({}), ...(await recorded(file)));
    let n = 0;
    const { nodes, edges } = draw(
      heard.map(({ seen }) => seen),
      () => `n${n++}`,
    );
    const name = new Map(nodes.map((node) => [node.id, node.name]));
    return {
      nodes: nodes.map(({ name, kind, technology, match }) =>
        [`${name}: ${kind}`, technology, match?.names.join(' ')].filter(Boolean).join(' · '),
      ),
      edges: edges.map(({ source, target, kind }) => `${name.get(source)} ${kind} ${name.get(target)}`),
    };
  };

  test('workloads of a mesh', async () => {
    const { nodes, edges } = await drawn('istio');
    expect(nodes).toContain('istio-ingressgateway: gateway · istio-ingressgateway.istio-system');
    expect(nodes).toContain('reviews-v2: service · reviews-v2.shop');
    expect(edges).toHaveLength(5);
    expect((await drawn('linkerd')).nodes).toEqual([
      'api: service · api.shop',
      'books.shop: service',
      'books.staging: service',
      'web: service · web.shop',
    ]);
  });

  test('services, stores, queues and strangers', async () => {
    const { nodes, edges } = await drawn('otel');
    expect(nodes).toContain('redis: cache · Redis · 127.0.0.1:6379');
    expect(nodes).toContain('postgresql: database · PostgreSQL · 127.0.0.1:5432');
    expect(nodes).toContain('orders: queue · RabbitMQ · amq.direct:orders');
    expect(nodes).toContain('api.bank.example: external · api.bank.example:443');
    expect(nodes).toContain(
      'catalog: service · catalog.shop.svc.cluster.local:8080 catalog.shop.svc.cluster.local',
    );
    expect(edges).toContain('orders consume worker');
    expect(edges).toContain('billing call catalog');
  });

  test('messages go through the queue, also those that a service graph tells of without it', () => {
    const orders: End = { names: ['orders'], kind: 'service' };
    const worker: End = { names: ['worker'], kind: 'service' };
    const mailer: End = { names: ['mailer'], kind: 'service' };
    const queue: End = { names: ['orders'], kind: 'queue' };
    const traffic = (source: End, target: End, kind: EdgeKind): Traffic => ({
      ...{ source, target, kind, rate: 1, failed: 0, latency: {}, asked: {} },
      instance: { caller: null, callee: null },
    });
    let n = 0;
    const { nodes, edges } = draw(
      [
        { traffic: [traffic(orders, worker, 'publish'), traffic(orders, mailer, 'publish')] },
        { traffic: [traffic(orders, queue, 'publish'), traffic(queue, worker, 'consume')] },
      ],
      () => `n${n++}`,
    );
    const kindAndName = (id: string) => {
      const { kind, name } = nodes.find((node) => node.id === id)!;
      return `${kind} ${name}`;
    };
    expect(edges.map(({ source, target }) => `${kindAndName(source)} → ${kindAndName(target)}`)).toEqual([
      'service orders → service mailer',
      'service orders → queue orders',
      'queue orders → service worker',
    ]);
  });
});

test('a sum is kept beside the buckets, and quantiles stay what they were', async () => {
  const told = await recorded('istio');
  const { readings } = await bindAnswers(
    boardOf({ frontend: 'service', cart: 'service' }, 'frontend → cart'),
    ...told,
  );
  const callee = readings.find(({ side, instance }) => side === 'callee' && instance === null)!;
  expect(callee.value).toMatchObject({ type: 'histogram', bounds: [5, 50, 500, null] });
  if (typeof callee.value === 'number') throw new Error('a number');
  expect(quantile(callee.value, 0.5)!.value).toBeCloseTo(125, 6);
  expect((callee.value as { sum: number }).sum).toBeCloseTo(1200, 6);
});

test('native histograms are asked for whole, and their quantiles are those of Prometheus', async () => {
  const told = await recorded('native');
  const [[dialect, names]] = told as [(typeof told)[number]];
  const { questions } = listen(dialect, names);
  expect(questions['client 0 bucket']).toMatch(
    /^sum by\([^)]*\)\(rate\(http_client_request_duration_seconds\[10000ms\]\)\)$/,
  );
  expect(questions['client 0 count']).toMatch(/^histogram_count\(sum by/);
  const { readings } = await bindAnswers(boardOf({ web: 'service', cart: 'service' }, 'web → cart'), ...told);
  expect(linesOf(readings).filter((line) => line.includes('rate'))).toEqual([
    'web-cart rate 10.957994 @w1',
    'web-cart rate 21.915989 @w2',
    'web-cart rate 32.873983 of 2',
  ]);
  const all = readings.find(({ metric, instance }) => metric === 'latency' && instance === null)!;
  if (typeof all.value === 'number') throw new Error('a number');
  // what histogram_quantile(0.5, sum(rate(…))) answered at that time
  expect(quantile(all.value, 0.5)!.value).toBeCloseTo(118.75, 9);
  expect(all.value).toMatchObject({ sum: expect.closeTo(4482.815872, 6) });
});
