/** Units are in the types: a foreign number becomes one of these once, at the edge, and stays it. */
declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]?: Name };

/** Durations and latencies. */
export type Milliseconds = Unit<'ms'>;
/** Wall clock, milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = Unit<'epoch ms'>;
/** Events a second. */
export type PerSecond = Unit<'1/s'>;
/** A share from 0 to 1 (errors, use of a pool); load may exceed 1. */
export type Ratio = Unit<'ratio'>;
