/**
 * What a user would run beside the system: takes its spans (OTLP/JSON), makes service-graph metrics of them, follows
 * nginx's log and passes that on, too, and hands out the last traces as Jaeger does.
 *
 *     POST /v1/traces        GET /metrics   GET /nginx/metrics   GET /api/traces?start=&end=  (milliseconds)
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { where } from '../shop/where.ts';
import { jaegerJson, keep } from './jaeger.ts';
import * as nginx from './nginx.ts';
import * as serviceGraph from './service-graph.ts';
import { type Otlp, spansOf } from './span.ts';

function take(otlp: Otlp): void {
  const spans = spansOf(otlp);
  keep(spans);
  serviceGraph.measure(spans, Date.now());
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://collector');
  if (pathname === '/v1/traces') {
    take((await json(request)) as Otlp);
    response.setHeader('content-type', 'application/json').end('{}');
  } else if (pathname === '/metrics') response.end(await serviceGraph.registry.metrics());
  else if (pathname === '/nginx/metrics') response.end(await nginx.registry.metrics());
  else if (pathname === '/api/traces')
    response.end(jaegerJson(Number(searchParams.get('start')), Number(searchParams.get('end'))));
  else response.writeHead(404).end();
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => response.writeHead(400).end(String(error)));
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

// nginx starts last, being the outermost: then its log is there.
process.on('message', (message: { follow: string }) => {
  nginx
    .follow(message.follow, (otlp) => {
      take(otlp);
      fetch(`${where('CHALKLINE_URL')}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(otlp),
      }).catch((error) => console.error(`nginx's spans did not reach Chalkline: ${error.message}`));
    })
    .catch((error) => {
      console.error(error);
      process.exit(1);
    });
  process.send?.(message);
});
process.on('disconnect', () => process.exit(0));
