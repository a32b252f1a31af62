/**
 * The one source of colour: a slate with chalk on it, instruments laid over it. CSS takes it from
 * `cssVariables`, canvas and pictures from `TOKENS`, so no two of them can differ.
 *
 * Contrast held by test: text at least 4.5:1 and graphics at least 3:1 on what they lie on; severities stay
 * apart for the three common colour-blindnesses.
 */
import type { MarkStatus } from '../graph/index.ts';

export type Theme = 'light' | 'dark';

/** How an edge stands against its own baseline; neutral where there is none. */
export const SEVERITIES = ['neutral', 'faster', 'same', 'slower', 'much slower', 'severe'] as const;
export type Severity = (typeof SEVERITIES)[number];

export type Tokens = {
  /** The slate itself, and the dots of its grid. */
  board: string;
  grid: string;
  /** What lies over the slate: cards and panels, menus above those, wells within them. */
  surface: string;
  raised: string;
  sunken: string;
  line: string;
  ink: string;
  inkSecondary: string;
  inkFaint: string;
  /** The one accent: selection, and what can be acted on. */
  accent: string;
  onAccent: string;
  accentWash: string;
  focus: string;
  nodeFill: string;
  nodeStroke: string;
  groupFill: string;
  groupLine: string;
  noteFill: string;
  noteInk: string;
  chalk: string;
  shadow: string;
  /** Colours of edges and of their pills' borders; for text, as the change on a pill, those of severityText. */
  severity: Record<Severity, string>;
  severityText: Record<Severity, string>;
  mark: Record<MarkStatus, string>;
};

const DARK_SEVERITY: Record<Severity, string> = {
  neutral: '#979e9a',
  faster: '#66adf7',
  same: '#c6d2d2',
  slower: '#fbe36d',
  'much slower': '#f57f17',
  severe: '#ff868f',
};
const LIGHT_SEVERITY: Record<Severity, string> = {
  neutral: '#737a77',
  faster: '#2f6abb',
  same: '#3e4861',
  slower: '#b07d00',
  'much slower': '#b04400',
  severe: '#c01050',
};

export const TOKENS: Record<Theme, Tokens> = {
  dark: {
    board: '#25282a',
    grid: '#34393b',
    surface: '#303436',
    raised: '#383d3f',
    sunken: '#1d2021',
    line: '#4a5053',
    ink: '#f4efe4',
    inkSecondary: '#c2c0b8',
    inkFaint: '#a9aaa4',
    accent: '#6ccfc4',
    onAccent: '#10211f',
    accentWash: '#2b4341',
    focus: '#8fe6dc',
    nodeFill: '#303436',
    nodeStroke: '#8d938f',
    groupFill: '#2a2e30',
    groupLine: '#7a807e',
    noteFill: '#3a3729',
    noteInk: '#ece2c2',
    chalk: '#efe9da',
    shadow: 'rgba(0, 0, 0, 0.45)',
    severity: DARK_SEVERITY,
    severityText: DARK_SEVERITY,
    mark: { suspected: '#fbb933', confirmed: '#f4696c', cleared: '#abe98f' },
  },
  light: {
    board: '#f3f1ea',
    grid: '#dddacf',
    surface: '#fdfcf8',
    raised: '#ffffff',
    sunken: '#e8e5da',
    line: '#cfcbbe',
    ink: '#23282a',
    inkSecondary: '#50575a',
    inkFaint: '#5d6363',
    accent: '#086b62',
    onAccent: '#ffffff',
    accentWash: '#d5ebe6',
    focus: '#086b62',
    nodeFill: '#fdfcf8',
    nodeStroke: '#6f7674',
    groupFill: '#ecebe2',
    groupLine: '#7a807c',
    noteFill: '#faf0c8',
    noteInk: '#4a4122',
    chalk: '#3b4142',
    shadow: 'rgba(50, 46, 34, 0.16)',
    severity: LIGHT_SEVERITY,
    severityText: { ...LIGHT_SEVERITY, neutral: '#5d6363', slower: '#805b00' },
    mark: { suspected: '#985900', confirmed: '#ad1425', cleared: '#23743a' },
  },
};

const kebab = (name: string) => name.replace(/[A-Z ]/g, (each) => `-${each.trim().toLowerCase()}`);

/** For eyes that ask for it: every line and every word at full strength. */
export const withMoreContrast = (tokens: Tokens): Tokens => ({
  ...tokens,
  grid: tokens.line,
  line: tokens.ink,
  inkSecondary: tokens.ink,
  inkFaint: tokens.ink,
  nodeStroke: tokens.ink,
  groupLine: tokens.ink,
});

/** The tokens as CSS custom properties: `--board`, `--ink-secondary`, `--severity-much-slower`, `--mark-cleared`. */
export function cssVariables(theme: Theme, moreContrast = false): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(
    moreContrast ? withMoreContrast(TOKENS[theme]) : TOKENS[theme],
  )) {
    if (typeof value === 'string') variables[`--${kebab(name)}`] = value;
    else
      for (const [key, colour] of Object.entries(value)) variables[`--${kebab(name)}-${kebab(key)}`] = colour;
  }
  return variables;
}
