/** The settings of a trace back end, and what a person calls it. */
import type { Provenance, SourceConfig } from '../../graph/index.ts';
import { placeOf } from '../address.ts';

export type TracesConfig = Extract<SourceConfig, { type: 'jaeger' | 'zipkin' }>;

export const NAMES = { jaeger: 'Jaeger', zipkin: 'Zipkin' } as const;

export const labelOf = ({ type, url }: TracesConfig): string => `${NAMES[type]} ${placeOf(url)}`;

export const provenanceOf = (config: TracesConfig): Provenance => ({
  source: config.id,
  label: labelOf(config),
  simulated: false,
});
