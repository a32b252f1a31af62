/** The settings of a Prometheus, and what a person calls it. */
import type { SourceConfig } from '../../graph/index.ts';
import { placeOf } from '../address.ts';

export type PrometheusConfig = Extract<SourceConfig, { type: 'prometheus' }>;

export const labelOf = (url: string): string => `Prometheus ${placeOf(url)}`;
