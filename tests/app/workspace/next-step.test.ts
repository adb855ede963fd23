import { expect, test } from 'vitest'
import { nextStep, type WayState } from '../../../src/app/workspace/next-step.ts'

const start: WayState = {
  legacy: 0,
  target: 0,
  missing: 0,
  checked: false,
  confirmed: 0,
  suggested: 0,
  unmapped: 12,
  reconciled: null,
}

test('every step leads to the next one, from nothing to a planned sample', () => {
  const way: readonly [Partial<WayState>, string | undefined][] = [
    [{}, undefined],
    [{ legacy: 13 }, 'Add the target files'],
    [{ target: 12 }, 'Check the files'],
    [{ checked: true }, 'Make the field map'],
    [{ suggested: 9, unmapped: 3 }, 'Review the proposals'],
    [{ suggested: 0, confirmed: 9 }, 'Try it on the files'],
    [{ reconciled: { unaccounted: 4, unexplained: 0 } }, 'See which'],
    [{ reconciled: { unaccounted: 0, unexplained: 0 } }, 'Decide them'],
    [{ unmapped: 0 }, 'Plan the sample for clinicians'],
    [{ missing: 1 }, undefined],
  ]
  let state = start
  for (const [change, label] of way) {
    state = { ...state, ...change }
    expect(nextStep(state)?.label).toBe(label)
  }
})
