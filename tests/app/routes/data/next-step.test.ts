import { expect, test } from 'vitest'
import { nextStep, type WayState } from '../../../../src/app/routes/data/acts/next-step.ts'

const start: WayState = {
  legacy: 0,
  target: 0,
  missing: 0,
  checked: false,
  confirmed: 0,
  suggested: 0,
  unmapped: 12,
  firstSuggested: null,
  critical: 0,
  reconciled: null,
}

test('every step leads to the next one, from nothing to a planned sample', () => {
  const way: readonly [Partial<WayState>, string | undefined][] = [
    [{}, undefined],
    [{ legacy: 13 }, 'Add the target files'],
    [{ target: 12 }, 'Check the files'],
    [{ checked: true }, 'Propose a field map'],
    [{ suggested: 9, unmapped: 3 }, 'Review the proposals'],
    [{ suggested: 0, confirmed: 9 }, 'Try it on the files'],
    [{ reconciled: { unaccounted: 4, unexplained: 0, notCompared: 0, patients: 9 } }, 'See which'],
    [{ reconciled: { unaccounted: 0, unexplained: 0, notCompared: 0, patients: 0 } }, 'Confirm the key of the patients'],
    [{ reconciled: { unaccounted: 0, unexplained: 0, notCompared: 0, patients: 9 } }, 'Decide them'],
    [{ unmapped: 0 }, 'Plan the sample for clinicians'],
    [{ missing: 1 }, undefined],
  ]
  let state = start
  for (const [change, label] of way) {
    state = { ...state, ...change }
    expect(nextStep(state)?.label).toBe(label)
  }
})

const compared: WayState = {
  ...start,
  legacy: 1,
  target: 1,
  checked: true,
  confirmed: 9,
  unmapped: 0,
  reconciled: { unaccounted: 0, unexplained: 0, notCompared: 0, patients: 9 },
}

test('no sample is asked for while an element was not compared or a critical finding stands', () => {
  expect(nextStep(compared)?.label).toBe('Plan the sample for clinicians')
  const critical = nextStep({ ...compared, critical: 2 })
  expect([critical?.words, critical?.act]).toEqual([
    'Every legacy record is accounted for, but 2 critical findings stand.',
    { href: '#/data/findings' },
  ])
  const missed = nextStep({
    ...compared,
    reconciled: { unaccounted: 0, unexplained: 0, notCompared: 8, patients: 9 },
    critical: 2,
  })
  expect([missed?.words, missed?.act]).toEqual([
    '8 elements were not compared: no number speaks of them.',
    { href: '#/data/reconcile?show=not-compared', part: 'not-compared' },
  ])
})

test('each button of the field map does what it says', () => {
  const { confirmed: _, ...way } = compared
  expect(nextStep({ ...way, confirmed: 0 })).toMatchObject({ label: 'Propose a field map', act: 'propose' })
  expect(nextStep({ ...way, confirmed: 1, suggested: 3, firstSuggested: 7 })?.act).toEqual({
    href: '#/data/mapping?tab=suggested&line=7',
  })
})
