/**
 * Colours of lines that stand for parts side by side, such as the instances of a service: none of them means good or
 * bad. At least 3:1 on what they lie on, and apart for the three common colour-blindnesses; held by test.
 */
import type { Theme } from './tokens.ts';

export const LINE_COLOURS: Record<Theme, readonly string[]> = {
  dark: ['#64faec', '#ec630a', '#fafa94', '#9f5cfa', '#168dac', '#c9846e'],
  light: ['#0a9876', '#5f19fa', '#9c800a', '#d231c6', '#4a0a0a', '#1e0a40'],
};
