/** Configuration in a person's hands: pasted, dropped, asked about, noted, and what it costs an edge. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { violations } from './axe.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

const FIXTURES = join(import.meta.dirname, '../fixtures/config');
const CONSUMER = readFileSync(join(FIXTURES, 'consumer.properties'), 'utf8');

const configOf = (board: Board, name: string) =>
  Object.values(board.nodes).find((each) => each.name === name)!.config;
const eventually = (chalkline: Chalkline, of: (board: Board) => unknown) =>
  expect.poll(async () => of(await chalkline.boardJson()), { timeout: 15_000 });

const section = ({ page }: Chalkline) => page.getByRole('region', { name: 'Configuration' });
const setting = (chalkline: Chalkline, name: string) =>
  section(chalkline)
    .getByRole('listitem')
    .filter({ has: chalkline.page.getByRole('textbox', { name, exact: true }) });

/** Writes into the box of the section, and has it read. */
async function paste(chalkline: Chalkline, text: string): Promise<void> {
  await chalkline.click(/^Paste or (?:write|add) settings$/);
  await section(chalkline)
    .getByRole('textbox', { name: /^Settings/ })
    .fill(text);
  await section(chalkline).getByRole('button', { name: 'Read' }).click();
}

describe('on a part', () => {
  it('a consumer’s .properties is pasted: findings with their sources, an owner noted, all of it undone step by step', async () => {
    const chalkline = await open();
    await chalkline.select('fulfilment');
    await paste(chalkline, CONSUMER);
    await chalkline.told('fulfilment: 8 settings read, 1 secret left out: sasl.jaas.config');
    await eventually(chalkline, (board) => configOf(board, 'fulfilment')).toMatchObject({
      system: 'Kafka consumer',
      values: { 'fetch.min.bytes': '1048576', 'group.id': 'packing' },
    });
    expect(JSON.stringify(await chalkline.boardJson())).not.toContain('hush');

    const bytes = setting(chalkline, 'fetch.min.bytes');
    await bytes.getByText('deviates, the way that hurts').waitFor();
    await bytes.getByText('Default 1, this is 1,048,576× of it', { exact: false }).waitFor();
    expect(await bytes.getByRole('link').getAttribute('href')).toMatch(/^https:\/\/.*ConsumerConfig\.java$/);
    // what is the default anyway is not asked about
    expect(await setting(chalkline, 'max.poll.records').count()).toBe(0);
    await section(chalkline).getByRole('radio', { name: /^All/ }).click();
    await setting(chalkline, 'max.poll.records').getByText('the default').waitFor();

    await chalkline.click('Note who set fetch.min.bytes and why');
    await chalkline.fill('Owner of fetch.min.bytes', 'Ada');
    await chalkline.fill('Reason for fetch.min.bytes', 'fewer requests');
    await eventually(chalkline, (board) => configOf(board, 'fulfilment')?.reasons).toEqual({
      'fetch.min.bytes': { owner: 'Ada', reason: 'fewer requests' },
    });
    await chalkline.screenshot('config-section');
    await chalkline.leaveField();
    for (const reasons of [{ 'fetch.min.bytes': { owner: 'Ada' } }, undefined]) {
      await chalkline.undo();
      await eventually(chalkline, (board) => configOf(board, 'fulfilment')?.reasons).toEqual(reasons);
    }
    await chalkline.undo();
    await eventually(chalkline, (board) => configOf(board, 'fulfilment')).toBeUndefined();
  });

  it('the version changes what is found; a misspelt name is put right with one click; a value is edited and taken off', async () => {
    const chalkline = await open();
    await chalkline.select('fulfilment');
    await paste(chalkline, 'group.id=a\nsession.timeout.ms=10000\nfetch.max.wiat.ms=2000');
    await setting(chalkline, 'session.timeout.ms').getByText('old default').waitFor();
    await chalkline.fill('Version', '2.8');
    await section(chalkline)
      .getByRole('radio', { name: /^To ask about 1/ })
      .click();
    expect(await setting(chalkline, 'session.timeout.ms').count()).toBe(0);
    await chalkline.click('Rename to fetch.max.wait.ms');
    await setting(chalkline, 'fetch.max.wait.ms').getByText('deviates, the way that hurts').waitFor();
    await chalkline.fill('fetch.max.wait.ms', 'soon');
    await setting(chalkline, 'fetch.max.wait.ms').getByText('can’t be read').waitFor();
    await chalkline.click('Take fetch.max.wait.ms off');
    await eventually(chalkline, (board) => configOf(board, 'fulfilment')).toEqual({
      system: 'Kafka consumer',
      version: '2.8',
      values: { 'group.id': 'a', 'session.timeout.ms': '10000' },
    });
  });

  it('what can’t be read changes nothing and says its line; the rest is taken when asked for', async () => {
    const chalkline = await open();
    await chalkline.select('edge');
    await paste(chalkline, 'http {\n  keepalive_timeout 0;\n  server {\n}');
    const alert = section(chalkline).getByRole('alert');
    await alert.getByText('line 1: the { of http is not closed').waitFor();
    expect(configOf(await chalkline.boardJson(), 'edge')).toBeUndefined();
    const box = section(chalkline).getByRole('textbox', { name: 'Settings' });
    await box.fill('PORT=80\nwhat is this\nHOST=edge');
    await section(chalkline).getByRole('button', { name: 'Read' }).click();
    await alert.getByText('line 2: NAME=value is expected').waitFor();
    await chalkline.click('Take the other 2');
    await eventually(chalkline, (board) => configOf(board, 'edge')?.values).toEqual({
      PORT: '80',
      HOST: 'edge',
    });
  });

  it('a file dropped onto a card is its configuration, in one step; of another system it is added', async () => {
    const chalkline = await open();
    await chalkline.stopped();
    const at = await chalkline.middleOf(chalkline.node('fulfilment'));
    await chalkline.drop('consumer.properties', CONSUMER, 'text/plain', at);
    await chalkline.told(
      'fulfilment has 8 settings of Kafka consumer from consumer.properties. 1 secret left out.',
    );
    await setting(chalkline, 'fetch.min.bytes').waitFor();
    expect(await chalkline.selected()).toEqual([expect.stringContaining('fulfilment')]);
    await chalkline.drop('hikari.properties', 'maximumPoolSize=50', 'text/plain', at);
    await chalkline.told('fulfilment has 1 setting of HikariCP from hikari.properties.');
    await eventually(chalkline, (board) => configOf(board, 'fulfilment')).toMatchObject({
      system: 'Kafka consumer, HikariCP',
      values: { 'group.id': 'packing', maximumPoolSize: '50' },
    });
    await chalkline.undo();
    await eventually(chalkline, (board) => configOf(board, 'fulfilment')?.system).toBe('Kafka consumer');
  });

  it('pasted onto a selected part it is its configuration; a sketch is still a sketch', async () => {
    const chalkline = await open();
    await chalkline.select('cart-cache');
    await chalkline.paste('maxmemory 512mb\nmaxmemory-policy allkeys-lru\nrequirepass hush');
    await chalkline.told('cart-cache has 2 settings of Redis pasted. 1 secret left out.');
    await eventually(chalkline, (board) => configOf(board, 'cart-cache')).toEqual({
      system: 'Redis',
      values: { maxmemory: '512mb', 'maxmemory-policy': 'allkeys-lru' },
    });
    await chalkline.paste('cart-cache -> replica');
    await chalkline.node('replica').waitFor();
  });

  it('a broken file that is dropped changes nothing, and one selected part has what is dropped anywhere', async () => {
    const chalkline = await open();
    await chalkline.drop('hikari.properties', 'maximumPoolSize=50');
    await chalkline.told('hikari.properties is configuration: drop it onto the part that has it');
    await chalkline.select('orders-db');
    await chalkline.drop('postgresql.conf', "max_connections = 300\nwork_mem = '4MB");
    await chalkline.told("postgresql.conf, line 2: the quote ' is not closed. Nothing has changed.");
    expect(configOf(await chalkline.boardJson(), 'orders-db')).toBeUndefined();
    await chalkline.drop('postgresql.conf', 'max_connections = 300\n');
    await eventually(chalkline, (board) => configOf(board, 'orders-db')).toEqual({
      system: 'PostgreSQL',
      values: { max_connections: '300' },
    });
  });
});

