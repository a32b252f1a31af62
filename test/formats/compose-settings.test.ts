/** docker-compose: where settings come from that several services share, or that stand in files beside. */
import { expect, test } from 'vitest';
import { hops, opened, parts, refused } from './drop.ts';
import { nodeNamed, openedAll, openedFolder, remarks, told } from './files.ts';

test('an environment for all says of a store nothing, unless only stores have it', () => {
  const read = openedAll({
    'compose.yml': `x-all: &all
  TRACES_URL: http://traces:4317
services:
  web: { image: web, env_file: all.env, environment: *all }
  worker: { image: worker, env_file: all.env }
  db: { image: postgres:16, env_file: all.env, environment: { <<: *all } }
  bus1: { image: apache/kafka:3.7.0, env_file: bus.env }
  bus2: { image: apache/kafka:3.7.0, env_file: bus.env }
  cache: { image: redis:7 }
  zk: { image: zookeeper:3.8 }
  traces: { image: jaegertracing/all-in-one:1.60 }
`,
    'all.env': 'DB_HOST=db\nCACHE_HOST=cache\nSECRET_TOKEN=abcdef123456\n',
    'bus.env': 'KAFKA_ZOOKEEPER_CONNECT=zk:2181\n',
  });
  expect(hops(read)).toEqual([
    'bus1 -query-> zk',
    'bus2 -query-> zk',
    'web -call-> traces',
    'web -query-> cache',
    'web -query-> db',
    'worker -query-> cache',
    'worker -query-> db',
  ]);
  // told once for all who have it
  expect(remarks(read)).toEqual(['all.env line 3: secrets left out of web, worker, db: SECRET_TOKEN']);
});

test('of a folder that is mounted: what is named, or all where one service alone has it for its configuration', () => {
  const read = openedFolder('shop', {
    'compose.yml': `services:
  reader: { image: logs, command: -config.file=/etc/logs/logs.yaml -target=read, volumes: ["./conf:/etc/logs:ro"] }
  writer: { image: logs, volumes: ["./conf:/etc/logs"] }
  shipper: { image: ship, volumes: [{ type: bind, source: ./pipeline, target: /usr/share/ship/pipeline/ }] }
  sources: { image: app, volumes: [".:/app", "\${PWD}/one.conf:/one.conf"] }
  files: { image: minio/minio }
  search: { image: "elasticsearch:8.1.0" }
`,
    'conf/logs.yaml': 'storage:\n  s3:\n    endpoint: files:9000\n',
    'conf/other.yaml': 'url: http://search:9200\n',
    'pipeline/out.conf': 'output {\n  elasticsearch {\n    hosts => "search:9200"\n  }\n}\n',
    'src/settings.yaml': 'url: http://shipper:80\n',
    'one.conf': 'server writer:80;\n',
  });
  expect(told(read)).toEqual([
    'reader -call-> files inferred conf/logs.yaml line 3',
    'shipper -query-> search inferred pipeline/out.conf line 3',
    'sources -call-> writer inferred one.conf line 1',
  ]);
});

test('paths are seen from the file that says them', () => {
  const read = openedAll({
    'compose.yml':
      'include: [billing/compose.yml]\nservices:\n  web: { extends: { file: shared/base.yml, service: web } }\n  db: { image: postgres }\n  cache: { image: redis }\n',
    'billing/compose.yml': 'services:\n  billing: { image: billing, env_file: own.env }\n',
    'billing/own.env': 'DB_HOST=db\n',
    'shared/base.yml': 'services:\n  web: { image: web, env_file: [{ path: web.env }] }\n',
    'shared/web.env': 'CACHE_HOST=cache\n',
  });
  expect(hops(read)).toEqual(['billing -query-> db', 'web -query-> cache']);
});

