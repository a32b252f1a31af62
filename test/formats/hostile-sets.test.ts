/** Files that are read together, one of them spoilt: overlays with their base, overrides, what a workspace includes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFiles } from '../../src/formats/index.ts';
import { bytesOf } from './drop.ts';
import { expectRead } from './hostile.ts';
import { SPOILS } from './spoils.ts';

const SETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kustomize: {
    'base/kustomization.yaml':
      'resources: [web.yaml]\nconfigMapGenerator: [{name: c, literals: [DB_HOST=db], envs: [c.env]}]\n',
    'base/web.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1", envFrom: [{configMapRef: {name: c}}], env: [{name: A, value: db}]}]}}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {template: {spec: {containers: [{name: db, image: postgres}]}}}\n',
    'base/c.env': 'CACHE_HOST=db\n',
    'over/kustomization.yaml':
      'resources: [../base]\nnamespace: n\nimages: [{name: web, newTag: "2"}]\nreplicas: [{name: web, count: 3}]\npatches:\n- path: p.yaml\n- target: {kind: Deployment, name: w.*}\n  patch: |-\n    - {op: add, path: /spec/template/spec/containers/0/env/-, value: {name: B, value: db}}\n    - {op: remove, path: /spec/template/metadata}\ncomponents: [../part]\n',
    'over/p.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, env: [{name: A, $patch: delete}]}]}}}\n',
    'part/kustomization.yaml':
      'kind: Component\npatchesStrategicMerge: ["$patch: delete\\nkind: StatefulSet\\nmetadata: {name: db}\\n"]\n',
  },
  compose: {
    'compose.yaml': `include: [more.yaml]\nservices:\n  web: {image: "web:\${TAG:-1}", extends: {file: base.yaml, service: b}, env_file: [.env], depends_on: [db]}\n  db: {image: postgres}\n`,
    'compose.override.yaml': 'services: {web: {depends_on: !override [cache]}, cache: {image: redis}}\n',
    'base.yaml': 'services: {b: {environment: {DB_HOST: db}, extends: b}}\n',
    'more.yaml': 'include: [compose.yaml]\nservices: {c: {image: c, links: ["web:w"]}}\n',
    '.env': 'TAG=2\nexport PEER=http://web:80\n',
  },
  structurizr: {
    'w/workspace.dsl':
      'workspace {\n  model {\n    !include a.dsl\n    !include more\n    u -> s "uses"\n  }\n}\n',
    'w/a.dsl': 'u = person "User"\n!include workspace.dsl\n',
    'w/more/b.dsl': 's = softwareSystem "S" {\n  c = container "C"\n}\n',
  },
  likec4: {
    'a.c4':
      'specification { element system; element db { style { shape cylinder } } }\nmodel { s = system "S" }\n',
    'b.c4': 'model { d = db "D"; extend s { x = system "X"; -> d } }\n',
  },
};

test.each(Object.entries(SETS))('%s', (_, files) => {
  const changed = fc.tuple(
    fc.constantFrom(...Object.keys(files)),
    fc.uniqueArray(fc.constantFrom(...Object.keys(SPOILS)), { minLength: 0, maxLength: 2 }),
    fc.gen(),
  );
  fc.assert(
    fc.property(changed, ([which, hows, draw]) => {
      let count = 0;
      const newId = () => `new-${count++}`;
      const inputs = Object.entries(files).map(([name, text]) => {
        const own = bytesOf(text);
        const bytes = name === which ? hows.reduce((now, how) => SPOILS[how]!(now, draw), own) : own;
        return { name, bytes, within: 'folder' };
      });
      const reads = readFiles(inputs, { newId, now: 0 });
      expect(reads).toHaveLength(1);
      expectRead('', reads[0]!.read, newId);
    }),
    { numRuns: 400, endOnFailure: true },
  );
});
