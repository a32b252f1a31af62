import type { System } from '../entry.ts';

const keepalive = {
  title: 'gRPC Core, Keepalive User Guide',
  url: 'https://github.com/grpc/grpc/blob/master/doc/keepalive.md',
};
const names = {
  title: 'gRPC Core, channel_arg_names.h',
  url: 'https://github.com/grpc/grpc/blob/master/include/grpc/impl/channel_arg_names.h',
};
const backoff = {
  title: 'gRPC, Connection Backoff Protocol',
  url: 'https://github.com/grpc/grpc/blob/master/doc/connection-backoff.md',
};
const goServer = {
  title: 'grpc-go, server.go',
  url: 'https://github.com/grpc/grpc-go/blob/master/server.go',
};

export const grpcClient: System = {
  name: 'gRPC client',
  aliases: ['grpc', 'grpc core', 'grpc channel', 'grpc-client'],
  prefixes: ['grpc.arg'],
  ownPrefixes: ['grpc.client', 'grpc'],
  source: keepalive,
  keys: [
    {
      key: 'grpc.keepalive_time_ms',
      aliases: ['keepalive_time', 'keepalive_time_ms'],
      unit: 'ms',
      defaults: '2147483647',
      hurts: 'either',
      why: 'Off, a dead connection is found by the call that hangs on it; too often, the server closes the connection.',
    },
    {
      key: 'grpc.keepalive_timeout_ms',
      aliases: ['keepalive_timeout', 'keepalive_timeout_ms'],
      unit: 'ms',
      defaults: '20000',
      hurts: 'either',
      why: 'Less takes a busy server for a dead one; more lets calls hang for longer.',
    },
    {
      key: 'grpc.keepalive_permit_without_calls',
      aliases: ['keepalive_permit_without_calls'],
      unit: 'switch',
      defaults: '0',
      hurts: 'either',
      why: 'Off, the first call after a quiet while meets the connection that a firewall dropped.',
    },
    {
      key: 'grpc.http2.max_pings_without_data',
      aliases: ['http2_max_pings_without_data'],
      unit: 'count',
      defaults: '2',
      special: { '0': 'no limit' },
      hurts: 'either',
      why: 'Past so many pings a quiet connection is watched no more.',
    },
    {
      key: 'grpc.client_idle_timeout_ms',
      aliases: ['client_idle_timeout_ms'],
      unit: 'ms',
      defaults: '1800000',
      hurts: 'lower',
      why: 'The first call after a quiet while waits for a connection, and for TLS.',
      source: names,
    },
    {
      key: 'grpc.max_reconnect_backoff_ms',
      aliases: ['max_reconnect_backoff_ms'],
      unit: 'ms',
      defaults: '120000',
      hurts: 'higher',
      why: 'A server that is back is not tried for so long, and calls fail meanwhile.',
      source: backoff,
    },
    {
      key: 'grpc.per_message_compression',
      aliases: ['per_message_compression'],
      unit: 'switch',
      defaults: '1',
      hurts: 'either',
      why: 'It allows compression, which takes CPU and saves network.',
      source: names,
    },
    {
      key: 'grpc.http2.lookahead_bytes',
      aliases: ['http2_stream_lookahead_bytes'],
      unit: 'bytes',
      defaults: '65536',
      hurts: 'lower',
      why: 'Over a distant link a stream is capped at its size for each round trip.',
      source: names,
    },
    {
      key: 'grpc.max_metadata_size',
      aliases: ['max_metadata_size'],
      unit: 'bytes',
      defaults: '8192',
      hurts: 'lower',
      why: 'Calls with large tokens or baggage are refused, some of them at first.',
      source: names,
    },
  ],
};

export const grpcServer: System = {
  name: 'gRPC server',
  aliases: ['grpc-server'],
  ownPrefixes: ['grpc.arg', 'grpc.server', 'grpc'],
  source: keepalive,
  keys: [
    {
      key: 'grpc.keepalive_time_ms',
      aliases: ['keepalive_time', 'keepalive_time_ms'],
      unit: 'ms',
      defaults: '7200000',
      hurts: 'higher',
      why: 'Connections of clients that are gone stay for so long.',
    },
    {
      key: 'grpc.keepalive_timeout_ms',
      aliases: ['keepalive_timeout', 'keepalive_timeout_ms'],
      unit: 'ms',
      defaults: '20000',
      hurts: 'lower',
      why: 'Busy clients are taken for dead ones and have to connect again.',
    },
    {
      key: 'grpc.http2.min_ping_interval_without_data_ms',
      aliases: ['http2_min_recv_ping_interval_without_data_ms'],
      unit: 'ms',
      defaults: '300000',
      hurts: 'higher',
      why: 'Clients that ping more often have their connection closed with too_many_pings.',
    },
    {
      key: 'grpc.http2.max_ping_strikes',
      aliases: ['http2_max_ping_strikes'],
      unit: 'count',
      defaults: '2',
      special: { '0': 'no limit' },
      hurts: 'lower',
      why: 'Clients that ping too often have their connection closed sooner.',
    },
    {
      key: 'grpc.server_handshake_timeout_ms',
      aliases: ['server_handshake_timeout_ms'],
      unit: 'ms',
      defaults: '120000',
      hurts: 'higher',
      why: 'Clients that never finish their handshake keep a connection for so long.',
      source: names,
    },
    {
      key: 'grpc.max_receive_message_length',
      aliases: ['max_receive_message_length', 'max_receive_message_size', 'MaxRecvMsgSize'],
      unit: 'bytes',
      defaults: '4194304',
      special: { '-1': 'no limit' },
      hurts: 'either',
      why: 'Larger messages fail with RESOURCE_EXHAUSTED; more lets one hold up the others on its connection.',
      source: goServer,
    },
  ],
};
