import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RealPrograms } from '../../../../scripts/needs.ts';
import { type Keep, keepProgram, until } from '../keep.ts';
import { freePorts } from './ports.ts';

/** Where it keeps what it needs for a while, all of it below its home. */
const SCRATCH = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/**
 * nginx before the gateway. It writes two logs: one as an administrator reads it, with the times of the request and
 * of the gateway, and one in JSON for a log pipeline.
 */
export async function startNginx(
  programs: RealPrograms,
  folder: string,
  keep: Keep,
  gateway: number,
): Promise<{ port: number; accessLog: string; spanLog: string }> {
  const home = join(folder, 'nginx');
  await mkdir(home);
  const [port] = (await freePorts(1)) as [number];
  const [accessLog, spanLog] = [join(home, 'access.log'), join(home, 'spans.log')];
  const span = {
    trace: '$request_id',
    span: '$span_id',
    ended: '$msec',
    took: '$request_time',
    upstream: '$upstream_response_time',
    server: `$proxy_host:${gateway}`,
    method: '$request_method',
    path: '$uri',
    status: '$status',
  };
  const config = `
    worker_processes 1;
    pid ${home}/pid;
    events { worker_connections 256; }
    http {
      ${SCRATCH.map((name) => `${name}_temp_path ${home}/${name};`).join('\n      ')}
      log_format timed '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
        '"$http_referer" "$http_user_agent" rt=$request_time urt="$upstream_response_time" '
        'ua="$upstream_addr" proxy_host=$proxy_host';
      log_format spans escape=json '${JSON.stringify(span)}';
      access_log ${accessLog} timed;
      access_log ${spanLog} spans;
      map $request_id $span_id { "~^(?<half>.{16})" $half; }
      upstream gateway { server 127.0.0.1:${gateway}; keepalive 16; }
      server {
        listen 127.0.0.1:${port};
        location = /up { access_log off; return 204; }
        location / {
          proxy_pass http://gateway;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header traceparent "00-$request_id-$span_id-01";
        }
      }
    }`;
  await writeFile(join(home, 'nginx.conf'), config);
  const nginx = keep(
    keepProgram({
      command: programs.nginx,
      args: ['-e', join(home, 'error.log'), '-p', home, '-c', join(home, 'nginx.conf'), '-g', 'daemon off;'],
      log: join(home, 'nginx.log'),
    }),
  );
  await until('nginx answers', 20_000, async () => {
    nginx.check();
    return (await fetch(`http://127.0.0.1:${port}/up`)).status === 204;
  });
  return { port, accessLog, spanLog };
}