it.each(['light', 'dark'] as const)('everybody can use it, %s', async (theme) => {
  const chalkline = await open({ theme, bypassPolicy: true });
  await chalkline.select('fulfilment');
  await paste(chalkline, `${CONSUMER}\nfetch.max.wiat.ms=1`);
  await chalkline.click('Note who set fetch.min.bytes and why');
  await section(chalkline).getByRole('radio', { name: /^All/ }).click();
  await chalkline.click('Paste or add settings');
  await section(chalkline).getByRole('textbox', { name: 'Settings' }).fill('{');
  await section(chalkline).getByRole('button', { name: 'Read' }).click();
  await section(chalkline).getByRole('alert').getByText('line 1').waitFor();
  expect(await violations(chalkline.page)).toEqual([]);
  await chalkline.screenshot(`config-${theme}`);
  await chalkline.tab('Suspects');
  await chalkline.page.locator('.config-finding').first().waitFor();
  expect(await violations(chalkline.page)).toEqual([]);
});

describe('on the board', () => {
  it('findings of all parts stand among the suspects, what can hurt most first, and lead to their part', async () => {
    const chalkline = await open();
    await chalkline.select('fulfilment');
    await paste(chalkline, 'maximumPoolSize=100\nminimumIdle=5');
    await chalkline.select('orders-db');
    await paste(chalkline, 'max_connections = 100\nshared_buffers = 4GB');
    await section(chalkline).getByText('Pools may open 200 connections (fulfilment 2 × 100)').waitFor();
    await chalkline.press('Escape');
    await chalkline.tab('Suspects');
    const rows = chalkline.page.locator('.config-finding');
    await rows.first().getByText('Pools may open 200 connections').waitFor();
    await chalkline.screenshot('config-findings');
    await rows.filter({ hasText: 'shared_buffers is 4GB' }).getByRole('button').click();
    await expect.poll(() => chalkline.selected()).toEqual([expect.stringContaining('orders-db')]);
  });

  it('the floor that configuration puts under an edge stands beside what is measured', async () => {
    const chalkline = await open();
    await chalkline.select('fulfilment');
    await paste(chalkline, CONSUMER);
    await chalkline.told('8 settings read');
    await chalkline.selectEdge('orders', 'fulfilment');
    const floor = chalkline.page
      .locator('.side-panel')
      .getByRole('figure', { name: 'Floor of the configuration' });
    await floor
      .getByText('Up to 500 ms by configuration alone: the broker waits for fetch.min.bytes 1 MiB')
      .waitFor();
    await floor.getByText(/Measured p95/).waitFor();
    await chalkline.screenshot('config-floor');

    // without the panel: where the edge is pointed at
    await chalkline.press('Escape');
    await chalkline.edge('orders', 'fulfilment').hover();
    const card = chalkline.page.getByRole('region', { name: 'Edge orders to fulfilment' });
    await card
      .getByRole('figure', { name: 'Floor of the configuration' })
      .getByText(/^Up to 500 ms/)
      .waitFor();
    await chalkline.screenshot('config-floor-card');
  });
});
