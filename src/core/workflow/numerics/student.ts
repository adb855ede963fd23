/** Student's t over replications: intervals of means and of paired differences. Only + − × ÷ √, so every engine gives the same bits. */
import { studentQuantile } from '../../student-quantile.ts'

export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

export type Difference = Interval

export function intervalOf(values: readonly number[], confidence: 0.95 | 0.99 = 0.95): Interval {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  if (n < 2) return { mean, low: mean, high: mean }
  const square = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  const half = studentQuantile(n - 1, confidence) * Math.sqrt(square / (n - 1) / n)
  return { mean, low: mean - half, high: mean + half }
}

/** Future − current, replication by replication: what common random numbers are for. Shorter of the two decides. */
export function pairedDifference(current: readonly number[], future: readonly number[]): Difference {
  const n = Math.min(current.length, future.length)
  const differences: number[] = []
  for (let i = 0; i < n; i++) differences.push((future[i] ?? 0) - (current[i] ?? 0))
  return intervalOf(differences)
}
