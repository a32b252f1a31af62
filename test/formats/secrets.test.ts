import { expect, test } from 'vitest';
import { isSecret, withoutCredentials } from '../../src/formats/secrets.ts';
import { opened } from './drop.ts';

test.each([
  ['POSTGRES_PASSWORD', 'hush'],
  ['spring.datasource.password', '12345'],
  ['dbPassword', 'x'],
  ['DB_PASSWORD_2', 'x'],
  ['sasl.jaas.config', 'PlainLoginModule required;'],
  ['ssl.keystore.password', 'changeit'],
  ['AWS_SECRET_ACCESS_KEY', 'abc/def+ghi'],
  ['AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE'],
  ['GITHUB_TOKEN', 'whatever'],
  ['apiKey', 'whatever'],
  ['SECRET_KEY_BASE', 'f00f00'],
  ['requirepass', 'hush'],
  ['REDIS_AUTH', 'hush'],
  ['RABBITMQ_ERLANG_COOKIE', 'SWQOKODSQALRPCLNMEQG'],
  ['RABBITMQ_DEFAULT_PASS', 'guest'],
  ['proxy_set_header Authorization', 'Basic dXNlcjpwYXNz'],
  ['ANYTHING', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig'],
  ['ANYTHING', 'ghp_0123456789abcdefghijklmnopqrstuvwxyz'],
  ['STRIPE', 'sk_test_123'],
  ['MAPS_KEY', 'q8Zt0vB1nX4cR7yL2kPw'],
  ['APIKEY_ALLOWED_KEYS', 'q8Zt0vB1nX4cR7yL2kPw'],
  ['READER1_DATASOURCEPASSWORD', 'hush'],
  ['SITE_SESSIONSECRET', 'hush'],
  ['LDAP_BINDPW', 'hush'],
  ['DB_ENC_KEY', 'hush'],
  ['REDISCLI_AUTH', 'hush'],
  ['ALERTS', 'https://hooks.slack.com/services/T00/B00/abc'],
  ['ANYTHING', '-----BEGIN RSA PRIVATE KEY-----\nMIIE'],
])('%s is a secret', (key, value) => {
  expect(isSecret(key, value)).toBe(true);
});

test.each([
  ['PORT', '8080'],
  ['ALLOW_EMPTY_PASSWORD', 'yes'],
  ['MYSQL_ALLOW_EMPTY_PASSWORD', '1'],
  ['POSTGRES_PASSWORD_FILE', '/run/secrets/pg'],
  ['DB_PASSWORD', '$(DB_PASSWORD)'],
  ['DB_PASSWORD', ''],
  ['password_encryption', 'scram-sha-256'],
  ['delegation.token.max.lifetime.ms', '604800000'],
  ['max_tokens', '100'],
  ['authentication_timeout', '60'],
  ['key.deserializer', 'org.apache.kafka.common.serialization.StringDeserializer'],
  ['proxy_pass', 'http://payments'],
  ['ssl_certificate_key', '/etc/ssl/shop.key'],
  ['innodb_buffer_pool_size', '2G'],
  ['bypass', 'on'],
  ['KAFKA_SSL_CLIENT_AUTH', 'required'],
  ['SECRET_NAME', 'orders-db'],
  ['CACHE_KEY', 'orders-by-customer-and-day'],
  ['PARTITION_KEY', 'customer_id'],
  ['DB_CREDENTIALS', 'required'],
  ['KAFKA_LISTENER_CLIENT_CREDENTIALS', 'requested'],
  ['CORS_ALLOW_CREDENTIALS', 'true'],
  ['FETCH_CREDENTIALS', 'same-origin'],
  ['API_KEY', 'disabled'],
])('%s = %s is none', (key, value) => {
  expect(isSecret(key, value)).toBe(false);
});

test.each([
  ['postgres://shop:hush@db:5432/orders?sslmode=disable', 'postgres://db:5432/orders?sslmode=disable'],
  ['redis://:hush@cache', 'redis://cache'],
  ['amqp://guest:gu@est@mq-1,amqp://guest:guest@mq-2', 'amqp://mq-1,amqp://mq-2'],
  ['mongodb://a:b@m1:27017,m2:27017/x', 'mongodb://m1:27017,m2:27017/x'],
  ['jdbc:mysql://db/shop?user=root&password=hush&x=1', 'jdbc:mysql://db/shop?x=1'],
  ['jdbc:mysql://db/shop?user=root&password=hush', 'jdbc:mysql://db/shop'],
  ['shop:hush@tcp(db:3306)/orders?parseTime=true', 'tcp(db:3306)/orders?parseTime=true'],
  ['host=db user=shop password=hush dbname=orders', 'host=db dbname=orders'],
  ['Server=db;User Id=sa;Password=hush;Encrypt=true', 'Server=db;Encrypt=true'],
  ['Password=hush;Server=db', 'Server=db'],
  ['jdbc:oracle:thin:scott/tiger@//db:1521/orcl', 'jdbc:oracle:thin:@//db:1521/orcl'],
  [
    'jdbc:sqlserver://db:1433;databaseName=a;user=sa;password=P@ss;encrypt=true',
    'jdbc:sqlserver://db:1433;databaseName=a;encrypt=true',
  ],
  ['cache:6379,password=hush,ssl=True', 'cache:6379,ssl=True'],
  ['kafka://a:b@k1:9092,c:d@k2:9092', 'kafka://k1:9092,k2:9092'],
  ['redis://cache:6379?password=hush', 'redis://cache:6379'],
  [
    'Endpoint=sb://bus.example/;SharedAccessKeyName=x;SharedAccessKey=hush=',
    'Endpoint=sb://bus.example/;SharedAccessKeyName=x',
  ],
  ['daemon off;', 'daemon off;'],
  ['1@kafka-1:9093,2@kafka-2:9093', '1@kafka-1:9093,2@kafka-2:9093'],
  ['http://payments:8080/a?b=c&d=e', 'http://payments:8080/a?b=c&d=e'],
  ['mail me at a@b.example', 'mail me at a@b.example'],
  ['-Duser.timezone=UTC', '-Duser.timezone=UTC'],
])('%s without credentials', (given, left) => {
  expect(withoutCredentials(given)).toBe(left);
});

test.each([
  [
    'a.mmd',
    'flowchart LR\n a[Web<br/>API_KEY=sk-live-42424242] -->|"postgres://app:s3cretPw@db/shop"| b["DB<br/>password: hunter2x"]\n',
  ],
  [
    'a.d2',
    'a: Web\\nAPI_KEY=sk-live-42424242 {tooltip: "password: hunter2x"}\na -> b: postgres://app:s3cretPw@db/shop\n',
  ],
  [
    'a.csv',
    'source,target,description\nweb,postgres://app:s3cretPw@db/shop,"API_KEY=sk-live-42424242, password=hunter2x"\n',
  ],
  ['a.md', '| source | target | note |\n| --- | --- | --- |\n| web | db | password=hunter2x |\n'],
  [
    'a.canvas',
    JSON.stringify({
      nodes: [
        { id: 'a', type: 'text', text: 'Web\npassword: hunter2x', x: 0, y: 0, width: 100, height: 50 },
        {
          id: 'b',
          type: 'link',
          url: 'https://me:s3cretPw@x.example.org/',
          x: 300,
          y: 0,
          width: 100,
          height: 50,
        },
      ],
      edges: [{ id: 'e', fromNode: 'a', toNode: 'b', label: 'API_KEY=sk-live-42424242' }],
    }),
  ],
])('what is written in %s is kept without its secrets, and that is said', (name, text) => {
  const found = opened(name, text);
  expect(JSON.stringify(found.board)).not.toMatch(/hunter2x|s3cretPw|sk-live/);
  expect(found.repairs.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/^secrets in texts, left out/),
  );
});

test('words about secrets are none', () => {
  const found = opened('a.mmd', 'flowchart LR\n a["Auth token: JWT"] --> b["Password: hashed"]\n');
  expect(Object.values(found.board.nodes).map(({ name }) => name)).toEqual([
    'Auth token: JWT',
    'Password: hashed',
  ]);
  expect(found.repairs).toEqual([]);
});
