/** Configuration as people have it: each syntax with a file of our own, and what is wrong said with its line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/formats/index.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/config');
const text = (name: string) => readFileSync(join(FIXTURES, name), 'utf8');

describe('each syntax', () => {
  test('.properties as Java reads it', () => {
    expect(readConfig(text('consumer.properties'), 'consumer.properties')).toEqual({
      system: 'Kafka consumer',
      values: {
        'bootstrap.servers': 'kafka-1:9092,kafka-2:9092',
        'group.id': 'packing',
        'fetch.min.bytes': '1048576',
        'fetch.max.wait.ms': '500',
        'max.poll.records': '500',
        'client.rack': 'Köln',
        'spaced key': 'a=b',
        empty: '',
      },
      leftOut: [{ key: 'sasl.jaas.config', line: 9, what: 'secret' }],
      faults: [],
    });
  });

  test('environment files: quotes, remarks, several lines, and options for Java in them', () => {
    expect(readConfig(text('shop.env'), 'shop.env')).toEqual({
      system: null,
      values: {
        PORT: '8080',
        '-XX:MaxRAMPercentage': '75',
        '-XX:UseG1GC': 'true',
        '-Xss': '512k',
        'server.tomcat.threads.max': '400',
        DATABASE_URL: 'postgres://db:5432/orders?sslmode=disable',
        GREETING: 'hello # world',
        MOTD: 'two\nlines',
        PLAIN: 'a#b',
        EMPTY: '',
      },
      leftOut: [
        { key: 'DATABASE_URL', line: 4, what: 'credentials' },
        { key: 'DB_PASSWORD', line: 5, what: 'secret' },
      ],
      faults: [],
    });
  });

  test('postgresql.conf: with and without =, quotes, remarks', () => {
    expect(readConfig(text('postgresql.conf'), 'postgresql.conf')).toMatchObject({
      system: 'PostgreSQL',
      values: {
        listen_addresses: '*',
        max_connections: '300',
        shared_buffers: '4GB',
        work_mem: '64MB',
        log_line_prefix: "%m [%p] it's",
        primary_conninfo: 'host=db-1',
      },
      leftOut: [{ key: 'primary_conninfo', line: 7, what: 'credentials' }],
    });
  });

  test('redis.conf: what stands there twice holds twice', () => {
    expect(readConfig(text('redis.conf'), 'redis.conf')).toMatchObject({
      system: 'Redis',
      values: { save: '900 1; 300 10', maxmemory: '512mb', 'notify-keyspace-events': 'Ex' },
      leftOut: [
        { key: 'requirepass', line: 6 },
        { key: 'user', line: 7 },
      ],
    });
  });

  test('rabbitmq.conf', () => {
    expect(readConfig(text('rabbitmq.conf'), 'rabbitmq.conf')).toMatchObject({
      system: 'RabbitMQ',
      values: { 'vm_memory_high_watermark.relative': '0.8', heartbeat: '20' },
      leftOut: [{ key: 'default_pass', line: 5 }],
    });
  });

  test('option files of MySQL: the server’s own settings are plain, and its section tells the version', () => {
    expect(readConfig(text('my.cnf'), 'my.cnf')).toEqual({
      system: 'MySQL',
      version: '8.4',
      values: {
        'client.port': '3306',
        max_connections: '500',
        'skip-name-resolve': 'on',
        innodb_buffer_pool_size: '2G',
        innodb_io_capacity: '200',
        'mysqldump.max_allowed_packet': '16M',
      },
      leftOut: [{ key: 'client.password', line: 3, what: 'secret' }],
      faults: [],
    });
  });

  test('nginx.conf: what holds for a server or location only says so', () => {
    const read = readConfig(text('nginx.conf'));
    expect(read).toMatchObject({
      system: 'nginx',
      values: {
        worker_connections: '1024',
        keepalive_timeout: '65',
        'upstream payments > max_fails': '1',
        'upstream payments > upstream.keepalive': '32',
        'server shop.example > proxy_read_timeout': '5s',
        'server shop.example > proxy_pass': 'http://payments',
        'server shop.example > location /reports > proxy_read_timeout': '300s',
        'server 443 > proxy_read_timeout': '10s',
      },
      leftOut: [{ key: 'server shop.example > proxy_set_header Authorization', line: 18 }],
      faults: [],
    });
  });

  test('haproxy.cfg', () => {
    const read = readConfig(text('haproxy.cfg'));
    expect(read).toMatchObject({
      system: 'HAProxy',
      values: {
        'timeout connect': '5s',
        'timeout server': '30s',
        retries: '3',
        'option httplog': 'on',
        'option http-server-close': 'off',
        'backend api > timeout server': '5m',
        'backend api > inter': '2s',
        'backend api > server maxconn': '30',
      },
      leftOut: [{ key: 'frontend web > stats auth', line: 17 }],
    });
    expect(JSON.stringify(read.values)).not.toContain('hush');
  });

  test('YAML: names by their way, anchors, merges, lists, and what holds for a profile only', () => {
    expect(readConfig(text('application.yml'), 'application.yml')).toMatchObject({
      system: 'Spring Boot',
      values: {
        'spring.datasource.url': 'jdbc:postgresql://db:5432/shop?ssl=false',
        'spring.datasource.hikari.maximum-pool-size': '50',
        'spring.kafka.consumer.properties.fetch.min.bytes': '65536',
        'spring.kafka.bootstrap-servers': 'kafka-1:9092,kafka-2:9092',
        'reporting.hikari.connection-timeout': '3000',
        'server.tomcat.threads.max': '400',
        'profile prod > spring.datasource.hikari.maximum-pool-size': '200',
      },
      leftOut: [
        { key: 'spring.datasource.url', line: 4, what: 'credentials' },
        { key: 'spring.datasource.password', line: 5, what: 'secret' },
      ],
    });
  });

  test('Envoy: the timeouts of routes are not those of health checks', () => {
    expect(readConfig(text('envoy.yaml'))).toEqual({
      system: 'Envoy',
      values: {
        stream_idle_timeout: '30s',
        idle_timeout: '600s',
        'route.timeout': '2s',
        num_retries: '3',
        'route /reports > route.timeout': '60s',
        'cluster shop > connect_timeout': '0.25s',
        'cluster shop > max_connections': '100',
        'cluster shop > retry_budget.budget_percent': '50.0',
        'cluster shop > outlier_detection.interval': '5s',
        'cluster shop > consecutive5xx': '3',
      },
      leftOut: [],
      faults: [],
    });
  });

  test('the one service of a compose file: image, environment, command', () => {
    expect(readConfig(text('compose.yaml'))).toEqual({
      system: 'bitnami/postgresql',
      version: '16.2',
      values: { PGDATA: '/data', max_connections: '300', shared_buffers: '4GB' },
      leftOut: [{ key: 'POSTGRES_PASSWORD', line: 6, what: 'secret' }],
      faults: [],
    });
  });

  test('the one container of a workload', () => {
    expect(readConfig(text('deployment.yaml'))).toMatchObject({
      system: 'shop',
      version: '1.4',
      values: { KAFKA_LINGER_MS: '5', 'server.port': '8080', '-XX:MaxRAMPercentage': '75' },
      faults: [],
    });
  });

  test('a ConfigMap: its variables, and the files in it', () => {
    expect(readConfig(text('configmap.yaml'))).toMatchObject({
      values: { LOG_LEVEL: 'info', maxmemory: '512mb' },
      leftOut: [{ key: 'requirepass', line: 8 }],
    });
  });

  test.each([
    ['["A=b", "C_TOKEN=d0d0d0d0"]', { A: 'b' }],
    ['- name: A\n  value: "3"\n- name: B\n  valueFrom: {}', { A: '3' }],
    ['environment:\n  A: b\n  C: d', { A: 'b', C: 'd' }],
    ['{"pool": {"size": 5, "hosts": ["a", "b"]}}', { 'pool.size': '5', 'pool.hosts': 'a,b' }],
    ['-XX:MaxRAMPercentage=75 -XX:-UseG1GC', { '-XX:MaxRAMPercentage': '75', '-XX:UseG1GC': 'false' }],
    [
      'java -Xmx1g \\\n -Dk="a b" -jar app.jar --server.port=80',
      { '-Xmx': '1g', k: 'a b', 'server.port': '80' },
    ],
    ['redis-server --maxmemory 1gb --appendonly yes', { maxmemory: '1gb', appendonly: 'yes' }],
    ["postgres -c max_connections=5 -c 'work_mem=8 MB'", { max_connections: '5', work_mem: '8 MB' }],
    ['--max-connections=500', { 'max-connections': '500' }],
    [
      'fetch.min.bytes = 1\r\nfetch.max.wait.ms = 5\r\n',
      { 'fetch.min.bytes': '1', 'fetch.max.wait.ms': '5' },
    ],
    ['\ufefflinger.ms=5', { 'linger.ms': '5' }],
  ])('piece %#', (given, values) => {
    expect(readConfig(given)).toMatchObject({ values, faults: [] });
  });

  test('without their names the files read the same', () => {
    const names = [
      'consumer.properties',
      'shop.env',
      'postgresql.conf',
      'redis.conf',
      'rabbitmq.conf',
      'my.cnf',
    ];
    for (const name of [...names, 'application.yml'])
      expect(readConfig(text(name)).values, name).toEqual(readConfig(text(name), name).values);
  });
});

describe('what is wrong is said with its line', () => {
  test.each([
    ['', '', 1, 'is empty'],
    ['\n\n', 'x.properties', 1, 'is empty'],
    ['a\0b', '', 1, 'is no text'],
    ['# nothing', 'x.env', 1, 'no setting is found in it'],
    ['a=1\nb=\\u00g1', 'x.properties', 2, 'four hexadecimal digits'],
    ['A=1\nwhat is this', 'x.env', 2, 'NAME=value is expected'],
    ['A=1\nB="open', 'x.env', 2, 'the quote " is not closed'],
    ['maxmemory', 'redis.conf', 1, 'maxmemory has no value'],
    ["a = 1\nb = 'open", 'x.conf', 2, "the quote ' is not closed"],
    ['[mysqld\na=1', 'my.cnf', 1, 'is not closed'],
    ['[mysqld]\n=1', 'my.cnf', 2, 'no name before the value'],
    ['http {\n  server {\n}', 'nginx.conf', 1, 'the { of http is not closed'],
    ['http { }\n}', 'nginx.conf', 2, '} closes nothing'],
    ['events {\n  worker_connections 5\n}', 'nginx.conf', 2, 'worker_connections does not end with ;'],
    ['a "open;', 'nginx.conf', 1, 'the quote " is not closed'],
    [`${'a {'.repeat(80)}`, 'nginx.conf', 1, 'blocks nest deeper than 64'],
    ['timeout client 5s', 'haproxy.cfg', 1, 'a section such as defaults'],
    ['defaults\n  timeout client', 'haproxy.cfg', 2, 'timeout client has no value'],
    ['a: 1\nb: [1, 2\nc: 3', 'x.yml', 3, 'Flow sequence'],
    ['a: 1\na: 2', 'x.yml', 2, 'unique'],
    ['{"a": 1,\n "b": [1,\n}', 'x.json', 3, 'expected a value, found }'],
    ['just words', 'x.yml', 1, 'names and values are expected'],
    ['[', 'x.json', 1, 'the file ends too early'],
    [`${'['.repeat(100)}${']'.repeat(100)}`, 'x.json', 1, 'brackets nest deeper than 64'],
    ['--a="open', '', 1, 'the quote " is not closed'],
    ['services:\n  a: {image: x}\n  b: {image: y}', 'compose.yml', 1, 'tells of 2 services'],
    [`a: &a [x]\n${'b'.repeat(3)}: [${'*a,'.repeat(200)}]`, 'x.yml', 1, 'aliases repeat too much'],
    [`a=${'x'.repeat(5000)}`, 'x.env', 1, 'a is longer than a setting is'],
    ['x'.repeat(1_000_001), '', 1, 'up to 1,000,000 can be read'],
  ])('fault %#', (given, name, line, reason) => {
    const [fault] = readConfig(given, name).faults;
    expect(fault).toMatchObject({ line, reason: expect.stringContaining(reason) });
  });

  test('the other lines are read all the same', () => {
    const { values, faults } = readConfig('A=1\nnonsense\nB=2', 'x.env');
    expect(values).toEqual({ A: '1', B: '2' });
    expect(faults).toHaveLength(1);
  });
});
