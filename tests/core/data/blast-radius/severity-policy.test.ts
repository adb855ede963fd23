import { expect, test } from 'vitest'
import { readSeverityPolicy, severityRuleFor } from '../../../../src/core/data/blast-radius/severity-policy.ts'
import { raised } from '../../../../src/core/data/blast-radius/severity-table.ts'
import { safetyClasses, severities } from '../../../../src/core/finding.ts'
import type { Effect } from '../../../../src/core/rule.ts'

const effects: readonly Effect[] = ['wrong-patient', 'wrong-value', 'lost', 'coarser', 'form']

test('the table never lowers, and a worse effect is never less grave', () => {
  for (const own of severities)
    for (const safety of safetyClasses) {
      const levels = effects.map((effect) => severities.indexOf(raised(own, effect, safety)))
      for (const level of levels) expect(level).toBeLessThanOrEqual(severities.indexOf(own))
      expect(levels).toEqual(levels.toSorted((a, b) => a - b))
    }
  expect(raised('info', 'wrong-value', 'result')).toBe('critical')
  expect(raised('info', 'lost', 'problem')).toBe('error')
  expect(raised('info', undefined, 'allergy')).toBe('info')
})

test('a policy with anything that can not be honoured is refused as a whole, with the rule and the reason', () => {
  const rule = { code: 'data/type', severity: 'info', because: 'texts are allowed here' }
  expect(readSeverityPolicy(JSON.stringify({ rules: [rule] }))).toEqual([rule])
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [{ ...rule, code: 'data/typo' }, /Rule 1 .* no code "data\/typo"/],
    [{ ...rule, code: 7 }, /^The severity policy: \.rules\[0\]\.code should be a text\.$/],
    [{ ...rule, severity: 'fatal' }, /rules\[0\]\.severity should be "critical", "error", "warning" or "info"; it is "fatal"/],
    [{ ...rule, because: ' ' }, /gives no reason/],
    [{ ...rule, path: 3 }, /rules\[0\]\.path should be a text/],
    [{ code: rule.code, severity: 'info' }, /rules\[0\] lacks "because"/],
    ['x', /rules\[0\] is not an object/],
  ]
  for (const [entry, sentence] of wrong) expect(readSeverityPolicy(JSON.stringify({ rules: [entry] }))).toMatch(sentence)
  expect(readSeverityPolicy('{')).toMatch(/can not be read as JSON/)
  expect(readSeverityPolicy('[]')).toMatch(/the document is not an object/)
  expect(readSeverityPolicy('{}')).toMatch(/the document lacks "rules"/)
  // A mark before the text, and members of a later version, are no fault.
  expect(readSeverityPolicy(`\uFEFF${JSON.stringify({ format: 2, rules: [{ ...rule, since: 'x' }] })}`)).toHaveLength(1)
})

test('the first rule that matches wins', () => {
  const rules = [
    { code: 'a', path: 't.x', severity: 'info', because: '1' },
    { code: 'a', path: 'x', severity: 'warning', because: '2' },
    { code: 'a', severity: 'error', because: '3' },
  ] as const
  expect(severityRuleFor(rules, 'a', 't', 'x')?.because).toBe('1')
  expect(severityRuleFor(rules, 'a', 'u', 'x')?.because).toBe('2')
  expect(severityRuleFor(rules, 'a', 'u', 'y')?.because).toBe('3')
  expect(severityRuleFor(rules, 'b', 'u', 'y')).toBeNull()
})
