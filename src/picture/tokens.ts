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
  /** Colours of edges and of the change on their pills. */
  severity: Record<Severity, string>;
  mark: Record<MarkStatus, string>;
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
    severity: {
      neutral: '#8f9693',
      faster: '#5fb0f2',
      same: '#c9cbc3',
      slower: '#f3d567',
      'much slower': '#f59331',
      severe: '#ff6a78',
    },
    mark: { suspected: '#f5b83d', confirmed: '#ff6b66', cleared: '#93d27b' },
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
    severity: {
      neutral: '#7b827f',
      faster: '#1668b3',
      same: '#4c5553',
      slower: '#8c6900',
      'much slower': '#bf4f00',
      severe: '#b3123f',
    },
    mark: { suspected: '#985900', confirmed: '#c3271f', cleared: '#2f7118' },
  },
};

const kebab = (name: string) => name.replace(/[A-Z ]/g, (each) => `-${each.trim().toLowerCase()}`);

/** The tokens as CSS custom properties: `--board`, `--ink-secondary`, `--severity-much-slower`, `--mark-cleared`. */
export function cssVariables(theme: Theme): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(TOKENS[theme])) {
    if (typeof value === 'string') variables[`--${kebab(name)}`] = value;
    else for (const [key, colour] of Object.entries(value)) variables[`--${name}-${kebab(key)}`] = colour;
  }
  return variables;
}
