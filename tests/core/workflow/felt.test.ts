/** Minutes are felt by the cases that pass a step: how few pass never turns a gain into a fault. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultPolicy } from '../../../src/core/workflow/map/policy.ts'
import { compare } from '../../../src/core/workflow/survival/compare.ts'
import { burdenOf } from '../../../src/core/workflow/survival/costs.ts'
import type { Effect } from '../../../src/core/workflow/survival/effects.ts'
import { feltBy, wayOf, whySame } from '../../../src/core/workflow/survival/felt.ts'
import { workflowOf } from './pair.ts'

const shares = [0.02, 0.05, 0.08, 0.2, 0.34, 0.49, 0.5, 0.51, 0.9, 1] as const

interface Work {
  readonly current: string
  readonly future: string
  readonly trace: string
}

/** The same work on both sides, passed by this share of cases. */
function effectAt(share: number, { current, future, trace }: Work): Effect | undefined {
  const map = (work: string): string =>
    share === 1
      ? `Nurse: Measure {do verbal 2m writes=none} -> ${work} -> end`
      : `Nurse: Measure {do verbal 2m writes=none} -${Math.round((1 - share) * 1e6) / 1e6}-> end\nNurse: Measure -${share}-> ${work} -> end`
  const workflow = workflowOf({ current: map(current), future: map(future), trace })
  const comparison = compare(workflow)
  expect(comparison.blocked).toEqual([])
  const [first] = trace.split(/,|=>/).map((label) => label.trim())
  return comparison.effects.find(({ current: ids }) => ids.some((id) => workflow.current.nodes.get(id)?.label === first))
}

const outcomesAt = (work: Work): readonly (string | undefined)[] => [
  ...new Set(shares.map((share) => effectAt(share, work)?.outcome)),
]

test('eight minutes that become one are less for few cases too, and half a minute is no difference', () => {
  const work = (seconds: number): Work => ({
    current: 'MD: Walk {do paper 8m writes=none}',
    future: `MD: Open {do screen ${seconds}s writes=none}`,
    trace: 'Walk => Open',
  })
  expect(outcomesAt(work(60))).toEqual(['reduced'])
  expect(effectAt(0.08, work(60))?.sentence).toContain('less)')
  expect(outcomesAt(work(450))).toEqual(['digitized'])
  for (const share of shares) expect(effectAt(share, work(450))?.sentence).toContain('too small a difference to count')
})

test('two minutes more of work that save fourteen of waiting are a gain, whoever passes', () => {
  const work: Work = {
    current: 'MD: Walk {do paper 3m wait=14m writes=none}',
    future: 'MD: Open {do screen 5m wait=0m writes=none}',
    trace: 'Walk => Open',
  }
  expect(outcomesAt(work)).toEqual(['reduced'])
})

test('three steps that become one are as much less for few cases as for all', () => {
  const work: Work = {
    current: 'MD: A {do paper 2m writes=none} -> MD: B {do paper 2m writes=none} -> MD: C {do paper 2m writes=none}',
    future: 'MD: One {do screen 2m writes=none}',
    trace: 'A, B, C => One',
  }
  expect(outcomesAt(work)).toEqual(['reduced'])
})

test('an hour of waiting that becomes five minutes is less, at a step of the house and at one outside', () => {
  for (const external of ['', ' external']) {
    const work: Work = {
      current: `MD: Walk {do paper 2m wait=60m writes=none${external}}`,
      future: `MD: Open {do screen 2m wait=5m writes=none${external}}`,
      trace: 'Walk => Open',
    }
    expect(outcomesAt(work), external).toEqual(['reduced'])
    for (const share of shares) expect(effectAt(share, work)?.burdens[0]?.burden, external).toBe('time')
  }
})

test('the share of cases alone never changes what became of the work', () => {
  const minutes = fc.integer({ min: 0, max: 40 })
  fc.assert(
    fc.property(
      fc.tuple(minutes, minutes),
      fc.tuple(minutes, minutes),
      fc.constantFrom(...shares),
      fc.constantFrom('', ' external'),
      ([touch, wait], [nextTouch, nextWait], share, external) => {
        const work: Work = {
          current: `MD: Walk {do paper ${touch}m wait=${wait}m writes=none${external}}`,
          future: `MD: Open {do screen ${nextTouch}m wait=${nextWait}m writes=none${external}}`,
          trace: 'Walk => Open',
        }
        expect(effectAt(share, work)?.outcome).toBe(effectAt(1, work)?.outcome)
      },
    ),
    { numRuns: process.env.LONG ? 2000 : 200, examples: [[[10, 0], [8, 0], 0.05, '']] },
  )
})

test('a difference that is felt and yet too small a share says which share counts', () => {
  const days = (next: string): Work => ({
    current: 'MD: Sign {do paper 2m wait=10d writes=none}',
    future: `MD: Approve {do screen 2m wait=${next} writes=none}`,
    trace: 'Sign => Approve',
  })
  expect(effectAt(1, days('9d'))?.sentence).toBe(
    '“Sign”: waiting: 10.0 days per case today, 9.0 days per case in the future workflow (10 % less: under the fifth that counts). Moved, not removed.',
  )
  expect(effectAt(1, days('260h'))?.sentence).toContain('(8 % more: not over the tenth that counts)')
  // 19.6 % is not said as the 20 % that would count.
  expect(effectAt(1, days('193h'))?.sentence).toContain('(19.5 % less: under the fifth that counts)')
})

test('the words name the threshold that the project set, and speak of too little exactly where it is not felt', () => {
  const policy = { ...defaultPolicy, reduced: { ...defaultPolicy.reduced, value: 0.35 } }
  expect(whySame(burdenOf('time', 100, 70), policy, feltBy(1))).toBe(' (30 % less: under the 35 % that counts)')
  const amount = fc.double({ min: 0, max: 1000, noNaN: true })
  fc.assert(
    fc.property(
      fc.constantFrom('time', 'work', 'touches'),
      amount,
      amount,
      fc.constantFrom(...shares),
      (name, before, after, share) => {
        const [burden, felt] = [burdenOf(name, before, after), feltBy(share)]
        fc.pre(before !== after && wayOf(burden, defaultPolicy, felt) === 'same')
        fc.pre(Math.abs(Math.abs(before - after) - felt[name]) > 1e-6)
        const small = Math.abs(before - after) < felt[name]
        expect(whySame(burden, defaultPolicy, felt)).toContain(small ? 'too small a difference' : 'that counts')
      },
    ),
  )
})
