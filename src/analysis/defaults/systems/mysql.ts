import type { System } from '../entry.ts';

const new80 = {
  title: 'New Defaults in MySQL 8.0',
  url: 'https://dev.mysql.com/blog-archive/new-defaults-in-mysql-8-0',
};
const new84 = {
  title: 'MySQL 8.4, What Is New since MySQL 8.0',
  url: 'https://dev.mysql.com/doc/refman/8.4/en/mysql-nutshell.html',
};
const cap80 = {
  title: 'MySQL, WL#4980: Update InnoDB defaults',
  url: 'https://dev.mysql.com/worklog/task/?id=4980',
};
const cap84 = {
  title: 'MySQL 8.4, Configuring InnoDB I/O Capacity',
  url: 'https://dev.mysql.com/doc/refman/8.4/en/innodb-configuring-io-capacity.html',
};
const wl9631 = {
  title: 'MySQL, WL#9631: Change InnoDB IO Defaults',
  url: 'https://dev.mysql.com/worklog/task/?id=9631',
};
const wl9707 = {
  title: 'MySQL, WL#9707: innodb_max_dirty_pages_pct=90',
  url: 'https://dev.mysql.com/worklog/task/?id=9707',
};
const wl9630 = {
  title: 'MySQL, WL#9630: innodb_max_dirty_pages_pct_lwm=10',
  url: 'https://dev.mysql.com/worklog/task/?id=9630',
};
const innodb = {
  title: 'MySQL 8.4, InnoDB Startup Options and System Variables',
  url: 'https://dev.mysql.com/doc/refman/8.4/en/innodb-parameters.html',
};

