import type { System } from '../entry.ts';

const changes = {
  title: 'HikariCP, CHANGES, 6.2.1',
  url: 'https://github.com/brettwooldridge/HikariCP/blob/dev/CHANGES',
};

export const hikaricp: System = {
  name: 'HikariCP',
  aliases: ['hikari', 'hikari cp', 'spring datasource'],
  signs: ['jdbcUrl', 'dataSourceClassName', 'poolName', 'driverClassName'],
  prefixes: ['spring.datasource.hikari', 'hibernate.hikari', 'datasource.hikari', 'hikaricp', 'hikari'],
  source: {
    title: 'HikariCP, README, Configuration',
    url: 'https://github.com/brettwooldridge/HikariCP#gear-configuration-knobs-baby',
  },
  keys: [
    {
      key: 'maximumPoolSize',
      unit: 'count',
      defaults: '10',
      hurts: 'either',
      why: 'Too few and requests wait for a connection; too many and the database slows down for everyone.',
    },
    {
      key: 'connectionTimeout',
      unit: 'ms',
      defaults: '30000',
      special: { '0': 'no limit' },
      hurts: 'higher',
      why: 'With the pool empty a request waits that long before it fails, and holds its thread.',
    },
    {
      key: 'idleTimeout',
      unit: 'ms',
      defaults: '600000',
      special: { '0': 'no limit' },
      hurts: 'lower',
      why: 'After a quiet while requests wait for new connections to be made.',
    },
    {
      key: 'maxLifetime',
      unit: 'ms',
      defaults: '1800000',
      special: { '0': 'no limit' },
      hurts: 'either',
      why: 'Less makes connections anew all the time; longer than the database keeps them gives out dead ones.',
    },
    {
      key: 'keepaliveTime',
      unit: 'ms',
      defaults: [
        { value: '0', until: '6.2.1', source: changes },
        { value: '120000', since: '6.2.1', source: changes },
      ],
      special: { '0': 'no limit' },
      hurts: 'higher',
      why: 'Idle connections that a firewall dropped are found only by the request that gets one.',
    },
    {
      key: 'validationTimeout',
      unit: 'ms',
      defaults: '5000',
      hurts: 'higher',
      why: 'A request that is given a dead connection waits that long to learn it.',
    },
    {
      key: 'leakDetectionThreshold',
      unit: 'ms',
      defaults: '0',
      special: { '0': 'no limit' },
      hurts: 'either',
      why: 'Off, connections that are never given back empty the pool without a word.',
    },
    {
      key: 'initializationFailTimeout',
      unit: 'ms',
      defaults: '1',
      hurts: 'either',
      why: 'Below 1 the service starts without a database, and its first requests fail.',
    },
    {
      key: 'autoCommit',
      aliases: ['auto-commit'],
      unit: 'switch',
      defaults: 'true',
      hurts: 'either',
      why: 'Off, a query that nobody commits keeps its transaction, its locks and its connection.',
    },
    {
      key: 'isolateInternalQueries',
      unit: 'switch',
      defaults: 'false',
      hurts: 'higher',
      why: 'Tests of a connection cost a transaction more.',
    },
    {
      key: 'allowPoolSuspension',
      unit: 'switch',
      defaults: 'false',
      hurts: 'higher',
      why: 'While the pool is suspended requests wait without a limit.',
    },
    {
      key: 'readOnly',
      unit: 'switch',
      defaults: 'false',
      hurts: 'either',
      why: 'On, writes fail; some databases answer reads faster.',
    },
    {
      key: 'registerMbeans',
      unit: 'switch',
      defaults: 'false',
      hurts: 'either',
      why: 'Off, nobody can see by JMX how many wait for a connection.',
    },
  ],
};
