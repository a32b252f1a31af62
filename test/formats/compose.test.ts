/** docker-compose: what is drawn of services, what joins them, and where each edge is told. */
import { expect, test } from 'vitest';
import { hops, opened, parts, refused } from './drop.ts';
import { nodeNamed, openedAll, refusedAll, remarks, told } from './files.ts';

const compose = (services: string, more = '') => `services:\n${services.replace(/^/gm, '  ')}\n${more}`;

test('services with their kinds, versions, instances and names', () => {
  const read = opened(
    'shop/docker-compose.yml',
    compose(`
web:
  build: ./web
  ports: ["8080:80", "127.0.0.1:9000-9001:9000-9001/tcp"]
  deploy: { replicas: 3 }
orders:
  image: registry.example:5000/shop/orders:1.4
  scale: 2
  container_name: shop-orders
  hostname: orders.internal
  networks: { back: { aliases: [order-api] } }
  environment: { OTEL_SERVICE_NAME: orders-v2 }
db: { image: "postgres:15.4-alpine" }
cache: { image: valkey/valkey:8 }
bus: { image: confluentinc/cp-kafka:7.6.0 }
edge: { image: "traefik:v3.1" }
files: { image: minio/minio }
metrics: { image: prom/prometheus, profiles: [debug, ops] }
setup: { image: "postgres:15", command: psql -f seed.sql, container_name: setup }
`),
  );
  expect(read.board.title).toBe('shop');
  expect(parts(read)).toEqual([
    'broker bus',
    'cache cache',
    'database db',
    'gateway edge',
    'service metrics',
    'service orders',
    'service web',
    'storage files',
    'worker setup',
  ]);
  const [web, orders, db] = ['web', 'orders', 'db'].map((name) => nodeNamed(read, name));
  expect([web!.instances, orders!.instances, db!.instances]).toEqual([3, 2, undefined]);
  expect(orders!.match).toEqual({ names: ['orders-v2', 'order-api', 'shop-orders', 'orders.internal'] });
  expect(db!.technology).toBe('PostgreSQL');
  expect(nodeNamed(read, 'metrics').description).toBe('Only with the profile debug or ops.');
  expect(web!.origins).toEqual([{ how: 'stated', from: 'shop/docker-compose.yml', at: 'line 3' }]);
  expect(hops(read)).toEqual([]);
});

test('depends_on as a list and as a map, links, and what natural traffic each is', () => {
  const read = opened(
    'compose.yaml',
    compose(`web:
  image: web
  depends_on:
    - api
    - cache
  links: ["db:database", legacy]
api:
  image: api
  depends_on:
    db: { condition: service_healthy }
    broker: { condition: service_started, required: false }
  environment: [ "PGHOST=db" ]
db: { image: mysql:8 }
cache: { image: redis }
broker: { image: rabbitmq:3 }`),
  );
  expect(told(read)).toEqual([
    'api -publish-> broker stated compose.yaml line 12',
    'api -query-> db inferred compose.yaml line 13',
    'api -query-> db stated compose.yaml line 11',
    'web -call-> api stated compose.yaml line 5',
    'web -call-> legacy stated compose.yaml line 7',
    'web -query-> cache stated compose.yaml line 6',
    'web -query-> db stated compose.yaml line 7',
  ]);
  expect(nodeNamed(read, 'legacy').description).toMatch(/no file that was read defines it/);
});

test('hosts in environment values, of every form', () => {
  const values = {
    A_URL: 'http://cart:7070/api?next=http://localhost',
    B_ADDR: 'grpc.internal:9090,payment:50051',
    DATABASE_URL: 'postgresql://orders:rabbit@db:5432/cart',
    JDBC: 'jdbc:mysql://sql/payment?useSSL=false',
    AMQP: 'amqp://user:p%40ss@rabbit//vhost',
    MONGO_URI: 'mongodb://u:p@mongo-a:27017,mongo-b/quote?replicaSet=rs0',
    SEARCH_HOST: 'search',
    SETTINGS: '{"email": {"endpoint": "mail:25"}}',
    CONNECTION: 'Server=tcp:mssql,1433;Database=quote;User Id=payment;Password=x',
    DSN: 'host=pg port=5432 user=cart dbname=search',
    GO_DSN: 'root:cart@tcp(maria:3306)/payment',
    KAFKA_BOOTSTRAP_SERVERS: 'kafka-1:9092, kafka-2:9092',
    ZK: '1@zoo:2888',
    GRPC_TARGET: 'dns:///Quote:8080',
  };
  const targets =
    'cart payment db sql rabbit mongo-a mongo-b search mail mssql pg maria kafka-1 kafka-2 zoo quote';
  const read = opened(
    'docker-compose.yml',
    JSON.stringify({
      services: {
        app: { image: 'app', environment: values },
        ...Object.fromEntries(`${targets} user orders`.split(' ').map((name) => [name, { image: 'x' }])),
      },
    }),
  );
  expect(
    hops(read)
      .map((hop) => hop.replace(/^app -\w+-> /, ''))
      .sort(),
  ).toEqual(targets.split(' ').sort());
});

