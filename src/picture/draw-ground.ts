/** What a picture brings along: its fonts, and the slate it is drawn on. */
/** A font face to be carried in the picture, so that it looks the same everywhere. */
export type EmbeddedFont = { family: string; weight: string; dataUri: string };

/** @throws where a font is not carried in the picture itself: it must not ask for anything elsewhere */
export function fontFaces(fonts: readonly EmbeddedFont[]): string {
  if (fonts.length === 0) return '';
  const faces = fonts.map(({ family, weight, dataUri }) => {
    if (!/^data:[\w/+.-]+;base64,[\w+/=]+$/.test(dataUri) || !/^[\w -]+$/.test(family + weight))
      throw new Error(`the font ${family} is not a base64 data URI`);
    return `@font-face{font-family:'${family}';font-weight:${weight};src:url(${dataUri})}`;
  });
  return `<style>${faces.join('')}</style>`;
}

/** The dots of the slate, every 24 px as on the screen. */
export const grid = (color: string): string =>
  `<pattern id="grid" width="24" height="24" patternUnits="userSpaceOnUse"><circle cx="12" cy="12" r="1" fill="${color}"/></pattern>`;
