/** Every rule is right about its own examples, and its words are complete. */
import { expect, test } from 'vitest'
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { viewOf } from '../../../src/core/workflow/map/graph.ts'
import { defaultPolicy } from '../../../src/core/workflow/map/policy.ts'
import { survivalExamples } from '../../../src/core/workflow/rules/every-example.ts'
import { survivalRules, wordingOf, workflowCodes } from '../../../src/core/workflow/rules/index.ts'
import { sidesOf } from '../../../src/core/workflow/rules/side.ts'
import type { SketchCase, SurvivalRule } from '../../../src/core/workflow/rules/survival-rule.ts'
import { structureExamples } from '../../../src/core/workflow/structure/every-example.ts'
import { structureRules } from '../../../src/core/workflow/structure/index.ts'
import { workflowOf } from './pair.ts'

function firings(rule: SurvivalRule, subject: SketchCase): number {
  const pair = { current: subject.before ?? subject.map, future: subject.map }
  const workflow = workflowOf(subject.perHour === undefined ? pair : { ...pair, perHour: subject.perHour })
  const evidence = subject.evidence ? new Map(Object.entries(subject.evidence)) : null
  const { current, future } = sidesOf(workflow, defaultPolicy, { current: null, future: null }, evidence)
  const side = rule.code === 'workflow/untraced-step' ? current : future
  return [...rule.find(side)].filter((firing) => firing.fires && !firing.faint).length
}

for (const rule of survivalRules) {
  const { flags = [], passes = [] } = survivalExamples.find(({ code }) => code === rule.code) ?? {}
  for (const { name, subject } of flags)
    test(`${rule.db} flags: ${name}`, () => expect(firings(rule, subject)).toBeGreaterThan(0))
  for (const { name, subject } of passes) test(`${rule.db} passes: ${name}`, () => expect(firings(rule, subject)).toBe(0))
}

for (const rule of structureRules) {
  const { flags = [], passes = [] } = structureExamples.find(({ code }) => code === rule.code) ?? {}
  const flaws = (sketch: string): number => [...rule.find(viewOf(readSketch(sketch).graph))].length
  for (const { name, subject } of flags) test(`${rule.code} flags: ${name}`, () => expect(flaws(subject)).toBeGreaterThan(0))
  for (const { name, subject } of passes) test(`${rule.code} passes: ${name}`, () => expect(flaws(subject)).toBe(0))
}

test('every rule has examples that flag, and every example its rule', () => {
  const all = [...survivalExamples, ...structureExamples]
  expect(all.map(({ code }) => code).toSorted()).toEqual(workflowCodes.toSorted())
  for (const { code, flags, passes } of all) expect([flags.length > 0, passes.length > 0], code).toEqual([true, true])
})

test('every code has a title, a reason and an instruction', () => {
  expect(new Set(workflowCodes).size).toBe(survivalRules.length + structureRules.length)
  for (const code of workflowCodes) {
    const wording = wordingOf(code)
    expect(wording?.title).toMatch(/\w/)
    expect(wording?.why).toMatch(/\.$/)
    expect(wording?.remedy).toMatch(/\.$/)
  }
})
