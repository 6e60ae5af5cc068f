/**
 * The two-sided quantile of Student's t: |t| is below it with this probability. Degrees of freedom
 * need not be whole (Welch). By bisection of the distribution function; accurate to 1e-9.
 */
export function studentQuantile(probability: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (centralProbability(high, degrees) < probability) high *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (centralProbability(middle, degrees) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(|T| < t) = 1 − I_x(ν/2, 1/2) with x = ν / (ν + t²). */
function centralProbability(t: number, degrees: number): number {
  return 1 - incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** Regularised incomplete beta function, by its continued fraction (DLMF 8.17.22, Lentz). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFront =
    a * Math.log(x) +
    b * Math.log1p(-x) -
    Math.log(a) +
    logGamma(a + b) -
    logGamma(a) -
    logGamma(b);
  return Math.exp(logFront) / betaFraction(x, a, b);
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let value = 1;
  let upper = 1;
  let lower = 0;
  for (let index = 1; index < 400; index++) {
    const half = index >> 1;
    const term =
      index % 2 === 0
        ? (half * (b - half) * x) / ((a + index - 1) * (a + index))
        : (-(a + half) * (a + b + half) * x) / ((a + index - 1) * (a + index));
    lower = 1 / nonZero(1 + term * lower, tiny);
    upper = nonZero(1 + term / upper, tiny);
    const change = upper * lower;
    value *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return value;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

// Lanczos, g = 7, n = 9.
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

function logGamma(x: number): number {
  const shifted = x - 1;
  const base = shifted + 7.5;
  const series = lanczos.reduce(
    (sum, coefficient, index) =>
      sum + (index === 0 ? coefficient : coefficient / (shifted + index)),
    0,
  );
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
}