test('a name that stands for something else joins nobody', () => {
  const environment = {
    POSTGRES_USER: 'orders',
    POSTGRES_DB: 'orders',
    SPRING_PROFILES_ACTIVE: 'orders',
    STORAGE_TYPE: 'redis',
    CACHE_IMAGE: 'redis:6379',
    S3_PATH: 's3://orders/invoices',
    DATABASE: 'postgres://orders@elsewhere.example/orders',
    SELF_URL: 'http://app:8080',
    ALLOWED_HOSTS: 'orders,localhost',
    CORS_ORIGIN: 'http://orders:3000',
    NO_PROXY: 'orders,redis',
    KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://orders:9092',
    OTEL_SERVICE_NAME: 'orders',
    VERSION: 'redis:15',
    LOG: 'orders: ready',
    KEY_PREFIX: 'orders',
    TIMEOUT: '30',
    PATH: '/usr/orders:/redis',
    MAIL: 'team@orders',
    EMPTY: null,
  };
  const services = { app: { image: 'app', environment }, orders: { image: 'x' }, redis: { image: 'redis' } };
  expect(hops(opened('compose.yml', JSON.stringify({ services })))).toEqual([]);
});

test('command lines: flags, shells, hosts with ports beside them', () => {
  const read = opened(
    'compose.yml',
    compose(`load: { image: tool, command: "-d 60 -r 200 -h edge" }
app:
  image: app
  entrypoint: ["sh", "-c", "./wait-for-it.sh db:5432 && nc -z bus 4222 && exec app --auth-url=http://auth:80"]
  command: ["--cache-host", "cache", "--verbose", "--peer", "other"]
replica: { image: redis, command: redis-server --replicaof cache 6379 }
edge: { image: nginx }
db: { image: postgres, command: ["postgres", "-c", "max_connections=300", "-c", "shared_buffers=256MB"] }
bus: { image: nats }
auth: { image: auth }
cache: { image: redis }
other: { image: other }`),
  );
  expect(hops(read)).toEqual([
    'app -call-> auth',
    'app -publish-> bus',
    'app -query-> cache',
    'app -query-> db',
    'load -call-> edge',
    'replica -replicate-> cache',
  ]);
  expect(nodeNamed(read, 'db').config).toEqual({
    system: 'PostgreSQL',
    values: { max_connections: '300', shared_buffers: '256MB' },
  });
});

test('config: what is set, for the audit; secrets are left out and told', () => {
  const read = opened(
    'compose.yml',
    compose(`app:
  image: eclipse-temurin:17
  environment:
    JAVA_OPTS: -Xmx512m -XX:MaxGCPauseMillis=100 -XX:+UseZGC -Dserver.tomcat.threads.max=400
    SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: 30
    DB_PASSWORD: hunter2
    API_TOKEN: abcdef123456
    DB_URL: postgres://app:hunter2@db/app?sslmode=disable
db: { image: postgres:16.2, environment: [POSTGRES_PASSWORD=hunter2] }`),
  );
  expect(nodeNamed(read, 'app').config).toEqual({
    system: 'Java',
    version: '17',
    values: {
      JAVA_OPTS: '-Xmx512m -XX:MaxGCPauseMillis=100 -XX:+UseZGC -Dserver.tomcat.threads.max=400',
      SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: '30',
      DB_URL: 'postgres://db/app?sslmode=disable',
      Xmx: '512m',
      MaxGCPauseMillis: '100',
      UseZGC: 'true',
      'server.tomcat.threads.max': '400',
    },
  });
  expect(JSON.stringify(read.board)).not.toMatch(/hunter2|abcdef/);
  expect(remarks(read)).toEqual([
    'compose.yml line 7: secrets left out of app: DB_PASSWORD, API_TOKEN, DB_URL',
    'compose.yml line 10: secrets left out of db: POSTGRES_PASSWORD',
  ]);
});

