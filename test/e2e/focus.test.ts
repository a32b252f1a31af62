/** Where the focus is once what had it is put away: never nowhere, so that a keyboard goes on from where it was. */
import { expect, it } from 'vitest';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

/** What a screen reader calls that which has the focus. */
const focused = (chalkline: Chalkline) =>
  expect.poll(() =>
    chalkline.page.evaluate(() => {
      const { activeElement } = document;
      return activeElement?.getAttribute('aria-label') ?? activeElement?.tagName ?? '';
    }),
  );

/** Goes on with Tab to what is called so. */
async function tabTo(chalkline: Chalkline, name: RegExp): Promise<void> {
  for (let i = 0; i < 80; i++) {
    const label = await chalkline.page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? '',
    );
    if (name.test(label)) return;
    await chalkline.press('Tab');
  }
  throw new Error(`Tab does not come to ${name}`);
}

it('is on what is chosen, or on the board, when a bar over it is put away', async () => {
  const chalkline = await open();
  await chalkline.press('Control+f', 'Escape');
  await focused(chalkline).toBe('Board');
  await chalkline.press('Tab');
  await focused(chalkline).toBe('group shop');
  await chalkline.select('cart');
  await chalkline.press('Control+f');
  await chalkline.type('payments');
  await chalkline.press('Escape');
  await focused(chalkline).toBe('service cart, Node.js');
  await chalkline.press('Shift+3');
  await chalkline.page.getByRole('button', { name: 'End the focus' }).focus();
  await chalkline.press('Enter');
  await focused(chalkline).toBe('service cart, Node.js');
  await chalkline.press('Shift+Enter');
  await chalkline.page.getByRole('button', { name: 'Board', exact: true }).focus();
  await chalkline.press('Enter');
  await focused(chalkline).toBe('service cart, Node.js');
});

it('is on the board while it is presented, and after a tidying is put away', async () => {
  const chalkline = await open();
  await chalkline.page.getByRole('button', { name: 'Menu', exact: true }).focus();
  await chalkline.press('Control+Alt+p');
  await focused(chalkline).toBe('Board');
  await chalkline.press('Escape');
  await chalkline.select('cart');
  await chalkline.press('Shift+ArrowDown', 'Shift+ArrowRight', 'Escape', 'Shift+T');
  await focused(chalkline).toBe('BUTTON');
  await chalkline.press('Escape');
  await focused(chalkline).toBe('Board');
});

it('comes back from the command bar, with nothing drawn and with something', async () => {
  const chalkline = await open();
  await tabTo(chalkline, /^service cart,/);
  await chalkline.press('Control+k', 'Escape');
  await focused(chalkline).toBe('service cart, Node.js');
  await chalkline.press('Control+k');
  await chalkline.type('cart -> ledger');
  await chalkline.page.getByRole('option', { name: /^Draw/ }).waitFor();
  await chalkline.press('Enter');
  await focused(chalkline).toBe('service cart, Node.js');
});

it('stays on the board when what had it is deleted', async () => {
  const chalkline = await open();
  await tabTo(chalkline, /^service cart,/);
  await chalkline.press('Delete');
  await focused(chalkline).toBe('Board');
  await chalkline.undo();
  await chalkline.edge('edge', 'cart').waitFor();
  await tabTo(chalkline, /^edge edge to cart,/);
  await chalkline.press('Enter', 'Delete');
  await focused(chalkline).toBe('Board');
});
