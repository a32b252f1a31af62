/** Once before the browser tests: the app is built, and a browser is there. */
import { ensureBrowser } from '../../scripts/needs.ts';
import { buildWhenStale } from './build.ts';

export default async function setup(): Promise<void> {
  ensureBrowser();
  await buildWhenStale();
}
