/** Logs of nginx of our own making, held against counts that are made here in another, simpler way. */
import { describe, expect, it } from 'vitest';
import { mean, quantile } from '../../src/graph/index.ts';
import { edgeBetween, fixture, hops, opened, parts, readingOf, refused, textOf } from './drop.ts';
import { agrees, at, type Count, callee, caller, combined, distribution, lines } from './logs.ts';

describe('nginx', () => {
  const text = textOf(fixture('shop.nginx.log'));
  const read = opened('shop.nginx.log', text);
  const found = [...text.matchAll(/" (\d{3}) .* rt=(\S+) .* urt="([^"]*)" ua="([^"]*)" us="([^"]*)"/g)];

  it('is the client, nginx and the addresses that it asked', () => {
    expect(read).toMatchObject({ format: 'access-log', whole: false, board: { title: 'shop.nginx' } });
    const asked = ['10.0.0.1:8080', '10.0.0.2:8080', '[2001:db8::7]:8080'];
    expect(parts(read)).toEqual([
      'client client',
      'gateway nginx',
      ...asked.map((name) => `service ${name}`),
    ]);
    expect(hops(read)).toEqual(['client -call-> nginx', ...asked.map((name) => `nginx -call-> ${name}`)]);
    const ipv6 = Object.values(read.board.nodes).find(({ name }) => name.startsWith('['));
    expect(ipv6?.match?.names).toEqual(['2001:db8::7']);
  });

  it('tells request times, failures and the rate of what came in', () => {
    expect(found).toHaveLength(48);
    agrees(
      read,
      at(read, 'client', 'nginx'),
      'callee',
      {
        durations: found.map(([, , rt]) => Math.round(Number(rt) * 1000)),
        calls: 48,
        failed: found.filter(([, status]) => status!.startsWith('5')).length,
      },
      1,
    );
    // from 05:06:07 less the first request's time to the end of the second 05:07:08, which is 48 times 1.3 s later
    expect(callee(read, 'rate')).toMatchObject({ at: Date.UTC(2026, 2, 4, 5, 7, 9), window: 62_024 });
  });

  it.each(['10.0.0.1:8080', '10.0.0.2:8080', '[2001:db8::7]:8080'])('counts each attempt at %s', (server) => {
    const count: Count = { durations: [], calls: 0, failed: 0 };
    for (const [, , , urt, ua, us] of found)
      for (const [i, address] of ua!.split(/, | : /).entries())
        if (address === server) {
          count.durations.push(Math.round(Number(urt!.split(/, | : /)[i]) * 1000));
          count.calls++;
          if (us!.split(/, | : /)[i]!.startsWith('5')) count.failed++;
        }
    expect(count.calls).toBeGreaterThan(10);
    agrees(read, at(read, 'nginx', server), 'caller', count, 1);
    const own = readingOf(read, at(read, 'nginx', server), 'errors', 'caller', server);
    expect(own?.samples).toBe(count.calls);
  });

  it('names operations without what differs in each', () => {
    const { operations } = edgeBetween(read, 'client', 'nginx');
    expect(operations?.map(({ name }) => name).sort()).toEqual([
      'GET /assets/app.js',
      'GET /carts/:id',
      'GET /orders/:id',
      'GET /products',
      'POST /orders',
    ]);
    const own = readingOf(read, at(read, 'client', 'nginx'), 'errors', 'callee', null, 'POST /orders');
    expect(own?.samples).toBe(text.split('"POST /orders ').length - 1);
  });

  it('says what was counted how', () => {
    const left = found.filter(([, status]) => status === '499').length;
    const again = found.filter(([, , , , ua]) => / /.test(ua!)).length;
    expect(read.repairs.map(({ reason }) => reason).sort()).toEqual([
      `requests for which more than one upstream was tried: ${again}`,
      `requests that the client gave up before they were answered, not counted as failed: ${left}`,
    ]);
    expect(callee(read, 'latency')?.provenance).toEqual({
      ...{ source: 'file:shop.nginx.log', label: 'access log shop.nginx.log', simulated: false },
      note: 'in whole ms, up to 1 ms off',
    });
  });

  it('names the group that was asked last, and no server where none could be asked', () => {
    const asked = (urt: string, ua: string, us: string, host: string) =>
      combined(` rt=0.020 urt="${urt}" ua="${ua}" us="${us}" proxy_host="${host}"`);
    const read = opened(
      'a.log',
      lines(
        asked('0.002 : 0.000, 0.007', '10.0.0.3:80 : 10.0.0.1:80, 10.0.0.2:80', '200 : 502, 200', 'app'),
        asked('0.000', 'app', '502', 'app'),
      ),
    );
    expect(caller(read, 'latency', '10.0.0.3:80')?.samples).toBe(1);
    expect(caller(read, 'latency', 'app')).toMatchObject({ samples: 2, instances: 2 });
    expect(caller(read, 'errors', 'app')).toMatchObject({ value: 2 / 3, samples: 3, instances: 2 });
  });

  it('0.000 is under 1 ms, not 0', () => {
    const fast = opened('a.log', lines(...Array(20).fill(combined(' rt=0.000'))));
    expect(quantile(distribution(callee(fast, 'latency')), 0.95)).toMatchObject({ low: 0, high: 1 });
  });

  it.each([' 0.012 0.010', ' "0.012" "0.010"', ' "-" 0.012 0.010'])(
    'unnamed times in their usual order%s are read, and that is said',
    (more) => {
      const usual = opened('a.log', lines(...Array(4).fill(combined(more))));
      expect(mean(distribution(callee(usual, 'latency')))).toBe(12);
      expect(mean(distribution(caller(usual, 'latency', 'upstream')))).toBe(10);
      expect(usual.repairs[0]!.reason).toMatch(/^read as .*\$request_time.*\$upstream_response_time/);
    },
  );

  it('unnamed times that can’t be in that order are not read', () => {
    const odd = opened('a.log', lines(...Array(4).fill(combined(' 0.010 0.112'))));
    expect(callee(odd, 'latency')).toBeUndefined();
    expect(odd.repairs.map(({ reason }) => reason).join()).toMatch(/no latencies.*log_format itself/);
  });

  it('a log_format on top is followed to the letter', () => {
    const format = [
      "log_format odd '$upstream_response_time|$request_time $status '",
      '  \'"$request" <$upstream_addr> $msec\';',
    ];
    const stated = opened(
      'a.log',
      lines(
        ...format,
        '0.010, 0.020|0.033 200 "GET /x HTTP/1.1" <10.0.0.1:80, app:80> 1772600767.250',
        '-|0.001 503 "GET /x HTTP/1.1" <-> 1772600768.250',
        '0.011|0.012 504 "GET /x HTTP/1.1" <app:80> 1772600769.250',
      ),
    );
    expect(mean(distribution(callee(stated, 'latency')))).toBeCloseTo((33 + 1 + 12) / 3);
    expect(caller(stated, 'errors', '10.0.0.1:80')).toMatchObject({ value: 1, samples: 1 });
    expect(caller(stated, 'errors', 'app:80')).toMatchObject({ value: 0.5, samples: 2 });
    expect(callee(stated, 'rate')).toMatchObject({ at: 1_772_600_769_251, window: 2_034 });
    expect(refused('a.log', lines("log_format x '$status$request_time';", '200')).reason).toContain(
      'nothing between',
    );
    expect(refused('a.log', lines("log_format x '$host';", 'a')).reason).toContain('neither $status');
  });

  it('its JSON is read by the names of its variables', () => {
    const json = (rt: number, urt: string, addr: string) =>
      JSON.stringify({
        ...{ time_local: '04/Mar/2026:05:06:07 +0000', request: 'GET /a HTTP/1.1', status: 200 },
        ...{ request_time: rt, upstream_response_time: urt, upstream_addr: addr, proxy_host: 'app' },
      });
    const text = lines(json(0.12, '0.100, 0.010', '10.0.0.1:80, 10.0.0.2:80'), json(0.001, '-', '-'));
    const read = opened('a.jsonl', text);
    expect(mean(distribution(caller(read, 'latency', 'app')))).toBe(55);
    expect(caller(read, 'latency', 'app')?.instances).toBe(2);
    expect(caller(read, 'errors', 'app')?.value).toBe(0.5);
    const cut = opened('a.jsonl', `${text}${json(1, '1.000', 'x').slice(0, 40)}`);
    expect(cut.readings.map(({ value }) => value)).toEqual(read.readings.map(({ value }) => value));
    expect(cut.repairs[0]).toEqual({ path: '3:1', reason: 'is not JSON' });
  });

  it('without times there are rates and errors, and that is said', () => {
    const plain = opened('a.log', lines(combined(), combined('', 'GET /b HTTP/1.1', 500)));
    expect(plain.readings.map(({ metric }) => metric)).not.toContain('latency');
    expect(callee(plain, 'errors')?.value).toBe(0.5);
    expect(callee(plain, 'rate')?.value).toBe(2);
    expect(plain.repairs).toEqual([{ path: '', reason: expect.stringContaining('no latencies') }]);
  });
});
