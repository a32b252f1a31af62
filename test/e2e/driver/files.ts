/** Files in and out: dropped, opened, exported, downloaded. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Board } from '../../../src/graph/index.ts';
import type { At } from './page.ts';
import { ReviewPage } from './review.ts';

export type ExportChoice = {
  of?: 'Whole board' | 'Selection' | 'View';
  theme?: 'Light' | 'Dark';
  scale?: '1×' | '2×' | '3×' | '4×';
  strip?: boolean;
  legend?: boolean;
  figures?: boolean;
  title?: boolean;
};
export type Content = { name: string; content: string | Uint8Array };

export class FilesPage extends ReviewPage {
  /** Does what makes the page hand out a file, and returns the file's name and bytes. */
  async download(act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  /** Drops a file on a point of the page, or on its middle, as from a file manager. */
  async drop(
    name: string,
    content: string | Uint8Array,
    type = 'application/octet-stream',
    at?: At,
  ): Promise<void> {
    const base64 = Buffer.from(content).toString('base64');
    await this.page.evaluate(
      ({ name, type, base64, at }) => {
        const transfer = new DataTransfer();
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type }));
        const [clientX, clientY] = at ? [at.x, at.y] : [innerWidth / 2, innerHeight / 2];
        const target = document.elementFromPoint(clientX, clientY) ?? document.body;
        for (const kind of ['dragenter', 'dragover', 'drop']) {
          const init = { bubbles: true, cancelable: true, dataTransfer: transfer, clientX, clientY };
          target.dispatchEvent(new DragEvent(kind, init));
        }
      },
      { name, type, base64, at },
    );
  }

  /** Pastes text that another program has copied. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((copied) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', copied);
      const init = { bubbles: true, cancelable: true, clipboardData };
      (document.activeElement ?? document.body).dispatchEvent(new ClipboardEvent('paste', init));
    }, text);
  }

  /** Drops a file of this machine. */
  async dropFile(path: string): Promise<void> {
    await this.drop(basename(path), await readFile(path));
  }

  /** Opens a file with the page's own file chooser: one of this machine, or one made up. */
  async importFile(file: string | Content): Promise<void> {
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      this.menu('File', 'Open a file'),
    ]);
    await chooser.setFiles(
      typeof file === 'string'
        ? file
        : { name: file.name, mimeType: 'application/octet-stream', buffer: Buffer.from(file.content) },
    );
  }

  /** Opens the export dialog at a way out. */
  async exportDialog(way: string): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Export', exact: true }).first().click();
    const dialog = this.page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('radio', { name: way, exact: true }).click();
    return dialog;
  }

  /** Exports through the dialog. */
  async exportAs(format: string, choice: ExportChoice = {}): Promise<Buffer> {
    return (await this.exportFile(format, choice)).bytes;
  }

  /** Exports through the dialog; the file with its name. */
  async exportFile(format: string, choice: ExportChoice = {}): Promise<{ name: string; bytes: Buffer }> {
    const dialog = await this.exportDialog(format);
    for (const option of [choice.of, choice.theme, choice.scale])
      if (option) await dialog.getByRole('radio', { name: option, exact: true }).click();
    const tick = (label: string, to: boolean | undefined) =>
      to === undefined ? undefined : dialog.getByLabel(label).setChecked(to);
    await tick('Leave the board out', choice.strip);
    await tick('Legend', choice.legend);
    await tick('Figures', choice.figures);
    await tick('Title', choice.title);
    return this.download(() => dialog.getByRole('button', { name: `Export ${format}`, exact: true }).click());
  }

  /** What is in the clipboard as text. */
  async copiedText(): Promise<string> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** The board as the page exports it. */
  async boardJson(): Promise<Board> {
    return JSON.parse((await this.exportAs('JSON')).toString('utf8'));
  }
}