test('topics and queues: whose they are, and which way messages go where a key says it', () => {
  const read = opened(
    'compose.yml',
    compose(`shop:
  image: shop
  environment:
    KAFKA_BROKERS: kafka:9092
    ORDERS_OUTPUT_TOPIC: orders
    KAFKA_TOPIC: audit
    KAFKA_TOPIC_PREFIX: dev
billing:
  image: billing
  environment: { KAFKA_BROKERS: "kafka:9092", KAFKA_CONSUMER_TOPICS: "orders,refunds", KAFKA_GROUP_ID: billing }
mailer: { image: mailer, environment: { MAIL_QUEUE: mails } }
kafka: { image: apache/kafka:3.7.0, environment: { KAFKA_CREATE_TOPICS: "orders:3:1,dead:1:1" } }`),
  );
  expect(parts(read).filter((part) => /topic|queue/.test(part))).toEqual([
    'topic audit',
    'topic dead',
    'topic orders',
    'topic refunds',
  ]);
  expect(hops(read)).toEqual([
    'kafka -consume-> billing',
    'shop -publish-> kafka',
    'shop -publish-> topic orders',
    'topic orders -consume-> billing',
    'topic refunds -consume-> billing',
  ]);
  expect(nodeNamed(read, 'audit').description).toBe('A topic of Kafka kafka.');
});

test('.env, and every way to put a value in', () => {
  const read = openedAll({
    '.env': `# where\nHOST=cart\nEMPTY=\nexport PORT="7070" # quoted\nADDR=\${HOST}:\${PORT}\nQUOTED='pay'\n`,
    'compose.yml': compose(`app:
  image: "\${REGISTRY:-registry.example}/app\${TAG:+:$TAG}"
  environment:
    - ADDR
    - A_URL=http://\${HOST}
    - B_URL=http://\${EMPTY:-pay}:80
    - C_URL=http://\${NONE-\${ALSO_NONE:-mail}}:80
    - D=$\${HOST} $HOST
    - E_HOST=$QUOTED
    - F_URL=http://\${UNKNOWN}:80
    - UNSET
cart: { image: cart }
pay: { image: pay }
mail: { image: mail }`),
  });
  expect(told(read)).toEqual([
    'app -call-> cart inferred compose.yml line 5',
    'app -call-> cart inferred compose.yml line 6',
    'app -call-> mail inferred compose.yml line 8',
    'app -call-> pay inferred compose.yml line 10',
    'app -call-> pay inferred compose.yml line 7',
  ]);
  expect(nodeNamed(read, 'app').config!.values).toMatchObject({
    ADDR: 'cart:7070',
    D: `\${HOST} cart`,
    F_URL: `http://\${UNKNOWN}:80`,
  });
  expect(read.beside).toEqual(['.env']);
  expect(remarks(read)).toEqual(['variables without a value, left as they are: UNKNOWN']);
});

test('an override goes over the file that it overrides', () => {
  const read = openedAll({
    'docker-compose.override.yml': compose(`web:
  image: web:dev
  command: --db http://other:80
  environment: { DB_HOST: other, EXTRA_HOST: cache }
  depends_on: [cache]
  ports: !override ["81:81"]
db: !reset null
other: { image: other }`),
    'docker-compose.yml': compose(`web:
  image: web:1.0
  command: --db http://db:80
  environment: [DB_HOST=db, KEEP_HOST=mail]
  depends_on: { mail: { condition: service_started } }
db: { image: postgres }
mail: { image: mail }
cache: { image: redis }`),
  });
  expect(told(read)).toEqual([
    'web -call-> mail inferred docker-compose.yml line 5',
    'web -call-> mail stated docker-compose.yml line 6',
    'web -call-> other inferred docker-compose.override.yml line 4',
    'web -call-> other inferred docker-compose.override.yml line 5',
    'web -query-> cache inferred docker-compose.override.yml line 5',
    'web -query-> cache stated docker-compose.override.yml line 6',
  ]);
  expect(parts(read)).toEqual(['cache cache', 'service mail', 'service other', 'service web']);
});

test('extends, of this file and of another; include; anchors and merge keys', () => {
  const read = openedAll({
    'app/compose.yml': `include: [../infra/compose.yml, missing.yml]
x-env: &env { CACHE_HOST: cache }
x-base: &base { environment: { <<: *env, SEARCH_URL: "http://search:9200" } }
services:
  web: { <<: *base, image: web }
  admin:
    extends: web
    environment: { SEARCH_URL: none }
  worker:
    extends: { file: common.yml, service: job }
  lost: { image: lost, extends: { file: gone.yml, service: job } }
  ring: { extends: ring, image: ring }
  cache: { image: redis }
`,
    'app/common.yml': compose(`job:
  extends: base
  image: job
  depends_on: [queue]
base: { environment: { CACHE_HOST: cache } }
queue: { image: unused }`),
    'infra/compose.yml': compose(`search: { image: elasticsearch:8.1.0 }
queue: { image: rabbitmq }`),
  });
  expect(hops(read)).toEqual([
    'admin -query-> cache',
    'web -query-> cache',
    'web -query-> search',
    'worker -publish-> queue',
    'worker -query-> cache',
  ]);
  expect(nodeNamed(read, 'queue').technology).toBe('RabbitMQ');
  expect(remarks(read)).toEqual([
    'app/compose.yml: includes missing.yml, which is not among the files given',
    'app/compose.yml: lost extends job of gone.yml, which is not among the files given',
    'app/compose.yml: ring extends itself',
  ]);
});

