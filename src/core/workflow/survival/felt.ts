/** Which differences of a burden count: those who pass a step feel its minutes, however few they are. */
import type { Policy } from '../map/policy.ts'
import type { Side } from '../rules/side.ts'
import type { Burden, BurdenName, Costs } from './costs.ts'

/** Per case and burden: a smaller difference is not felt, whatever share of the former amount it is. */
export type Felt = Readonly<Record<BurdenName, number>>

const ofEveryCase: Felt = {
  time: 1,
  work: 1,
  touches: 0.5,
  entries: 0.5,
  copies: 0.5,
  handoffs: 0.5,
  exceptions: 0.0005,
  checks: 0.5,
}

/** One case in fifty: a step by hand that comes and goes more seldom is no change of the work. */
const leastTouches = 0.02

/** Keeps sums of fractions from falling below what they amount to. */
const slack = 1e-9

/** @param share of cases that pass the work, above 0 up to 1: a minute of theirs is so much less of a minute per case */
export function feltBy(share: number): Felt {
  const { time, work, touches } = ofEveryCase
  return { ...ofEveryCase, time: time * share, work: work * share, touches: Math.max(leastTouches, touches * share) }
}

/** The share of cases that pass the step which most pass, at most 1; waits, machines and other clinics count too. 0 where nobody passes. */
export function passing({ view, times }: Side, ids: readonly string[]): number {
  const visits = ids.flatMap((id) => {
    const at = view.indexOf.get(id)
    return at === undefined ? [] : [times.steps[at]?.visits ?? 1]
  })
  return Math.min(1, Math.max(0, ...visits))
}

/** Minutes that those wait who pass the work. */
export function waitOfPassing({ time }: Costs, share: number): number {
  return time === null || share === 0 ? 0 : time / share
}

export function isFelt({ burden, before, after }: Burden, felt: Felt): boolean {
  if (before === null || after === null) return false
  const [more, least] = [after - before, felt[burden]]
  // A minute more of work is a price that nobody calls a fault; a minute less is a gain.
  if (burden === 'work' && more > 0) return more > least * (1 + slack)
  return Math.abs(more) >= least * (1 - slack)
}

export type Way = 'eliminated' | 'reduced' | 'worsened' | 'same' | 'unknown'

export function wayOf(burden: Burden, policy: Policy, felt: Felt): Way {
  const { before, after, change } = burden
  if (before === null || after === null) return 'unknown'
  if (!isFelt(burden, felt)) return 'same'
  if (after < slack) return 'eliminated'
  if (change !== null && change > policy.reduced.value + slack) return 'reduced'
  return after > before * (1 + policy.worsened.value + slack) ? 'worsened' : 'same'
}

const fractions: ReadonlyMap<number, string> = new Map([
  [1 / 2, 'half'],
  [1 / 3, 'third'],
  [1 / 4, 'quarter'],
  [1 / 5, 'fifth'],
  [1 / 10, 'tenth'],
])

/** Why a difference does not count: it is not felt, or it is too small a share of today. Empty where a value is not known. */
export function whySame(burden: Burden, policy: Policy, felt: Felt): string {
  const { before, after, change } = burden
  if (before === null || after === null || before === after) return ''
  if (!isFelt(burden, felt)) return ' (too small a difference to count)'
  if (change === null) return ''
  const least = change > 0 ? policy.reduced.value : policy.worsened.value
  const named = fractions.get(least) ?? `${Math.round(least * 1000) / 10} %`
  const percent = Math.abs(change) * 100
  // A share under the threshold is never rounded up to it.
  const whole = Math.round(percent)
  const shown = whole === 0 ? 'less than 1' : whole < least * 100 ? whole : Math.floor(percent * 10 + slack) / 10
  const under = Math.abs(change) < least - slack && change > 0 ? 'under' : 'not over'
  return ` (${shown} % ${change > 0 ? 'less' : 'more'}: ${under} the ${named} that counts)`
}
