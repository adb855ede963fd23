/** How far two counts of the same things lie apart: Jensen–Shannon in bits, and χ² with rare cells pooled. */
import { gammaShare } from './special-functions.ts'

/** 0 for equal shares, 1 for nothing in common. */
export function jensenShannon(a: Float64Array, b: Float64Array): number {
  const [na, nb] = [total(a), total(b)]
  if (na === 0 || nb === 0) return 0
  let sum = 0
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [(a[i] as number) / na, (b[i] as number) / nb]
    const middle = (p + q) / 2
    if (p > 0) sum += p * Math.log2(p / middle)
    if (q > 0) sum += q * Math.log2(q / middle)
  }
  return Math.max(0, sum / 2)
}

/** Test of the same shares in both; cells of which either side expects fewer than 5 are pooled. */
export function chiSquare(
  a: Float64Array,
  b: Float64Array,
): { readonly value: number; readonly freedom: number; readonly p: number } {
  const [na, nb] = [total(a), total(b)]
  if (na === 0 || nb === 0) return { value: 0, freedom: 0, p: 1 }
  const all = na + nb
  const cells: [number, number][] = []
  const pooled: [number, number] = [0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number]
    if (((x + y) * Math.min(na, nb)) / all >= 5) cells.push([x, y])
    else {
      pooled[0] += x
      pooled[1] += y
    }
  }
  if (pooled[0] + pooled[1] > 0) cells.push(pooled)
  let value = 0
  for (const [x, y] of cells) {
    const [ex, ey] = [((x + y) * na) / all, ((x + y) * nb) / all]
    value += (x - ex) ** 2 / ex + (y - ey) ** 2 / ey
  }
  const freedom = cells.length - 1
  return { value, freedom, p: freedom <= 0 ? 1 : 1 - gammaShare(freedom / 2, value / 2) }
}

function total(counts: Float64Array): number {
  return counts.reduce((sum, n) => sum + n, 0)
}
