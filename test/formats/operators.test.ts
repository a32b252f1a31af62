/** Kubernetes: objects of kinds that operators answer, templates of OpenShift, and kinds that are not drawn. */
import { expect, test } from 'vitest';
import { OPERATED } from '../../src/formats/kubernetes/operated.ts';
import { drop, hops, opened, parts, refused } from './drop.ts';
import { nodeNamed, openedAll, remarks, told } from './files.ts';

const workload = (name: string, env: Record<string, string>) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec: { template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: main, image: "shop/${name}:1", env: ${JSON.stringify(Object.entries(env).map(([key, value]) => ({ name: key, value })))} }] } } }
`;
const KAFKA = `---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: { name: events, namespace: shop }
spec: { kafka: { version: 4.1.0, config: { min.insync.replicas: 2 } } }
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: { name: brokers, namespace: shop, labels: { strimzi.io/cluster: events } }
spec: { replicas: 5, roles: [broker] }
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: { name: controllers, namespace: shop, labels: { strimzi.io/cluster: events } }
spec: { replicas: 3, roles: [controller] }
`;
const topic = (name: string, more = '') => `---
apiVersion: kafka.strimzi.io/v1beta2
kind: KafkaTopic
metadata: { name: ${name}, namespace: shop, labels: { strimzi.io/cluster: events } }
spec: { partitions: 3${more} }
`;

test('a cluster of Kafka with its topics, reached by the services that the operator makes', () => {
  const read = opened(
    'shop.yaml',
    KAFKA +
      topic('orders') +
      topic('paid-v1', ', topicName: paid') +
      workload('web', { KAFKA_BROKERS: 'events-kafka-bootstrap:9092', ORDERS_OUTPUT_TOPIC: 'orders' }) +
      workload('ledger', {
        BOOTSTRAP_SERVERS: 'events-kafka-bootstrap.shop.svc:9092',
        SOURCE_TOPIC: 'orders',
        TARGET_TOPIC: 'paid',
      }),
  );
  expect(parts(read)).toEqual([
    'broker events',
    'service ledger',
    'service web',
    'topic orders',
    'topic paid',
  ]);
  expect(hops(read)).toEqual([
    'events -consume-> ledger',
    'ledger -publish-> events',
    'ledger -publish-> topic paid',
    'topic orders -consume-> ledger',
    'web -publish-> events',
    'web -publish-> topic orders',
  ]);
  expect(nodeNamed(read, 'events')).toMatchObject({
    technology: 'Kafka',
    instances: 5,
    config: { system: 'Kafka', version: '4.1.0', values: { 'min.insync.replicas': '2' } },
  });
});

test('topics name their cluster where it is not among the files', () => {
  const read = opened('topics.yaml', topic('orders'));
  expect(parts(read)).toEqual(['broker events', 'topic orders']);
  expect(nodeNamed(read, 'events').description).toBe('Others name it; no file that was read defines it.');
});

test('databases of operators, and what they name', () => {
  const read = opened(
    'shop.yaml',
    `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: orders }
spec: { instances: 3, postgresql: { parameters: { max_connections: "200" } } }
---
apiVersion: v1
kind: Service
metadata: { name: orders-rw }
spec: { selector: { cnpg.io/cluster: orders }, ports: [{ port: 5432 }] }
---
apiVersion: elasticsearch.k8s.elastic.co/v1
kind: Elasticsearch
metadata: { name: logs }
spec: { version: 8.15.0, nodeSets: [{ name: hot, count: 3 }, { name: cold, count: 2 }] }
---
apiVersion: kibana.k8s.elastic.co/v1
kind: Kibana
metadata: { name: view }
spec: { version: 8.15.0, count: 1, elasticsearchRef: { name: logs } }
${workload('web', { DATABASE_URL: 'postgres://app@orders-rw:5432/shop', LOGS_URL: 'https://logs-es-http:9200' })}`,
  );
  expect(parts(read)).toEqual(['database logs', 'database orders', 'service view', 'service web']);
  expect(told(read)).toEqual([
    'view -query-> logs stated shop.yaml line 19',
    'web -query-> logs inferred shop.yaml line 24',
    'web -query-> orders inferred shop.yaml line 24',
  ]);
  expect(nodeNamed(read, 'orders')).toMatchObject({ technology: 'PostgreSQL', instances: 3 });
  expect(nodeNamed(read, 'logs')).toMatchObject({ instances: 5 });
});

test.each(OPERATED.flatMap(({ api, kinds }) => kinds.map((kind) => [api, kind] as const)))(
  '%s %s is a part without more',
  (api, kind) => {
    const read = opened('one.yaml', `apiVersion: ${api}/v1\nkind: ${kind}\nmetadata: { name: one }\n`);
    expect(Object.values(read.board.nodes).map(({ name }) => name)).toEqual(['one']);
    expect(remarks(read)).toEqual([]);
  },
);

test('what owns a workload stands for it only where it is drawn', () => {
  const owned = (kind: string) =>
    `apiVersion: v1
kind: List
items:
- { apiVersion: example.com/v1, kind: App, metadata: { name: shop } }
- { apiVersion: jaegertracing.io/v1, kind: Jaeger, metadata: { name: traces } }
- apiVersion: apps/v1
  kind: Deployment
  metadata: { name: made, ownerReferences: [{ kind: ${kind}, name: ${kind === 'App' ? 'shop' : 'traces'}, controller: true }] }
  spec: { template: { spec: { containers: [{ name: main, image: shop }] } } }
