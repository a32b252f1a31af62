import type { System } from '../entry.ts';

const COMMITS = 'https://github.com/postgres/postgres/commit';
const io = {
  title: 'PostgreSQL, commit: Increase default effective_io_concurrency to 16',
  url: `${COMMITS}/ff79b5b2aba02d720f9b7fff644dd50ce07b8c6e`,
};
const mio = {
  title: 'PostgreSQL, commit: Increase default maintenance_io_concurrency to 16',
  url: `${COMMITS}/cc6be07ebde2aef7cc0507f997f563ce77c00a00`,
};
const jit = {
  title: 'PostgreSQL, commit: In v11, disable JIT by default',
  url: 'https://www.postgresql.org/message-id/E1g1I3a-00061v-LV%40gemulon.postgresql.org',
};
/** Its message tells of both changes: of the delay in 12 and of the price of a page in 14. */
const vacuumCost = {
  title: 'PostgreSQL, commit: Reduce the default value of vacuum_cost_page_miss',
  url: `${COMMITS}/e19594c5`,
};
const parallel = {
  title: 'PostgreSQL 10 Release Notes',
  url: 'https://www.postgresql.org/docs/10/release-10.html',
};
const release14 = {
  title: 'PostgreSQL 14 Release Notes',
  url: 'https://www.postgresql.org/docs/14/release-14.html',
};