test('files that are included together are one project, with variables of their own and of the whole', () => {
  const read = openedAll({
    'compose.yml': `include:
- path: [pay/compose.yml, pay/more.yml]
  env_file: pay/pay.env
services: { db: { image: postgres } }
`,
    '.env': 'STORE=db\n',
    'pay/compose.yml':
      'services: { pay: { image: pay, environment: { DB_HOST: $STORE, CACHE_HOST: $CACHE } } }\n',
    'pay/more.yml': 'services: { pay: { scale: 3 }, keep: { image: "redis:7" } }\n',
    'pay/pay.env': 'STORE=elsewhere\nCACHE=keep\n',
  });
  expect(hops(read)).toEqual(['pay -query-> db', 'pay -query-> keep']);
  expect(nodeNamed(read, 'pay').instances).toBe(3);
});

test('files that an environment is to come from are asked for', () => {
  const text = `services:
  web: { image: web, env_file: [.env.web, { path: maybe.env, required: false }] }
  worker: { image: web, env_file: .env.web }
`;
  expect(remarks(opened('compose.yml', text))).toEqual([
    'compose.yml: sets variables by what is not among the files given: .env.web',
  ]);
});

test('hosts in connection strings, and where others are looked up', () => {
  const read = openedAll({
    'compose.yml': `services:
  api: { image: api, environment: ["ConnectionStrings__Bus=\${BUS:-bus}", "ConnectionStrings__Db=Server=db;User Id=sa"] }
  bus: { image: rabbitmq:4 }
  db: { image: mcr.microsoft.com/mssql/server:2022-latest }
  metrics: { image: prom/prometheus, volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml"] }
  proxy: { image: example/rest-proxy, environment: { KAFKA_REST_LISTENERS: "http://0.0.0.0:8082", KAFKA_REST_BOOTSTRAP_SERVERS: "kafka:9092" } }
  kafka: { image: apache/kafka:3.7.0, environment: { KAFKA_CREATE_TOPICS: "orders:3:1:delete --config=retention.ms=60000,paid:1:1" } }
`,
    'prometheus.yml':
      'scrape_configs:\n  - job_name: api\n    dns_sd_configs:\n      - names: [api]\n        type: A\n        port: 80\n',
  });
  expect(hops(read)).toEqual([
    'api -publish-> bus',
    'api -query-> db',
    'metrics -call-> api',
    'proxy -publish-> kafka',
  ]);
  expect(parts(read).filter((part) => part.startsWith('topic'))).toEqual(['topic orders', 'topic paid']);
});

test('a setting that ends in a new line is no secret', () => {
  const read = opened(
    'compose.yml',
    'services:\n  door:\n    image: caddy:2\n    environment:\n      CADDYFILE: |\n        :80 {\n          reverse_proxy web:8000\n        }\n  web: { image: web }\n',
  );
  expect(remarks(read)).toEqual([]);
  expect(nodeNamed(read, 'door').config?.values.CADDYFILE).toContain('reverse_proxy');
});

test('a reader of something else than messages consumes nothing', () => {
  const text = `services:
  cdc:
    image: cdc
    environment: { KAFKA_BOOTSTRAP_SERVERS: "kafka:9092", CDC_READER1_OFFSETSTORAGETOPICNAME: history, CDC_READER1_TYPE: binlog }
  kafka: { image: apache/kafka:3.7.0 }
`;
  expect(hops(opened('compose.yml', text))).toEqual(['cdc -publish-> kafka']);
});

test('the oldest form is known without a name; a chart’s values are not taken for it', () => {
  const old = `# the shop
web:
  build: .
  links:
    - db
db:
    image: "postgres:9.4"
`;
  expect(hops(opened('-', old))).toEqual(['web -query-> db']);
  const values = 'replicas: 1\nimage:\n  repository: shop/web\ndb:\n  image: postgres:15\n';
  expect(refused('values.yaml', values).reason).toMatch(/^is neither/);
  expect(refused('values.yaml', values.replace('replicas: 1\n', '')).reason).toMatch(/^is neither/);
});

test('what sets a broker up is one; what only has its image and its variables is none', () => {
  const read = opened(
    'compose.yml',
    `services:
  messagebroker: { environment: { RABBITMQ_DEFAULT_USER: shop } }
  broker: { image: apache/kafka:3.7.0 }
  kafka-setup:
    image: apache/kafka:3.7.0
    command: bash -c 'kafka-topics --create --bootstrap-server broker:9092 --topic orders && kafka-topics --create --bootstrap-server broker:9092 --topic paid'
    environment: { KAFKA_BROKER_ID: ignored }
`,
  );
  expect(parts(read)).toEqual([
    'broker broker',
    'broker messagebroker',
    'topic orders',
    'topic paid',
    'worker kafka-setup',
  ]);
});