test('env_file, configuration that is mounted, and configs in the file itself', () => {
  const read = openedAll({
    'deploy/compose.yml': compose(
      `web:
  image: web
  env_file: [web.env, { path: gone.env, required: false }]
  environment: { MAIL_HOST: mail }
proxy:
  image: nginx:1.27
  volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro", "data:/var"]
jobs:
  image: jobs
  configs: [{ source: jobs, target: /app.yml }]
db: { image: postgres }
mail: { image: mail }
other: { image: other }`,
      `configs:
  jobs:
    content: |
      database:
        host: db
`,
    ),
    'deploy/web.env': 'DB_HOST=db\nMAIL_HOST=other\n',
    'deploy/nginx.conf': `upstream app { # all of them
  server web:8080;
}
server { location /mail { proxy_pass http://mail; proxy_read_timeout 120s; } }
`,
  });
  expect(told(read)).toEqual([
    'jobs -query-> db inferred deploy/compose.yml line 17, /app.yml line 2',
    'proxy -call-> mail inferred deploy/nginx.conf line 4',
    'proxy -call-> web inferred deploy/nginx.conf line 2',
    'web -call-> mail inferred deploy/compose.yml line 5',
    'web -query-> db inferred deploy/web.env line 1',
  ]);
  expect([...read.beside!].sort()).toEqual(['deploy/nginx.conf', 'deploy/web.env']);
});

test('two folders are two projects: parts of one name are told apart, and reach their own', () => {
  const one = compose('web: { image: web, environment: { DB_HOST: db } }\ndb: { image: postgres }');
  const read = openedAll({ 'a/docker-compose.yml': one, 'b/docker-compose.yml': one });
  expect(Object.values(read.board.groups).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(hops(read)).toEqual(['web (a) -query-> db (a)', 'web (b) -query-> db (b)']);
});

test('the oldest form, proxies told by labels, the machine’s own port, aliases', () => {
  const old = opened(
    'docker-compose.yml',
    'web:\n  image: web\n  links:\n    - db:database\n  environment:\n    X_URL: http://database:1\ndb:\n  image: mongo\n',
  );
  expect(told(old)).toEqual([
    'web -query-> db inferred docker-compose.yml line 6',
    'web -query-> db stated docker-compose.yml line 4',
  ]);
  const read = opened(
    'compose.yml',
    compose(`proxy: { image: "traefik:v3" }
shop:
  image: shop
  labels: [traefik.enable=true, "traefik.http.routers.shop.rule=Host(\`x\`)"]
  environment: { A_URL: "http://host.docker.internal:9201", B_URL: "http://es-node:9200", C_URL: "http://demo_log_1:1" }
hidden: { image: x, labels: { traefik.enable: "false", traefik.port: 80 } }
search: { image: elasticsearch:8.0.0, ports: ["9201:9200"], networks: { default: { aliases: [es-node] } } }
log: { image: log }`),
  );
  expect(hops(read)).toEqual(['proxy -call-> shop', 'shop -call-> log', 'shop -query-> search']);
});

test('files that can’t be read say which, where and why', () => {
  expect(refused('compose.yml', 'services:\n  web:\n    image: "web\n')).toMatchObject({
    file: 'compose.yml',
    path: '4:1',
  });
  expect(refused('compose.yml', 'services:\n  web: [a, b]\n')).toEqual({
    file: 'compose.yml',
    path: '2:1',
    reason: 'services.web must be a map of settings',
  });
  expect(refused('compose.yml', 'services:\n  web: {image: *gone}\n').reason).toMatch(/anchor.*gone/);
  expect(refused('compose.yml', 'services: {}\n').reason).toBe('is of compose, but defines no service');
  const bad = refusedAll({
    'a/compose.yml': 'services:\n\tweb: 1\n',
    'b/compose.yml': 'services:\n  a: {b: ]\n',
  });
  expect(bad.map(({ file }) => file)).toEqual(['a/compose.yml', 'b/compose.yml']);
});

test('half of it can be taken', () => {
  const read = openedAll({
    'compose.yml': compose('web: { image: web }\nodd: 12'),
    'compose.override.yml': 'services:\n  web: {image: ]\n',
  });
  expect(parts(read)).toEqual(['service web']);
  expect(read.partial).toMatchObject([
    { file: 'compose.override.yml', path: '2:16' },
    { file: 'compose.yml', path: '3:1', reason: 'services.odd must be a map of settings' },
  ]);
});
