/** A report as Markdown (GitHub's, with tables). */
import type { Block, Report } from './document.ts';

/** @param picture where the picture is: a path beside the file, or a data: URL; without it there is none */
export function toMarkdown({ blocks }: Report, picture: string | null): string {
  const parts = blocks.map((block) => markdownOf(block, picture)).filter((text) => text !== '');
  return `${parts.join('\n\n')}\n`;
}

function markdownOf(block: Block, picture: string | null): string {
  switch (block.type) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`;
    case 'text':
      return escaped(block.text);
    case 'list':
      return block.items.map((item) => `- ${escaped(item)}`).join('\n');
    case 'picture':
      return picture === null ? '' : `![${escaped(block.words)}](${picture})`;
    case 'table': {
      const isFigure = (column: number) => block.figures?.includes(column) ?? false;
      return [
        rowOf(block.head),
        rowOf(
          block.head.map((_, column) => (isFigure(column) ? '--:' : '---')),
          true,
        ),
        ...block.rows.map((row) => rowOf(row)),
      ].join('\n');
    }
  }
}

const rowOf = (cells: readonly string[], isRule = false): string =>
  `| ${cells.map((cell) => (isRule ? cell : escaped(cell))).join(' | ')} |`;

/** What a person wrote stays what it was, whatever Markdown would make of it; a line is one line. */
const escaped = (text: string): string =>
  text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_[\]<>|#~]/g, '\\$&')
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, '$1\\$2');
