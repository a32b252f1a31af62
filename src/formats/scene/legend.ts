/** What a drawing has to explain itself by is no part of the system. */

const LEGEND = /^(?:legend|legende|légende|legenda|leyenda|图例|图例说明|凡例)[ :]*$/i;
export const isLegend = (name: string): boolean => LEGEND.test(name.trim());
export const LEGENDS = 'parts of a legend, left out';
