/** The ways out, as dialogs know them: pictures, texts of other programs, links. */
import type { Said } from '../graph/index.ts';

export type ExportOptions = {
  theme: 'light' | 'dark';
  scale: 1 | 2 | 3 | 4;
  figures: boolean;
  legend: boolean;
  /** Leaves the board itself out of the file: host names leak. */
  strip: boolean;
  /** All of the board unless said. */
  part?: PicturePart;
  /** True unless said. */
  titled?: boolean;
};

/** What a picture is of: everything, what is selected, or what is in view, cut off where that ends. */
export type PicturePart = 'board' | 'selection' | 'view';

/** What another program takes, as text. */
export type TextFormat = {
  id: string;
  name: string;
  /** How its files' names end; absent where it is only copied. */
  suffix?: string;
  /** What is written, a sentence or two. */
  writes: string;
  /** What is left out of any board, in words. */
  loses?: string;
};

/** A picture before it is one of pixels. */
export type Draft = {
  svg: string;
  width: number;
  height: number;
  /** How many parts are drawn. */
  parts: number;
};

/** All that leaves but quick pictures, looked at first. Fetched when it is first needed. */
export type Exporter = {
  formats: readonly TextFormat[];
  /** Null where nothing is drawn: nothing is selected, or in view. */
  draw(options: ExportOptions): Promise<Draft | null>;
  /** @throws Error in words, where the format can't say this board */
  write(format: string): string;
  /** What of the board reading the text would not bring back, counted; null where nothing reads it. */
  lacks(format: string, text: string): Promise<readonly string[] | null>;
  /**
   * The address of this page with the board in its fragment.
   * @throws RangeError in words, where the board is too large for any link
   */
  link(left: readonly Said[]): string;
  /** Into a file named after the board. */
  save(format: string, text: string): void;
  /** Into the clipboard, and says so. @param name what it is, as in “Copied as Mermaid.” */
  copy(name: string, text: string): Promise<void>;
};
