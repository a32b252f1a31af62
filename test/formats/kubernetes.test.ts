/** Kubernetes manifests: workloads, what stands before them, who routes to these, and whom their settings name. */
import { expect, test } from 'vitest';
import { hops, opened, parts, refused } from './drop.ts';
import { nodeNamed, openedAll, remarks, told } from './files.ts';

type Json = Record<string, unknown>;
const object = (kind: string, name: string, spec: Json = {}, more: Json = {}): Json => {
  const { metadata, ...rest } = more as { metadata?: Json };
  return {
    apiVersion: API[kind] ?? 'v1',
    kind,
    metadata: { name, ...metadata },
    ...(kind !== 'ConfigMap' && { spec }),
    ...rest,
  };
};
const API: Record<string, string> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  Ingress: 'networking.k8s.io/v1',
  CronJob: 'batch/v1',
  VirtualService: 'networking.istio.io/v1beta1',
  DestinationRule: 'networking.istio.io/v1beta1',
  ServiceEntry: 'networking.istio.io/v1',
  Route: 'route.openshift.io/v1',
  DeploymentConfig: 'apps.openshift.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  IngressRoute: 'traefik.io/v1alpha1',
};
const pod = (app: string, container: Json = {}, more: Json = {}): Json => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: 'main', image: app, ...container }], ...more },
});
const deployment = (name: string, container: Json = {}, more: Json = {}): Json =>
  object('Deployment', name, { replicas: 2, template: pod(name, container, more) });
const service = (name: string, app = name, more: Json = {}): Json =>
  object('Service', name, { selector: { app }, ports: [{ port: 80 }], ...more });
const env = (values: Record<string, string>) => ({
  env: Object.entries(values).map(([name, value]) => ({ name, value })),
});
/** One document after the other; JSON is YAML. */
const yaml = (...objects: Json[]) =>
  objects.map((each) => `---\n${JSON.stringify(each, null, 1)}\n`).join('');
const inNamespace = (namespace: string, each: Json): Json => ({
  ...each,
  metadata: { ...(each.metadata as Json), namespace },
});

test('workloads of every kind, with their images and instances', () => {
  const read = opened(
    'shop.yaml',
    yaml(
      deployment('web', { image: 'node:20' }),
      object('StatefulSet', 'db', {
        replicas: 3,
        serviceName: 'db',
        template: pod('db', { image: 'postgres:16.1' }),
      }),
      object('DaemonSet', 'agent', { template: pod('agent') }, { apiVersion: 'apps/v1' }),
      object('CronJob', 'report', {
        jobTemplate: { spec: { template: pod('report', { image: 'postgres:16' }) } },
      }),
      object('Pod', 'bare', pod('bare', { image: 'redis' }).spec as Json),
      object('DeploymentConfig', 'old', { replicas: 1, selector: { app: 'old' }, template: pod('old') }),
      object('Secret', 'keys', {}, { stringData: { DB_PASSWORD: 'hunter2' } }),
    ),
  );
  expect(parts(read)).toEqual([
    'cache bare',
    'database db',
    'service agent',
    'service old',
    'service web',
    'worker report',
  ]);
  expect(nodeNamed(read, 'db')).toMatchObject({ technology: 'PostgreSQL', instances: 3 });
  expect(nodeNamed(read, 'web')).toMatchObject({ technology: 'Node.js', instances: 2 });
  expect(JSON.stringify(read)).not.toContain('hunter2');
});

test('hosts within the cluster, in each of their forms', () => {
  const read = opened(
    'all.yml',
    yaml(
      inNamespace(
        'shop',
        deployment(
          'web',
          env({ A_ADDR: 'cart:80', B_URL: 'http://pay.bank:80/x', C_ADDR: 'log.ops.svc:1514' }),
        ),
      ),
      inNamespace(
        'shop',
        deployment('jobs', {
          command: ['run'],
          args: ['--db=kafka-0.kafka.bank.svc.cluster.local:9092', '--self', 'jobs'],
        }),
      ),
      inNamespace(
        'shop',
        deployment('cart', {
          env: [
            { name: 'HOST', value: 'pay.bank.svc.cluster.local' },
            { name: 'X', value: 'grpc://$(HOST):1' },
          ],
        }),
      ),
      inNamespace('bank', deployment('pay-v1', env({ CART_HOST: 'cart', CART_URL: 'http://cart.shop' }))),
      inNamespace('bank', object('StatefulSet', 'kafka', { template: pod('kafka', { image: 'kafka' }) })),
      inNamespace('ops', deployment('log')),
      inNamespace('shop', service('cart')),
      inNamespace('bank', service('pay', 'pay-v1')),
      inNamespace('bank', service('kafka')),
      inNamespace('ops', service('log')),
    ),
  );
  expect(hops(read)).toEqual([
    'cart -call-> pay-v1',
    'jobs -publish-> kafka',
    'pay-v1 -call-> cart',
    'web -call-> cart',
    'web -call-> log',
    'web -call-> pay-v1',
  ]);
  expect(
    Object.values(read.board.groups)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['bank', 'ops', 'shop']);
  expect(nodeNamed(read, 'pay-v1').match).toEqual({ names: ['pay', 'pay.bank'] });
});

