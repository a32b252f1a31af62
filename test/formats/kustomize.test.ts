/** Folders of kustomize: what a kustomization makes of the manifests that it names. */
import { expect, test } from 'vitest';
import { hops } from './drop.ts';
import { nodeNamed, openedAll, refusedAll, remarks, told } from './files.ts';

const deployment = (name: string, image: string, env = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, labels: { tier: back } }
spec:
  replicas: 1
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
      - name: ${name}
        image: ${image}
        envFrom: [{ configMapRef: { name: settings } }]
        env: [${env}]
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
---
`;
const BASE = {
  'base/kustomization.yaml':
    'resources: [all.yaml]\nconfigMapGenerator:\n- name: settings\n  literals: [SEARCH_HOST=search, MODE=dev]\n',
  'base/all.yaml': [
    deployment(
      'api',
      'example/api:dev',
      '{ name: CACHE, value: "cache:6379" }, { name: OLD, value: "legacy:80" }',
    ),
    deployment('cache', 'memcached:1'),
    deployment('search', 'elasticsearch:7'),
    deployment('find', 'elasticsearch:8'),
    deployment('legacy', 'example/legacy'),
  ].join(''),
};
const OVERLAY = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../../base]
namespace: prod
images: [{ name: example/api, newName: registry.example.com:5000/api, newTag: "2.1" }]
replicas: [{ name: api, count: 5 }]
patches:
- path: api.yaml
- target: { kind: Deployment, name: c.*e, labelSelector: tier=back }
  patch: |-
    - op: replace
      path: /spec/template/spec/containers/0/image
      value: redis:7
    - op: add
      path: /spec/template/spec/containers/0/env/-
      value: { name: FIND_URL, value: "http://find" }
    - op: remove
      path: /spec/nowhere
patchesStrategicMerge:
- |
  $patch: delete
  apiVersion: apps/v1
  kind: Deployment
  metadata: { name: legacy }
configMapGenerator: [{ name: settings, behavior: merge, literals: [SEARCH_HOST=find] }]
`;
const PATCH = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec: { template: { spec: { containers: [{ name: api, env: [{ name: OLD, $patch: delete }, { name: FIND, value: find }] }] } } }
`;

test('an overlay is applied to its base', () => {
  const read = openedAll({
    ...BASE,
    'overlays/prod/kustomization.yaml': OVERLAY,
    'overlays/prod/api.yaml': PATCH,
  });
  expect(hops(read)).toEqual(['api -query-> cache', 'api -query-> find', 'cache -query-> find']);
  expect(nodeNamed(read, 'api')).toMatchObject({ instances: 5, match: { names: ['api.prod'] } });
  expect(nodeNamed(read, 'api').config?.values).toEqual({
    CACHE: 'cache:6379',
    FIND: 'find',
    MODE: 'dev',
    SEARCH_HOST: 'find',
  });
  expect(nodeNamed(read, 'cache').technology).toBe('Redis');
  expect(told(read)).toContain('cache -query-> find inferred overlays/prod/kustomization.yaml line 16');
  expect(remarks(read)).toEqual([
    'overlays/prod/kustomization.yaml line 17: has an operation that fits nothing, left out',
  ]);
});

test('of overlays of one base none is applied, and none of their patches is taken for a part', () => {
  const read = openedAll({
    ...BASE,
    'overlays/prod/kustomization.yaml': OVERLAY,
    'overlays/prod/api.yaml': PATCH,
    'overlays/test/kustomization.yaml': 'resources: [../../base]\nreplicas: [{ name: api, count: 2 }]\n',
  });
  expect(nodeNamed(read, 'api').instances).toBe(1);
  expect(hops(read)).toContain('api -call-> legacy');
  expect(remarks(read)[0]).toBe(
    'overlays/prod/kustomization.yaml line 1: overlays that build on the same files, none of them applied (give one alone): overlays/prod, overlays/test',
  );
});

test('a component changes what was gathered before it; what is missing is said', () => {
  const read = openedAll({
    ...BASE,
    'kustomization.yaml': 'resources: [base]\ncomponents: [components/redis]\nnamePrefix: x-\n',
    'components/redis/kustomization.yaml':
      'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{ path: gone.yaml }, { target: { kind: Job }, patch: "[]" }]\nimages: [{ name: memcached, newName: redis, newTag: "7" }]\n',
  });
  expect(nodeNamed(read, 'cache').technology).toBe('Redis');
  expect(remarks(read)).toEqual([
    'components/redis/kustomization.yaml line 3: has a patch that is not among the files given: components/redis/gone.yaml',
    'components/redis/kustomization.yaml line 4: has a patch for what is not among the files given',
    'kustomization.yaml line 1: says what is not applied here (run kustomize build for it): namePrefix',
  ]);
});

test('an overlay whose base is not here says so', () => {
  const files = {
    'over/kustomization.yaml': OVERLAY.replace('../../base', '../base'),
    'over/api.yaml': PATCH,
  };
  expect(refusedAll(files)[0]).toMatchObject({
    reason: 'is built of what is not among the files given: base',
  });
  const read = openedAll({
    ...files,
    'over/more.yaml': deployment('more', 'x'),
  });
  expect(remarks(read)).toContain(
    'over/kustomization.yaml line 1: is built of what is not among the files given: base',
  );
});
