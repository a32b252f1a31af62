/** Objects of their own kinds for which operators run a database, a broker or the like: what they run, and how it is reached. */

export type Operated = {
  api: string;
  kinds: readonly string[];
  /** As `kindOf` knows it; empty for what is none of the known. */
  technology: string;
  /** The services that the operator makes; `*` stands for the object's name. */
  services: readonly string[];
  /** In its spec: where instances are counted (`[]` for each of a list), where settings and where the version stand. */
  count: string;
  config: string;
  version: string;
};

type Row = readonly [api: string, kinds: string, technology: string, services: string, count?: string];
const rows = (all: readonly Row[], config = '', version = 'version'): Operated[] =>
  all.map(([api, kinds, technology, services, count = 'replicas']) => ({
    ...{ api, kinds: kinds.split(' '), technology, services: services.split(' '), count, config, version },
  }));

export const OPERATED: readonly Operated[] = [
  ...rows(
    [['kafka.strimzi.io', 'Kafka', 'kafka', '*-kafka-bootstrap *-kafka-brokers', 'kafka.replicas']],
    'kafka.config',
    'kafka.version',
  ),
  ...rows(
    [
      ['postgresql.cnpg.io', 'Cluster', 'postgresql', '*-rw *-ro *-r', 'instances'],
      ['acid.zalan.do', 'postgresql', 'postgresql', '* *-repl *-pooler', 'numberOfInstances'],
    ],
    'postgresql.parameters',
    'postgresql.version',
  ),
  ...rows(
    [
      ['kafka.strimzi.io', 'KafkaConnect', 'kafkaconnect', '*-connect-api'],
      ['kafka.strimzi.io', 'KafkaBridge', '', '*-bridge-service'],
      ['opentelemetry.io', 'OpenTelemetryCollector', 'otelcol', '*-collector'],
    ],
    'config',
  ),
  ...rows([
    ['cluster.redpanda.com', 'Redpanda', 'redpanda', '*', 'clusterSpec.statefulset.replicas'],
    ['rabbitmq.com', 'RabbitmqCluster', 'rabbitmq', '* *-nodes'],
    ['mysql.oracle.com', 'InnoDBCluster', 'mysql', '* *-instances', 'instances'],
    ['pxc.percona.com', 'PerconaXtraDBCluster', 'mysql', '*-pxc *-haproxy *-proxysql', 'pxc.size'],
    ['k8s.mariadb.com', 'MariaDB', 'mariadb', '* *-primary *-secondary'],
    ['mongodbcommunity.mongodb.com', 'MongoDBCommunity', 'mongodb', '*-svc', 'members'],
    ['psmdb.percona.com', 'PerconaServerMongoDB', 'mongodb', '*-rs0 *-mongos', 'replsets[].size'],
    ['databases.spotahome.com', 'RedisFailover', 'redis', 'rfs-* rfr-*', 'redis.replicas'],
    ['redis.redis.opstreelabs.in', 'Redis RedisReplication', 'redis', '* *-master *-replica', 'clusterSize'],
    ['redis.redis.opstreelabs.in', 'RedisCluster', 'redis', '*-leader *-follower', 'clusterSize'],
    ['dragonflydb.io', 'Dragonfly', 'dragonfly', '*'],
    ['elasticsearch.k8s.elastic.co', 'Elasticsearch', 'elasticsearch', '*-es-http', 'nodeSets[].count'],
    ['kibana.k8s.elastic.co', 'Kibana', 'kibana', '*-kb-http', 'count'],
    ['opensearch.opster.io', 'OpenSearchCluster', 'opensearch', '*', 'nodePools[].replicas'],
    ['solr.apache.org', 'SolrCloud', 'solr', '*-solrcloud-common'],
    ['cassandra.datastax.com', 'CassandraDatacenter', 'cassandra', '*-service', 'size'],
    ['scylla.scylladb.com', 'ScyllaCluster', 'scylladb', '*-client', 'datacenter.racks[].members'],
    ['crdb.cockroachlabs.com', 'CrdbCluster', 'cockroachdb', '* *-public', 'nodes'],
    ['pingcap.com', 'TidbCluster', 'tidb', '*-tidb *-pd', 'tidb.replicas'],
    ['clickhouse.altinity.com', 'ClickHouseInstallation', 'clickhouse', 'clickhouse-* chi-*'],
    ['zookeeper.pravega.io', 'ZookeeperCluster', 'zookeeper', '*-client *-headless'],
    ['minio.min.io', 'Tenant', 'minio', 'minio *-hl *-console', 'pools[].servers'],
    ['jaegertracing.io', 'Jaeger', 'jaeger', '*-collector *-query *-agent'],
    ['monitoring.coreos.com', 'Prometheus', 'prometheus', 'prometheus-operated prometheus-*'],
    ['monitoring.coreos.com', 'Alertmanager', '', 'alertmanager-operated alertmanager-*'],
    ['grafana.integreatly.org', 'Grafana', 'grafana', '*-service'],
    ['k8s.keycloak.org', 'Keycloak', 'keycloak', '*-service', 'instances'],
    ['flink.apache.org', 'FlinkDeployment', 'flink', '*-rest', 'taskManager.replicas'],
  ]),
  ...rows(
    [
      [
        'postgres-operator.crunchydata.com',
        'PostgresCluster',
        'postgresql',
        '*-primary *-replicas *-ha *-pgbouncer',
        'instances[].replicas',
      ],
    ],
    '',
    'postgresVersion',
  ),
];
