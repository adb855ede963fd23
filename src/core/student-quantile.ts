/** Student's t quantiles for intervals of means. Only + − × ÷, so every engine gives the same bits. */

/** Two-sided 95 % and 99 % quantiles for 1 … 30 degrees of freedom (tables of NIST/SEMATECH e-Handbook §1.3.6.7.2). */
const t95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101,
  2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]
const t99 = [
  63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.25, 3.169, 3.106, 3.055, 3.012, 2.977, 2.947, 2.921, 2.898, 2.878,
  2.861, 2.845, 2.831, 2.819, 2.807, 2.797, 2.787, 2.779, 2.771, 2.763, 2.756, 2.75,
]

/** Above 30 degrees the Cornish–Fisher expansion around the normal quantile (error below 1e-4). */
export function studentQuantile(degrees: number, confidence: 0.95 | 0.99): number {
  const listed = (confidence === 0.95 ? t95 : t99)[degrees - 1]
  if (degrees < 1) return Number.POSITIVE_INFINITY
  if (listed !== undefined) return listed
  const z = confidence === 0.95 ? 1.959964 : 2.575829
  const z3 = z * z * z
  const z5 = z3 * z * z
  return z + (z3 + z) / (4 * degrees) + (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees * degrees)
}
