/** A report as one page that needs nothing else: it may be mailed, or kept with the ticket. */
import type { Block, Report } from './document.ts';

/** @param svg the picture as SVG text, as our own drawing writes it; without it there is none */
export function toHtml({ title, blocks }: Report, svg: string | null): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${blocks.map((block) => htmlOf(block, svg)).join('\n')}
</main>
</body>
</html>
`;
}

function htmlOf(block: Block, svg: string | null): string {
  switch (block.type) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case 'text':
      return `<p>${escaped(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;
    case 'picture':
      return svg === null ? '' : `<figure role="img" aria-label="${escaped(block.words)}">${svg}</figure>`;
    case 'table':
      return tableOf(block);
  }
}

function tableOf({ head, rows, figures = [] }: Extract<Block, { type: 'table' }>): string {
  const attributes = (column: number) => (figures.includes(column) ? ' class="figure"' : '');
  const heads = head.map((text, i) => `<th scope="col"${attributes(i)}>${escaped(text)}</th>`).join('');
  const lines = rows.map((row) => {
    const cells = row.map((text, i) =>
      i === 0 ? `<th scope="row">${escaped(text)}</th>` : `<td${attributes(i)}>${escaped(text)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<div class="wide"><table>\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table></div>`;
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const STYLE = `
:root { color-scheme: light dark; --ink: #22262b; --faint: #5c6670; --line: #d8d5cc; --paper: #fdfcf8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e0; --faint: #a2a9b0; --line: #3a4046; --paper: #1b1f23; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 Inter, system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { margin-top: 2.2rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); font-size: 1.2rem; }
h3 { margin-top: 1.4rem; font-size: 1rem; }
figure { margin: 1.5rem 0; }
figure svg { max-width: 100%; height: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--faint); font-weight: 500; }
tbody th { font-weight: 500; }
.figure { text-align: right; }
@media print { main { max-width: none; padding: 0; } }
`;
