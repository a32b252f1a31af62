/** A PNG of 1,000 nodes, 4,096 pixels wide: ours, html-to-image on plain React Flow, and the least there is to do. */
import { openPages, type Pages } from './pages.ts';
import { median, type Row, ratioAtMost, row } from './row.ts';

const NODES = 1000;

export async function pngRows(): Promise<Row[]> {
  const pages = await openPages();
  try {
    const ours = await time(pages, 'ours', 5);
    const name = 'PNG of 1,000 nodes';
    const bare = await time(pages, 'bare lines', 5);
    const html = await time(pages, 'React Flow', 1);
    return [
      row({ name, ours, peer: html, peerName: 'html-to-image', unit: 'ms' }, ratioAtMost(0.05)),
      row({ name, ours, peer: bare, peerName: 'bare canvas', unit: 'ms' }, ratioAtMost(2.5)),
    ];
  } finally {
    await pages.close();
  }
}

/** The median of some pictures, ms; where there are several, after one that is not counted. */
async function time(pages: Pages, who: string, times: number): Promise<number> {
  const { page, close } = await pages.open(who, NODES);
  const once = () =>
    page.evaluate(async () => {
      const start = performance.now();
      await window.bench!.png!();
      return performance.now() - start;
    });
  if (times > 1) await once();
  const taken: number[] = [];
  for (let i = 0; i < times; i++) taken.push(await once());
  await close();
  return median(taken);
}
