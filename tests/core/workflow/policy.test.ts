/** Thresholds of a project: kept as the differences from the conventions, read back the same, and used by every rule that names them. */
import { expect, test } from 'vitest'
import { defaultPolicy, type Policy, policyKeys, policyText, readPolicy } from '../../../src/core/workflow/map/policy.ts'
import { compare } from '../../../src/core/workflow/survival/compare.ts'
import { workflowOf } from './pair.ts'

test('only what differs is written, and it is read back', () => {
  expect(policyText(defaultPolicy)).toBeNull()
  for (const key of policyKeys) {
    const changed: Policy = { ...defaultPolicy, [key]: { ...defaultPolicy[key], value: defaultPolicy[key].value + 1 } }
    const text = policyText(changed)
    expect(text?.match(/"value"/g)).toHaveLength(1)
    const read = readPolicy(JSON.parse(text ?? '{}'))
    expect(read.problems).toEqual([])
    for (const each of policyKeys) expect(read.policy[each].value).toBe(changed[each].value)
    expect(read.policy[key].reference).toContain('set by this project')
  }
})

test('unknown names and values that are no numbers are named, and change nothing', () => {
  const { policy, problems } = readPolicy({ 'click-burden.click': 3, 'click-burden.clicks': 'many', 'rework-loop.return': -1 })
  expect(problems).toHaveLength(3)
  expect(policy).toEqual(defaultPolicy)
})

test('a project that allows 20 clicks gets no finding for 14, and one that allows 10 gets one for 12', () => {
  const found = (clicks: number, most: number): boolean => {
    const map = `MA: Vitals {enter screen 2m clicks=${clicks}}`
    const { policy } = readPolicy({ 'click-burden.clicks': most })
    return compare(workflowOf({ current: map, future: map }), { policy }).findings.some(
      ({ code, outcome }) => code === 'workflow/click-burden' && outcome === 'kept',
    )
  }
  expect([found(14, 14), found(14, 20), found(12, 14), found(12, 10)]).toEqual([true, false, false, true])
})

test('members of the file that this version does not know are written back', () => {
  const kept = { 'some-later-rule.share': { value: 3 }, note: 'ours' }
  expect(JSON.parse(policyText(defaultPolicy, kept) ?? '')).toEqual(kept)
})
