/** Order statistics of a sorted column. */

/** Quantile by linear interpolation between closest ranks (type 7 of Hyndman and Fan); NaN for nothing. */
export function quantile(sorted: Float64Array | readonly number[], share: number): number {
  const n = sorted.length
  if (n === 0) return Number.NaN
  const at = (n - 1) * share
  const low = Math.floor(at)
  const [a, b] = [sorted[low] as number, sorted[Math.min(n - 1, low + 1)] as number]
  return a + (b - a) * (at - low)
}

export function meanOfAll(values: Float64Array | readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return values.length === 0 ? Number.NaN : sum / values.length
}