export const mysql: System = {
  name: 'MySQL',
  aliases: ['mysql server', 'mysqld'],
  signs: [
    'datadir',
    'pid-file',
    'character-set-server',
    'server-id',
    'skip-name-resolve',
    'default-authentication-plugin',
  ],
  ownPrefixes: ['mysqld', 'mysql'],
  source: {
    title: 'MySQL server, mysqld--help-notwin.result',
    url: 'https://github.com/mysql/mysql-server/blob/8.0/mysql-test/r/mysqld--help-notwin.result',
  },
  keys: [
    {
      key: 'max_connections',
      unit: 'count',
      defaults: '151',
      hurts: 'either',
      why: 'Each connection is a thread: too many slow each other down, above it clients are refused.',
    },
    {
      key: 'wait_timeout',
      unit: 's',
      defaults: '28800',
      hurts: 'lower',
      why: 'Pools that keep connections for longer give out dead ones.',
    },
    {
      key: 'interactive_timeout',
      unit: 's',
      defaults: '28800',
      hurts: 'lower',
      why: 'Sessions that are quiet for so long are ended.',
    },
    {
      key: 'max_allowed_packet',
      unit: 'bytes',
      defaults: [
        { value: '4194304', until: '8.0', source: new80 },
        { value: '67108864', since: '8.0', source: new80 },
      ],
      hurts: 'lower',
      why: 'Larger rows and statements fail, and the connection with them.',
    },
    {
      key: 'max_connect_errors',
      unit: 'count',
      defaults: '100',
      hurts: 'lower',
      why: 'A host that failed to connect so often is blocked.',
    },
    {
      key: 'net_read_timeout',
      unit: 's',
      defaults: '30',
      hurts: 'lower',
      why: 'Clients on slow links are cut off while they send.',
    },
    {
      key: 'net_write_timeout',
      unit: 's',
      defaults: '60',
      hurts: 'lower',
      why: 'Clients that read slowly are cut off.',
    },
    {
      key: 'long_query_time',
      unit: 's',
      defaults: '10',
      hurts: 'either',
      why: 'Queries below it leave no trace in the slow log.',
    },
    {
      key: 'slow_query_log',
      unit: 'switch',
      defaults: 'OFF',
      hurts: 'either',
      why: 'Off, slow queries leave no trace.',
    },
    {
      key: 'sort_buffer_size',
      unit: 'bytes',
      defaults: '262144',
      hurts: 'either',
      why: 'Less makes sorts go to disk; it is taken for each connection, so more can take all memory.',
    },
    {
      key: 'read_buffer_size',
      unit: 'bytes',
      defaults: '131072',
      hurts: 'either',
      why: 'It is taken for each scan.',
    },
    {
      key: 'read_rnd_buffer_size',
      unit: 'bytes',
      defaults: '262144',
      hurts: 'either',
      why: 'It is taken for each connection that sorts.',
    },
    {
      key: 'tmp_table_size',
      unit: 'bytes',
      defaults: '16777216',
      hurts: 'lower',
      why: 'Temporary tables go to disk.',
    },
    {
      key: 'max_heap_table_size',
      unit: 'bytes',
      defaults: '16777216',
      hurts: 'lower',
      why: 'Temporary tables go to disk.',
    },
    {
      key: 'table_open_cache_instances',
      unit: 'count',
      defaults: '16',
      hurts: 'lower',
      why: 'Sessions wait for each other to open tables.',
    },
    {
      key: 'sync_binlog',
      unit: 'count',
      defaults: '1',
      hurts: 'either',
      why: '1 makes each commit wait for the disk; 0 and more lose transactions in a crash.',
    },
    {
      key: 'transaction_isolation',
      unit: 'text',
      defaults: 'REPEATABLE-READ',
      hurts: 'either',
      why: 'Stronger levels lock more and wait longer.',
    },
    {
      key: 'max_execution_time',
      unit: 'ms',
      defaults: '0',
      special: { '0': 'no limit' },
      hurts: 'lower',
      why: 'Queries that take longer fail.',
    },
    {
      key: 'slave_net_timeout',
      unit: 's',
      defaults: '60',
      hurts: 'higher',
      why: 'A replica notices that its source is gone later.',
    },
    {
      key: 'innodb_io_capacity',
      unit: 'count',
      defaults: [
        { value: '200', until: '8.4', source: cap80 },
        { value: '10000', since: '8.4', source: cap84 },
      ],
      hurts: 'either',
      why: 'Less lets dirty pages pile up until queries wait for them; more than the disk can do takes it from queries.',
    },
    {
      key: 'innodb_change_buffering',
      unit: 'text',
      defaults: [
        { value: 'all', until: '8.4', source: new84 },
        { value: 'none', since: '8.4', source: new84 },
      ],
      hurts: 'either',
      why: 'On, indexes are written later and all at once.',
    },
    {
      key: 'innodb_adaptive_hash_index',
      unit: 'switch',
      defaults: [
        { value: 'ON', until: '8.4', source: new84 },
        { value: 'OFF', since: '8.4', source: new84 },
      ],
      hurts: 'either',
      why: 'On, sessions wait for its latches when many write.',
    },
    {
      key: 'innodb_flush_neighbors',
      unit: 'count',
      defaults: [
        { value: '1', until: '8.0', source: wl9631 },
        { value: '0', since: '8.0', source: wl9631 },
      ],
      hurts: 'higher',
      why: 'On SSDs pages are written that nobody needs written.',
    },
    {
      key: 'innodb_max_dirty_pages_pct',
      unit: 'count',
      defaults: [
        { value: '75', until: '8.0', source: wl9707 },
        { value: '90', since: '8.0', source: wl9707 },
      ],
      hurts: 'either',
      why: 'Less writes all the time; more lets writes pile up for a checkpoint.',
    },
    {
      key: 'innodb_max_dirty_pages_pct_lwm',
      unit: 'count',
      defaults: [
        { value: '0', until: '8.0', source: wl9630 },
        { value: '10', since: '8.0', source: wl9630 },
      ],
      hurts: 'lower',
      why: 'Writing begins late, and then all at once.',
    },
    {
      key: 'innodb_flush_log_at_trx_commit',
      unit: 'count',
      defaults: '1',
      hurts: 'either',
      why: '1 makes each commit wait for the disk; 0 and 2 lose a second of them in a crash.',
      source: innodb,
    },
    {
      key: 'innodb_lock_wait_timeout',
      unit: 's',
      defaults: '50',
      hurts: 'either',
      why: 'Statements wait so long for a row before they fail, and hold their connection.',
      source: innodb,
    },
  ],
};
