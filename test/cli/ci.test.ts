/** The recipe of the manual for CI, run as it stands there, in a repository of its own. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMPOSE, names, workplace } from './run.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/cli.md'), 'utf8');
const [, recipe] = page.split('\n## In CI\n');
const steps = [...recipe!.matchAll(/```sh\n(.*?)```/gs)].map(([, lines]) => lines!);

const place = workplace({ 'traces.json': '@shop.jaeger.json' });
const manifest = (text: string) => writeFileSync(join(place.folder, 'deploy/compose.yaml'), text);
const git = 'git -c user.name=ci -c user.email=ci@example.com';
const run = (step: number) => place.shell(`set -e\n${steps[step]}`);

it('keeps a drawing and its picture in step, and says what traffic shows and nobody drew', async () => {
  expect(steps).toHaveLength(5);
  mkdirSync(join(place.folder, 'deploy'));
  manifest(COMPOSE);
  expect(await run(0)).toMatchObject({ status: 0, err: '' });
  await place.shell(`git init -q && git add . && ${git} commit -qm drawn`);

  const moved = place.board('architecture.json');
  const [shop] = Object.values(moved.nodes).filter(({ name }) => name === 'shop');
  shop!.position = [4000, 4000];
  shop!.pinned = true;
  writeFileSync(join(place.folder, 'architecture.json'), JSON.stringify(moved));
  expect((await run(1)).status, 'the picture is not that of the board').toBe(1);
  await place.shell(`${git} commit -qam arranged`);
  expect(await run(1)).toMatchObject({ status: 0, out: '' });

  manifest(COMPOSE.replace('  web:', '  queue:\n    image: rabbitmq:4\n  web:').replace(/ {2}db:.*/s, ''));
  const changed = await run(1);
  expect(changed.status).toBe(1);
  expect(changed.out).toMatch(/^\+.*"queue"/m);
  expect(names(place.board('architecture.json'))).toEqual(['queue', 'shop', 'web']);
  const after = place.board('architecture.json').nodes[shop!.id]!;
  expect([after.position, after.pinned]).toEqual([[4000, 4000], true]);

  const lacking = await run(2);
  expect(lacking.status).toBe(1);
  expect(lacking.out).toMatch(/^\+ edge catalog → postgresql \(query\)$/m);
  expect((await run(3)).status).toBe(0);
  await place.shell('rm traces.json');
  expect([(await run(2)).status, (await run(3)).status]).toEqual([2, 1]);
});

it('remembers who a part is by another name', async () => {
  writeFileSync(join(place.folder, 'drawn.sketch'), 'web -> shop');
  writeFileSync(join(place.folder, 'seen.csv'), 'source,target\nweb,storefront\n');
  await place.shell('chalkline import drawn.sketch -o architecture.json');
  const lacking = () => place.chalkline('diff', 'architecture.json', 'seen.csv', '--lacking');
  expect((await lacking()).status).toBe(1);
  const taken = await place.shell(steps[4]!.replace('traces.json', 'seen.csv'));
  expect(taken.status, taken.err).toBe(0);
  expect(names(place.board('architecture.json'))).toEqual(['shop', 'web']);
  expect(await lacking()).toMatchObject({ status: 0, out: '' });
});
