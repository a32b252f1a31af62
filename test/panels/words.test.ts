import { describe, expect, it } from 'vitest';
import { emptyBoard } from '../../src/graph/index.ts';
import { hintFor } from '../../src/panels/chrome/hint.ts';
import { common, countWords, sharedItems } from '../../src/panels/inspector/common.ts';
import { instancesFault, linkFault, nameFault, textFault } from '../../src/panels/inspector/edit.ts';
import { checkUrl, type Draft, sourceOf, withPresent } from '../../src/panels/sources/validate.ts';
import { initialSession, select } from '../../src/workspace/index.ts';

describe('the address of a source', () => {
  const times = { interval: 5000, window: 60_000 };
  const draft = (url: string, more: Partial<Draft> = {}): Draft => ({
    ...{ type: 'prometheus', url, forward: null, service: '' },
    ...times,
    ...more,
  });

  it('is taken as people type it', () => {
    expect(checkUrl(' localhost:9090 ')).toEqual({ ok: true, value: 'http://localhost:9090' });
    expect(checkUrl('https://metrics.example/prometheus/')).toEqual({
      ok: true,
      value: 'https://metrics.example/prometheus',
    });
    expect(sourceOf('p', draft('127.0.0.1:9090'))).toEqual({
      ok: true,
      value: {
        id: 'p',
        type: 'prometheus',
        name: 'Prometheus 127.0.0.1:9090',
        url: 'http://127.0.0.1:9090',
        ...times,
      },
    });
  });

  it.each([
    ['', /say where/i],
    ['ftp://host', /http:\/\//],
    ['javascript:alert(1)', /./],
    ['http://', /not a URL/],
    ['http://me:secret@host:9090', /user name and password/],
    ['me@host:9090', /user name and password/],
    ['http://host/?query=up', /what follows/],
  ])('is refused in words: %s', (text, words) => {
    const checked = sourceOf('p', draft(text));
    expect(checked.ok).toBe(false);
    expect(!checked.ok && checked.fault).toMatch(words);
  });

  it('is the server’s where that asks, and none where spans are sent', () => {
    const made = (more: Partial<Draft>) => {
      const checked = sourceOf('p', draft('', more));
      return checked.ok ? checked.value : checked.fault;
    };
    expect(made({ type: 'zipkin', forward: 'prod-1', service: ' cart ' })).toEqual({
      ...{ id: 'p', type: 'zipkin', name: 'Zipkin prod-1', url: 'forward:prod-1', service: 'cart' },
      ...times,
    });
    expect(made({ type: 'pushed' })).toEqual({ id: 'p', type: 'pushed', name: 'Pushed spans', ...times });
    expect(made({ type: 'jaeger' })).toMatch(/where Jaeger answers, such as http:\/\/localhost:16686/);
  });

  it('keeps an unusual interval among the choices', () => {
    expect(withPresent([2000, 5000], 3000)).toEqual([2000, 3000, 5000]);
    expect(withPresent([2000, 5000], 5000)).toEqual([2000, 5000]);
  });
});

describe('facts that a person types', () => {
  it('are links only over http and https', () => {
    expect(linkFault('https://wiki.example/checkout')).toBeNull();
    for (const text of [
      'javascript:alert(1)',
      'wiki.example',
      'data:text/html,x',
      'https://',
      'https:host',
    ]) {
      expect(linkFault(text)).not.toBeNull();
    }
  });

  it('are no longer than a board holds', () => {
    expect([nameFault('x'.repeat(400)), textFault('x'.repeat(20_000))]).toEqual([null, null]);
    expect(nameFault('x'.repeat(401))).toBe('401 characters; at most 400 fit');
    expect(textFault('x'.repeat(20_001))).toContain('at most 20,000');
    expect(linkFault(`https://host/${'x'.repeat(2000)}`)).toContain('at most 2,000');
  });

  it('are whole numbers of instances, or nothing', () => {
    expect([instancesFault(''), instancesFault('0'), instancesFault('12')]).toEqual([null, null, null]);
    for (const text of ['-1', '1.5', 'two', '100001']) expect(instancesFault(text)).not.toBeNull();
  });
});

describe('what several things have in common', () => {
  it('is the value that all share', () => {
    expect(common([{ kind: 'service' }, { kind: 'service' }], (each) => each.kind)).toBe('service');
    expect(common([{ kind: 'service' }, { kind: 'queue' }], (each) => each.kind)).toBeUndefined();
    expect(countWords({ nodes: 3, edges: 1, notes: 0 })).toBe('3 nodes, 1 edge');
  });

  it('is every item that one of them holds, with how many do, and its description where they agree', () => {
    const edge = (id: string, operations: { name: string; description?: string }[]) =>
      ({ id, source: 'a', target: 'b', kind: 'call', operations }) as const;
    const edges = [
      edge('e', [{ name: 'PUT /', description: 'writes' }, { name: 'GET /' }, { name: 'GET /' }]),
      edge('f', [{ name: 'GET /' }, { name: 'PUT /', description: 'stores' }]),
      edge('g', [{ name: 'DELETE /' }, { name: 'GET /' }]),
    ];
    expect(sharedItems(edges, 'operations')).toEqual([
      { name: 'GET /', count: 3, description: '' },
      { name: 'PUT /', count: 2, description: undefined },
      { name: 'DELETE /', count: 1, description: '' },
    ]);
    expect(sharedItems(edges, 'links')).toEqual([]);
  });
});

describe('hints', () => {
  const board = {
    ...emptyBoard('b'),
    nodes: {
      a: { id: 'a', name: 'checkout', kind: 'service', position: [0, 0] },
      b: { id: 'b', name: '', kind: 'service', position: [400, 0] },
    },
    edges: { e: { id: 'e', source: 'a', target: 'b', kind: 'call' } },
  } satisfies ReturnType<typeof emptyBoard>;

  it('follow the tool in hand and what is selected', () => {
    const hint = (change: Partial<typeof initialSession>) =>
      hintFor({ board, session: { ...initialSession, ...change }, readOnly: null });
    expect(hint({ tool: { type: 'node', kind: 'queue' } })).toContain('queue');
    expect(hint({ selection: select({ edges: ['e'] }) })).toContain('`M`');
    expect(hint({ selection: select({ nodes: ['a', 'b'] }) })).toContain('`Ctrl+G`');
    expect(hintFor({ board: emptyBoard('x'), session: initialSession, readOnly: null })).toContain('`S`');
  });
});