test('proxies that ask for no labels of Traefik’s', () => {
  const text = (proxy: string, web: string) =>
    `services:\n  door: { image: ${proxy} }\n  web: { image: web, ${web} }\n  other: { image: web }\n`;
  const nginx = text('nginxproxy/nginx-proxy:1.6', 'environment: [VIRTUAL_HOST=shop.example]');
  const caddy = text(
    'lucaslorentz/caddy-docker-proxy:2',
    'labels: { caddy: shop.example, caddy.reverse_proxy: "{{upstreams 80}}" }',
  );
  expect(hops(opened('compose.yml', nginx))).toEqual(['door -call-> web']);
  expect(hops(opened('compose.yml', caddy))).toEqual(['door -call-> web']);
});

test('labels of Traefik’s first version, and those that Swarm keeps beside others', () => {
  const text = `services:
  door: { image: "traefik:1.7" }
  admin: { image: web, labels: { a: b }, deploy: { labels: ["traefik.admin.frontend.rule=Host:a", traefik.admin.port=80] } }
  other: { image: web, deploy: { labels: [traefik.enable=false, traefik.port=80] } }
`;
  expect(hops(opened('compose.yml', text))).toEqual(['door -call-> admin']);
});

test('fixed addresses, and services that share one network', () => {
  const text = `services:
  web:
    image: web
    ports: ["9090:9090"]
    environment: { UPSTREAM_URLS: "http://localhost:9091", SELF_URL: "http://localhost:9090", REGISTRY_ADDR: "10.5.0.2:8500" }
  web_proxy: { image: proxy, network_mode: "service:web", environment: { REGISTRY_ADDR: "10.5.0.2:8500" } }
  registry: { image: consul:1.6, networks: { inner: { ipv4_address: 10.5.0.2 } } }
  alone: { image: alone, environment: { API_URL: "http://localhost:8000" } }
`;
  expect(hops(opened('compose.yml', text))).toEqual([
    'web -call-> registry',
    'web -call-> web_proxy',
    'web_proxy -call-> registry',
  ]);
});

test('models, which services ask', () => {
  const read = opened(
    'compose.yml',
    'services:\n  chat: { image: chat, models: [llm] }\n  search: { image: search, models: { llm: { endpoint_var: AI_URL } } }\nmodels:\n  llm: { model: ai/small }\n',
  );
  expect(hops(read)).toEqual(['chat -call-> llm', 'search -call-> llm']);
  expect(nodeNamed(read, 'llm').description).toBe('The model ai/small.');
});

test('a profile without a name is none; what every shell has is not asked for', () => {
  const read = opened(
    'compose.yml',
    'services:\n  db: { image: postgres, profiles: ["", pg], volumes: ["$PWD/init:/init"] }\n',
  );
  expect(nodeNamed(read, 'db').description).toBeUndefined();
  expect(remarks(read)).toEqual([]);
});

test('topics of a broker that is run elsewhere', () => {
  const read = opened(
    'compose.yml',
    `services:
  shop: { image: shop, environment: { KAFKA_BROKERS: "kafka.example.com:9092", ORDERS_OUTPUT_TOPIC: orders } }
  billing: { image: billing, environment: { KAFKA_INPUT_TOPIC: orders, MAIL_QUEUE: mails } }
  mailer: { image: mailer, environment: { MAIL_QUEUE: mails, RABBITMQ_URL: "amqp://mq.example.com" } }
  other: { image: other, environment: { MAIL_QUEUE: letters } }
`,
  );
  expect(hops(read)).toEqual(['shop -publish-> topic orders', 'topic orders -consume-> billing']);
  expect(parts(read).filter((part) => /^(?:topic|queue)/.test(part))).toEqual([
    'queue mails',
    'topic orders',
  ]);
});
