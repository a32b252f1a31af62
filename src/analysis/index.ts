/** Board + readings → findings. Pure: what it concludes depends on nothing but what it is handed. */
export * from './baseline.ts';
export * from './compare/index.ts';
export * from './defaults/index.ts';
export * from './experiments/index.ts';
export type * from './finding.ts';
export * from './hop.ts';
export * from './instances.ts';
export * from './investigation.ts';
export * from './report/index.ts';
export * from './suspects/index.ts';
export * from './what-if/index.ts';
