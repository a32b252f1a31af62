/** The colours that are painted with: the theme's, stronger where the system asks for more contrast. */
import { type Theme, TOKENS, type Tokens, withMoreContrast } from '../picture/index.ts';

const contrast = window.matchMedia('(prefers-contrast: more)');

export const tokensNow = (theme: Theme): Tokens =>
  contrast.matches ? withMoreContrast(TOKENS[theme]) : TOKENS[theme];
