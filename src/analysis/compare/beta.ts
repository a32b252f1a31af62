/** The beta and normal distributions, as far as intervals need them. */

/** ln Γ(x) for x > 0, by Lanczos' approximation (g = 5, six terms): relative error below 2·10⁻¹⁰. */
function logGamma(x: number): number {
  let sum = 1.000000000190015;
  for (const [i, term] of LANCZOS.entries()) sum += term / (x + 1 + i);
  const shifted = x + 5.5;
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((Math.sqrt(2 * Math.PI) * sum) / x);
}
const LANCZOS = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 1.208650973866179e-3,
  -5.395239384953e-6,
];

/**
 * The regularised incomplete beta function Iₓ(a, b): the share of a beta distribution that lies below x.
 * Continued fraction DLMF 8.17.22, evaluated by Lentz's algorithm.
 */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaBelow(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a),
  );
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / awayFromZero(1 + term * d);
      c = awayFromZero(1 + term / c);
      fraction *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-10) break;
  }
  return front * fraction;
}
/** Terms needed grow with the root of a and b: enough for 10⁸ samples. */
const MOST_TERMS = 20_000;
const awayFromZero = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);

/**
 * How many standard deviations around the middle hold that share of a normal distribution: 1.96 for 0.95.
 * Abramowitz and Stegun 26.2.23 as a start, then Newton's method on the series of the error function.
 */
export function normalReach(confidence: number): number {
  const tail = (1 - confidence) / 2;
  const t = Math.sqrt(-2 * Math.log(tail));
  let z =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  for (let i = 0; i < 3; i++) z += (above(z) - tail) / density(z);
  return z;
}

/** The share of a normal distribution within so many standard deviations around its middle. */
export const normalWithin = (z: number): number => 1 - 2 * above(z);

const density = (z: number) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** The share of a normal distribution above z: a half less the series of DLMF 7.6.2. */
function above(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 1; k < 200 && term > 1e-17 * sum; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 - density(z) * sum;
}
