import { mean, variance } from './describe.ts';
import { studentQuantile } from './student-t.ts';

/**
 * 95 % confidence interval of the difference of two means with unequal variances (Welch 1947).
 * Both sides need two values at least.
 */
export function welchInterval(
  left: readonly number[],
  right: readonly number[],
): readonly [low: number, high: number] {
  const difference = mean(left) - mean(right);
  const leftError = variance(left) / left.length;
  const rightError = variance(right) / right.length;
  const error = leftError + rightError;
  // Without any spread there is nothing to estimate an error from.
  if (error === 0) return [difference, difference];
  const degrees =
    error ** 2 / (leftError ** 2 / (left.length - 1) + rightError ** 2 / (right.length - 1));
  const reach = studentQuantile(0.95, degrees) * Math.sqrt(error);
  return [difference - reach, difference + reach];
}