test('a service before several workloads is a part; one before none stands for itself', () => {
  const read = opened(
    'reviews.yaml',
    yaml(
      object('Deployment', 'reviews-v1', { template: pod('reviews') }),
      object('Deployment', 'reviews-v2', { template: pod('reviews') }),
      deployment('page', env({ REVIEWS_HOSTNAME: 'reviews', DB_HOST: 'orders-db', PAY_URL: 'https://pay' })),
      service('reviews'),
      service('reviews-headless', 'reviews'),
      service('page'),
      object('Service', 'orders-db', { selector: { app: 'gone' }, ports: [{ port: 5432 }] }),
      object('Service', 'pay', { type: 'ExternalName', externalName: 'api.pay.example' }),
      object('Service', 'kubernetes', { ports: [{ port: 443 }] }),
    ),
  );
  expect(parts(read)).toEqual([
    'database orders-db',
    'external pay',
    'load balancer reviews',
    'service page',
    'service reviews-v1',
    'service reviews-v2',
  ]);
  expect(hops(read)).toEqual([
    'page -call-> pay',
    'page -call-> reviews',
    'page -query-> orders-db',
    'reviews -call-> reviews-v1',
    'reviews -call-> reviews-v2',
  ]);
});

test('doors: Ingress old and new, Route, HTTPRoute, IngressRoute', () => {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  const read = opened(
    'doors.yaml',
    yaml(
      deployment('web'),
      deployment('api'),
      service('web'),
      service('api'),
      object('Ingress', 'web', {
        ingressClassName: 'nginx',
        defaultBackend: backend,
        rules: [
          {
            host: 'shop.example',
            http: {
              paths: [
                { path: '/', backend },
                { path: '/v1', backend: { service: { name: 'api' } } },
              ],
            },
          },
        ],
      }),
      object(
        'Ingress',
        'old',
        { rules: [{ http: { paths: [{ backend: { serviceName: 'api', servicePort: 80 } }] } }] },
        { apiVersion: 'extensions/v1beta1' },
      ),
      object('Route', 'public', {
        to: { kind: 'Service', name: 'web' },
        alternateBackends: [{ kind: 'Service', name: 'api' }],
      }),
      object(
        'Gateway',
        'edge',
        { gatewayClassName: 'envoy' },
        { apiVersion: 'gateway.networking.k8s.io/v1' },
      ),
      object('HTTPRoute', 'shop', {
        parentRefs: [{ name: 'edge' }],
        rules: [
          {
            matches: [{ path: { value: '/shop' } }],
            backendRefs: [
              { name: 'web', port: 80 },
              { name: 'gone', port: 80 },
            ],
          },
        ],
      }),
      object('IngressRoute', 'traefik', {
        routes: [{ match: 'Host(`x`)', services: [{ name: 'api', port: 80 }] }],
      }),
    ),
  );
  expect(hops(read)).toEqual([
    'edge -call-> gone',
    'edge -call-> web',
    'old -call-> api',
    'public -call-> api',
    'public -call-> web',
    'traefik -call-> api',
    'web ingress -call-> api',
    'web ingress -call-> web',
  ]);
  expect(nodeNamed(read, 'web ingress')).toMatchObject({
    technology: 'nginx',
    description: 'Answers for shop.example.',
  });
  expect(Object.values(read.board.edges).every(({ origins }) => origins![0]!.how === 'stated')).toBe(true);
});

test('Istio: gateways, routes, entries, and what is set for calls', () => {
  const read = opened(
    'mesh.yaml',
    yaml(
      deployment('web', env({ RATES_URL: 'https://api.rates.example/v1' })),
      deployment('cart'),
      service('web'),
      service('cart'),
      object(
        'Gateway',
        'door',
        { selector: { istio: 'ingressgateway' } },
        { apiVersion: 'networking.istio.io/v1' },
      ),
      object('VirtualService', 'web', {
        hosts: ['*'],
        gateways: ['door', 'mesh'],
        http: [
          {
            match: [{ uri: { prefix: '/shop' } }],
            route: [{ destination: { host: 'web.default.svc.cluster.local' } }],
            mirror: { host: 'cart' },
          },
        ],
      }),
      object('VirtualService', 'cart', {
        hosts: ['cart'],
        http: [{ timeout: '2s', retries: { attempts: 3 }, route: [{ destination: { host: 'cart' } }] }],
      }),
      object('DestinationRule', 'cart', {
        host: 'cart',
        trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 1 } } },
      }),
      object('ServiceEntry', 'rates', { hosts: ['*.rates.example'], location: 'MESH_EXTERNAL' }),
    ),
  );
  expect(hops(read)).toEqual(['door -call-> cart', 'door -call-> web', 'web -call-> *.rates.example']);
  expect(parts(read)).toContain('external *.rates.example');
  expect(nodeNamed(read, 'cart').config!.values).toEqual({
    'istio.timeout': '2s',
    'istio.retries.attempts': '3',
    'istio.trafficPolicy.connectionPool.http.http1MaxPendingRequests': '1',
  });
});

