/** Two-sided acceptance plans (ISO 2859-2 practice): a bad lot is accepted at most β, a good one at least so often. */
import { binomialAtMost } from './binomial.ts'
import { hypergeometricAtMost } from './hypergeometric.ts'

export interface AcceptancePlan {
  readonly n: number
  /** Acceptance number. */
  readonly c: number
  readonly acceptGood: number
  readonly acceptBad: number
}

export interface AcceptanceWish {
  /** Null for an endless lot. */
  readonly size: number | null
  readonly goodRate: number
  readonly acceptGoodAtLeast: number
  readonly badRate: number
  readonly acceptBadAtMost: number
}

/** Smallest c whose smallest n keeps the consumer's risk and still accepts good lots often enough; null where no plan does. */
export function acceptancePlan(wish: AcceptanceWish): AcceptancePlan | null {
  const accepted = (c: number, n: number, rate: number): number =>
    wish.size === null ? binomialAtMost(c, n, rate) : hypergeometricAtMost(c, wish.size, Math.round(wish.size * rate), n)
  const most = wish.size ?? 1_000_000
  let n = 1
  for (let c = 0; c < most; c++) {
    n = smallestWhere(Math.max(n, c + 1), most, (size) => accepted(c, size, wish.badRate) <= wish.acceptBadAtMost) ?? most
    if (accepted(c, n, wish.badRate) > wish.acceptBadAtMost) return null
    const acceptGood = accepted(c, n, wish.goodRate)
    if (acceptGood >= wish.acceptGoodAtLeast) return { n, c, acceptGood, acceptBad: accepted(c, n, wish.badRate) }
  }
  return null
}

function smallestWhere(from: number, to: number, holds: (n: number) => boolean): number | null {
  let low = from
  let step = 1
  while (low + step < to && !holds(low + step)) step *= 2
  let high = Math.min(to, low + step)
  if (!holds(high)) return null
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
