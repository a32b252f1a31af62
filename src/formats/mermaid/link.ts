/** Links of a flowchart: `-->`, `-. text .->`, `==>|text|`, `e1@-->`. */
import type { Scan } from '../diagram/scan.ts';

export type Link = {
  /** What is written on it, as written. */
  text: string;
  stroke: 'solid' | 'dotted' | 'thick' | 'invisible';
  /** Heads at its start and its end. */
  heads: { start: boolean; end: boolean };
  /** Its own name, under which more may be said of it. */
  id: string | null;
  at: number;
};

const WHOLE = /[xo<]?(?:--+[-xo>]|==+[=xo>]|-?\.+-[xo>]?)|~~~+/y;
const START = /([xo<]?)(--|==|-\.)[ \t]*(?:"([^"]*)"[ \t]*)?/y;
const TEXT_AND_END: Readonly<Record<string, RegExp>> = {
  '--': /((?:[^-\n]|-(?!-))*)(--+[-xo>])/y,
  '==': /((?:[^=\n]|=(?!=))*)(==+[=xo>])/y,
  '-.': /((?:[^.\n]|\.(?![.-]))*)(\.+-[xo>]?)/y,
};
const EDGE_ID = /([\p{L}\p{N}_-]{1,100})@(?=[xo<]?(?:--|==|-\.|~~~))/uy;

/** The link that stands here; null where none does. */
export function takeLink(scan: Scan): Link | null {
  const id = scan.take(EDGE_ID)?.[1] ?? null;
  const at = scan.at();
  const whole = scan.take(WHOLE)?.[0];
  if (whole !== undefined) return { ...look(whole, whole.at(0)!), text: textBetweenBars(scan), id, at };
  const [, head, dash, quoted] = scan.take(START) ?? [];
  if (dash === undefined) return null;
  const found = scan.take(TEXT_AND_END[dash]!);
  if (!found) return scan.fail(`this link is never finished; write it as ${dash} text ${FINISHED[dash]}`, at);
  return { ...look(`${dash}${found[2]}`, head!), text: quoted ?? found[1]!.trim(), id, at };
}

const FINISHED: Readonly<Record<string, string>> = { '--': '-->', '==': '==>', '-.': '.->' };

function look(link: string, start: string): Pick<Link, 'stroke' | 'heads'> {
  const stroke = link.startsWith('~')
    ? 'invisible'
    : link.includes('.')
      ? 'dotted'
      : link.includes('=')
        ? 'thick'
        : 'solid';
  return { stroke, heads: { start: /[<xo]/.test(start), end: /[>xo]$/.test(link) } };
}

function textBetweenBars(scan: Scan): string {
  if (!scan.take(/[ \t]*\|[ \t]*/y)) return '';
  const at = scan.at();
  const quoted = scan.take(/"([^"]*)"[ \t]*\|/y)?.[1];
  return quoted ?? scan.upTo('|')?.trim() ?? scan.fail('this text is never closed; end it with |', at);
}