export const postgresql: System = {
  name: 'PostgreSQL',
  aliases: ['postgres', 'postgresql server', 'pg'],
  signs: ['listen_addresses', 'data_directory', 'hba_file', 'shared_preload_libraries', 'log_line_prefix'],
  ownPrefixes: ['postgresql', 'postgres', 'pg'],
  source: {
    title: 'PostgreSQL 15, pg_settings (boot_val); Server Configuration',
    url: 'https://www.postgresql.org/docs/15/runtime-config.html',
  },
  keys: [
    {
      key: 'max_connections',
      unit: 'count',
      defaults: '100',
      hurts: 'either',
      why: 'Each connection is a process: too many slow each other down, above it clients are refused.',
    },
    {
      key: 'superuser_reserved_connections',
      unit: 'count',
      defaults: '3',
      hurts: 'higher',
      why: 'So many of max_connections are not for applications.',
    },
    {
      key: 'shared_buffers',
      unit: '8 KiB',
      defaults: '128MB',
      hurts: 'lower',
      why: 'Pages that do not fit are read from the system again and again.',
    },
    {
      key: 'work_mem',
      unit: 'KiB',
      defaults: '4MB',
      hurts: 'either',
      why: 'Less makes sorts and hashes go to disk; it is taken for each of them, so more can take all memory.',
    },
    {
      key: 'maintenance_work_mem',
      unit: 'KiB',
      defaults: '64MB',
      hurts: 'lower',
      why: 'VACUUM goes over the indexes more than once, and indexes take longer to build.',
    },
    {
      key: 'effective_cache_size',
      unit: '8 KiB',
      defaults: '4GB',
      hurts: 'lower',
      why: 'The planner expects reads from disk and leaves indexes aside.',
    },
    {
      key: 'effective_io_concurrency',
      unit: 'count',
      defaults: [
        { value: '1', until: '18', source: io },
        { value: '16', since: '18', source: io },
      ],
      hurts: 'lower',
      why: 'Bitmap scans wait for one read after the other.',
    },
    {
      key: 'maintenance_io_concurrency',
      unit: 'count',
      defaults: [
        { value: '10', since: '13', until: '18', source: mio },
        { value: '16', since: '18', source: mio },
      ],
      hurts: 'lower',
      why: 'VACUUM waits for one read after the other.',
    },
    {
      key: 'random_page_cost',
      unit: 'count',
      defaults: '4',
      hurts: 'either',
      why: 'The default is for spinning disks: on SSDs the planner leaves indexes aside.',
    },
    {
      key: 'default_statistics_target',
      unit: 'count',
      defaults: '100',
      hurts: 'lower',
      why: 'The planner knows less of the data and takes slow plans.',
    },
    {
      key: 'jit',
      unit: 'switch',
      defaults: [
        { value: 'off', since: '11', until: '12', source: jit },
        { value: 'on', since: '12', source: jit },
      ],
      hurts: 'either',
      why: 'Queries with many expressions spend longer on being compiled than on running.',
    },
    {
      key: 'hash_mem_multiplier',
      unit: 'count',
      defaults: [{ value: '2', since: '15' }],
      hurts: 'either',
      why: 'Less makes hashes go to disk; more takes more memory for each.',
    },
    {
      key: 'max_worker_processes',
      unit: 'count',
      defaults: '8',
      hurts: 'lower',
      why: 'Parallel queries and replication share fewer workers.',
    },
    {
      key: 'max_parallel_workers',
      unit: 'count',
      defaults: '8',
      hurts: 'lower',
      why: 'Parallel queries run with fewer workers than they were planned for.',
    },
    {
      key: 'max_parallel_workers_per_gather',
      unit: 'count',
      defaults: [
        { value: '0', since: '9.6', until: '10', source: parallel },
        { value: '2', since: '10', source: parallel },
      ],
      hurts: 'either',
      why: 'More makes one large query faster and the others slower.',
    },
    {
      key: 'deadlock_timeout',
      unit: 'ms',
      defaults: '1s',
      hurts: 'either',
      why: 'Deadlocks last so long before anyone looks; less makes each wait for a lock cost a check.',
    },
    {
      key: 'lock_timeout',
      unit: 'ms',
      defaults: '0',
      special: { '0': 'no limit' },
      hurts: 'lower',
      why: 'Statements that wait for a lock fail.',
    },
    {
      key: 'statement_timeout',
      unit: 'ms',
      defaults: '0',
      special: { '0': 'no limit' },
      hurts: 'lower',
      why: 'Statements that take longer fail.',
    },
    {
      key: 'idle_in_transaction_session_timeout',
      unit: 'ms',
      defaults: '0',
      special: { '0': 'no limit' },
      hurts: 'lower',
      why: 'Transactions that an application holds open are ended.',
    },
    {
      key: 'checkpoint_timeout',
      unit: 's',
      defaults: '5min',
      hurts: 'lower',
      why: 'Checkpoints come more often, and each writes whole pages to the log again.',
    },
    {
      key: 'checkpoint_completion_target',
      unit: 'ratio',
      defaults: [
        { value: '0.5', until: '14', source: release14 },
        { value: '0.9', since: '14', source: release14 },
      ],
      hurts: 'lower',
      why: 'A checkpoint writes all at once, and queries wait for the disk meanwhile.',
    },
    {
      key: 'max_wal_size',
      unit: 'MiB',
      defaults: '1GB',
      hurts: 'lower',
      why: 'Heavy writing forces checkpoints before their time.',
    },
    {
      key: 'synchronous_commit',
      unit: 'text',
      defaults: 'on',
      hurts: 'either',
      why: 'Each stronger level makes a commit wait longer; off may lose the last of them in a crash.',
    },
    {
      key: 'fsync',
      unit: 'switch',
      defaults: 'on',
      hurts: 'lower',
      why: 'A crash of the system can leave the database broken.',
    },
    {
      key: 'bgwriter_delay',
      unit: 'ms',
      defaults: '200ms',
      hurts: 'higher',
      why: 'Backends have to write pages themselves before they can go on.',
    },
    {
      key: 'autovacuum',
      unit: 'switch',
      defaults: 'on',
      hurts: 'lower',
      why: 'Dead rows pile up, scans get slower, and in the end the database stops to save itself.',
    },
    {
      key: 'autovacuum_max_workers',
      unit: 'count',
      defaults: '3',
      hurts: 'lower',
      why: 'Large tables keep the workers busy, and the others bloat.',
    },
    {
      key: 'autovacuum_naptime',
      unit: 's',
      defaults: '1min',
      hurts: 'higher',
      why: 'Tables that change much bloat for longer.',
    },
    {
      key: 'autovacuum_vacuum_scale_factor',
      unit: 'ratio',
      defaults: '0.2',
      hurts: 'higher',
      why: 'Large tables bloat for longer before they are cleaned.',
    },
    {
      key: 'autovacuum_vacuum_cost_delay',
      unit: 'ms',
      defaults: [
        { value: '20ms', until: '12', source: vacuumCost },
        { value: '2ms', since: '12', source: vacuumCost },
      ],
      hurts: 'either',
      why: 'More makes cleaning slower than tables bloat; less takes more of the disk.',
    },
    {
      key: 'vacuum_cost_page_miss',
      unit: 'count',
      defaults: [
        { value: '10', until: '14', source: vacuumCost },
        { value: '2', since: '14', source: vacuumCost },
      ],
      hurts: 'higher',
      why: 'Cleaning pauses more often.',
    },
    {
      key: 'track_io_timing',
      unit: 'switch',
      defaults: 'off',
      hurts: 'either',
      why: 'Off, nobody sees how long queries wait for the disk.',
    },
    {
      key: 'log_min_duration_statement',
      unit: 'ms',
      defaults: '-1',
      special: { '-1': 'no limit' },
      hurts: 'either',
      why: 'Off, slow statements leave no trace; 0 writes down every one of them.',
    },
  ],
};
