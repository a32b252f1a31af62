/** A note's text as the lines it is made of, for page and picture alike: a heading, lines of a list, plain text. */

const INDENT = 16;
/** What `10.` needs more than `•`, pixels. */
const WIDE = 6;

export type NoteBlock = {
  kind: 'heading' | 'item' | 'text' | 'space';
  text: string;
  /** What stands before a line of a list: `•`, or the number as it was typed. */
  marker: string;
  /** How far the text stands in, pixels. */
  indent: number;
};

/** `# heading`, `- item`, `1. item`, an empty line for space. Nothing else is markup. */
export function noteBlocks(text: string): NoteBlock[] {
  return text.split(/\r\n?|[\n\u2028\u2029]/).map((raw): NoteBlock => {
    if (raw.trim() === '') return { kind: 'space', text: '', marker: '', indent: 0 };
    const [, heading, bullet, rest = ''] = /^\s*(?:(#+)\s+|([-*•]|\d{1,3}[.)])\s+)?(.*)$/s.exec(raw)!;
    if (!bullet) return { kind: heading ? 'heading' : 'text', text: rest, marker: '', indent: 0 };
    const marker = /\d/.test(bullet) ? bullet : '•';
    return { kind: 'item', text: rest, marker, indent: INDENT + (bullet.length > 2 ? WIDE : 0) };
  });
}