`;
  expect(parts(opened('list.yaml', owned('App')))).toEqual(['service made', 'service traces']);
  expect(parts(opened('list.yaml', owned('Jaeger')))).toEqual(['service traces']);
  expect(remarks(opened('list.yaml', owned('App')))).toEqual([
    'list.yaml line 4: of kinds that are not drawn: App',
  ]);
});

test('a template of OpenShift, with the values that it gives itself', () => {
  const read = opened(
    'template.yaml',
    `apiVersion: template.openshift.io/v1
kind: Template
metadata: { name: shop }
parameters:
- { name: NAME, value: web }
- { name: REPLICAS, value: "2" }
- { name: TAG }
objects:
- apiVersion: apps.openshift.io/v1
  kind: DeploymentConfig
  metadata: { name: "\${NAME}" }
  spec: { replicas: "\${{REPLICAS}}", template: { metadata: { labels: { app: "\${NAME}" } }, spec: { containers: [{ name: main, image: "shop/web:\${TAG}" }] } } }
- { apiVersion: v1, kind: Service, metadata: { name: "\${NAME}" }, spec: { selector: { app: "\${NAME}" } } }
- { apiVersion: route.openshift.io/v1, kind: Route, metadata: { name: door }, spec: { to: { kind: Service, name: "\${NAME}" } } }
`,
  );
  expect(hops(read)).toEqual(['door -call-> web']);
  expect(nodeNamed(read, 'web').instances).toBe(2);
});

test('routes: to other objects than services, and within the mesh', () => {
  const flow = `{
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "door" },
  spec: { defaultBackend: { resource: { apiGroup: "example.com", kind: "Bucket", name: "pictures" } } },
}
`;
  expect(hops(opened('-', flow))).toEqual(['door -call-> pictures']);
  const mesh = `${workload('reviews', {})}${workload('reviews-next', {})}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews } }, { destination: { host: reviews-next } }] }] }
`;
  expect(hops(opened('mesh.yaml', mesh))).toEqual(['reviews -call-> reviews-next']);
});

test('doors with kinds of their own', () => {
  const doors = [
    ['k8s.nginx.org/v1', 'VirtualServer', 'upstreams: [{ name: tea, service: tea-svc, port: 80 }]'],
    ['getambassador.io/v3alpha1', 'Mapping', 'prefix: /tea/, service: "http://tea-svc:80"'],
    ['projectcontour.io/v1', 'HTTPProxy', 'routes: [{ services: [{ name: tea-svc, port: 80 }] }]'],
    [
      'apisix.apache.org/v2',
      'ApisixRoute',
      'http: [{ backends: [{ serviceName: tea-svc, servicePort: 80 }] }]',
    ],
  ];
  for (const [api, kind, spec] of doors) {
    const text = `apiVersion: ${api}\nkind: ${kind}\nmetadata: { name: door }\nspec: { ${spec} }\n`;
    expect(hops(opened('door.yaml', text)), kind).toEqual(['door -call-> tea-svc']);
  }
});

test('a template of Helm that is YAML all the same is told', () => {
  const text = `apiVersion: v1
kind: Service
metadata: { name: web }
---
apiVersion: v1
kind: Service
metadata: { name: "{{ .Release.Name }}-db" }
`;
  expect(drop('web.yaml', text)).toMatchObject({
    partial: [
      { file: 'web.yaml', path: '5:1', reason: 'is a template, to be rendered first (helm template)' },
    ],
  });
});

test('of JSON that breaks off it is said as of JSON', () => {
  const text = '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Service"},';
  expect(refused('list.json', text)).toMatchObject({ file: 'list.json', reason: 'the file ends too early' });
});

test('a kustomization of any version in a file of its name; other kinds of that name elsewhere', () => {
  const read = openedAll({
    'kustomization.yaml': 'apiVersion: v1\nkind: Kustomization\nresources: [web.yaml]\n',
    'web.yaml': workload('web', {}),
    'store.yaml':
      'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: { name: store }\nspec: { type: state.redis }\n',
  });
  expect(remarks(read)).toEqual(['store.yaml line 1: of kinds that are not drawn: Component']);
});

test('KEDA says what a workload consumes', () => {
  const read = opened(
    'scaled.yaml',
    `${KAFKA}${workload('ledger', {})}---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: ledger, namespace: shop }
spec:
  scaleTargetRef: { name: ledger }
  triggers:
  - type: kafka
    metadata: { bootstrapServers: "events-kafka-bootstrap.shop.svc:9092", consumerGroup: ledger, topic: orders, lagThreshold: "50" }
  - type: prometheus
    metadata: { serverAddress: "http://metrics:9090", threshold: "5" }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: thumbs, namespace: shop }
spec:
  jobTargetRef: { template: { spec: { containers: [{ name: main, image: thumbs }] } } }
  triggers: [{ type: kafka, metadata: { bootstrapServers: "events-kafka-bootstrap:9092", topic: pictures } }]
---
apiVersion: v1
kind: Service
metadata: { name: metrics, namespace: shop }
spec: { ports: [{ port: 9090 }] }
`,
  );
  expect(hops(read)).toEqual([
    'events -consume-> ledger',
    'events -consume-> thumbs',
    'topic orders -consume-> ledger',
    'topic pictures -consume-> thumbs',
  ]);
  expect(remarks(read)).toEqual([]);
});

test('the host that sqlcmd is told', () => {
  const text = `${workload('sqlserver', {})}---
apiVersion: batch/v1
kind: Job
metadata: { name: seed, namespace: shop }
spec: { template: { spec: { containers: [{ name: main, image: tools, command: [sh, -c, "sqlcmd -S sqlserver -U sa -Q 'SELECT 1'"] }] } } }
`;
  expect(hops(opened('job.yaml', text))).toEqual(['seed -query-> sqlserver']);
});