test('ConfigMaps: as variables, by key, mounted, and made by kustomize', () => {
  const read = openedAll({
    'k/app.yaml': yaml(
      deployment(
        'web',
        {
          envFrom: [{ configMapRef: { name: 'urls' }, prefix: 'APP_' }, { secretRef: { name: 'keys' } }],
          env: [{ name: 'DB_HOST', valueFrom: { configMapKeyRef: { name: 'one', key: 'db' } } }],
        },
        { volumes: [{ name: 'c', configMap: { name: 'files', items: [{ key: 'app.yml' }] } }] },
      ),
      object('ConfigMap', 'urls', {}, { data: { CART_URL: 'http://cart:80', POOL: '9' } }),
      object('ConfigMap', 'one', {}, { data: { db: 'db', unused_host: 'other' } }),
      ...['cart', 'db', 'mail', 'made', 'other'].map((name) => deployment(name)),
    ),
    'k/files.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: files}
data:
  app.yml: |
    # where
    mail:
      host: mail
  unused.properties: other.host=other
`,
    'k/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [app.yaml]
namePrefix: dev-
configMapGenerator:
- name: urls
  envs: [made.env]
`,
    'k/made.env': 'MADE_HOST=made\n',
    'k/jobs.yaml': yaml(deployment('jobs', { envFrom: [{ configMapRef: { name: 'made' } }] })).concat(
      '---\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nconfigMapGenerator: [{name: made, literals: ["MADE_HOST=made"]}]\n',
    ),
  });
  expect(told(read)).toEqual([
    'jobs -call-> made inferred k/jobs.yaml line 37',
    'web -call-> cart inferred k/app.yaml line 72',
    'web -call-> mail inferred k/files.yaml line 5, app.yml line 3',
    'web -query-> db inferred k/app.yaml line 36',
  ]);
  expect(remarks(read)).toEqual([
    'k/kustomization.yaml line 1: says what is not applied here (run kustomize build for it): namePrefix',
  ]);
});

test('what kubectl answers: lists, pods of one owner, sets of a deployment', () => {
  const owned = (kind: string, name: string): Json => ({
    metadata: {
      labels: { app: 'web', 'pod-template-hash': 'abc' },
      ownerReferences: [{ kind, name, controller: true }],
    },
  });
  const items = [
    object('Pod', 'web-abc-1', { containers: [{ image: 'nginx:1.27' }] }, owned('ReplicaSet', 'web-abc')),
    object('Pod', 'web-abc-2', { containers: [{ image: 'nginx:1.27' }] }, owned('ReplicaSet', 'web-abc')),
    service('web'),
  ];
  const pods = opened('pods.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  expect(parts(pods)).toEqual(['gateway web']);
  expect(nodeNamed(pods, 'web')).toMatchObject({ instances: 2, origins: [{ at: 'items.0' }] });
  const set = object('ReplicaSet', 'web-abc', {}, { ...owned('Deployment', 'web'), apiVersion: 'apps/v1' });
  const everything = opened(
    'all.json',
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...items, set, deployment('web')] }),
  );
  expect(parts(everything)).toEqual(['service web']);
});

test('what stands twice is one: a patch goes over what it patches', () => {
  const read = openedAll({
    'base/web.yaml': yaml(
      deployment('web', env({ A_HOST: 'a', B_HOST: 'b' })),
      deployment('a'),
      deployment('b'),
    ),
    'prod/web.yaml': yaml(
      object('Deployment', 'web', {
        replicas: 9,
        template: { spec: { containers: [{ name: 'main', env: [{ name: 'B_HOST', value: 'none' }] }] } },
      }),
      { ...deployment('b'), $patch: 'delete' },
    ),
  });
  expect(hops(read)).toEqual(['web -call-> a']);
  expect(nodeNamed(read, 'web').instances).toBe(9);
  expect(remarks(read)).toEqual([
    expect.stringMatching(/^prod\/web.yaml line \d+: takes Deployment b away, which is not applied$/),
  ]);
});

test('files that can’t be read say which, where and why; the good documents can be taken', () => {
  const good = yaml(deployment('web'));
  const half = opened('half.yaml', `${good}---\nkind: Service\napiVersion: v1\nspec: [\n`);
  expect(parts(half)).toEqual(['service web']);
  expect(half.partial).toMatchObject([{ file: 'half.yaml', path: expect.stringMatching(/^\d+:\d+$/) }]);
  expect(
    refused('chart.yaml', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}-x\n').reason,
  ).toMatch(/template.*helm/);
  expect(refused('policy.yaml', yaml(object('NetworkPolicy', 'p'))).reason).toMatch(
    /no workload.*NetworkPolicy/,
  );
  expect(remarks(opened('odd.yaml', `${good}---\nfoo: bar\n`))).toEqual([
    expect.stringMatching(/^odd.yaml line \d+: is no object of Kubernetes/),
  ]);
});
