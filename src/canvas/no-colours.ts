/** Stands in for d3-color in the build (see vite.config.ts): to d3's interpolators no text is a colour here. */
const none = (): null => null;

export { none as color, none as cubehelix, none as hcl, none as hsl, none as lab, none as rgb };
