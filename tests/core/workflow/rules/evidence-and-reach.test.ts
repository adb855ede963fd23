/** What holds of every rule: facts name the steps they rest on, what is told names steps of a map, and only rules over both maps look at the other one. */
import { expect, test } from 'vitest'
import { defaultPolicy, type PolicyKey } from '../../../../src/core/workflow/map/policy.ts'
import {
  blankEdge,
  blankNode,
  type Graph,
  type Node,
  type StepEvidence,
  type Workflow,
} from '../../../../src/core/workflow/map/workflow.ts'
import { behindEndless, staffedBy } from '../../../../src/core/workflow/rules/endless.ts'
import { survivalExamples } from '../../../../src/core/workflow/rules/every-example.ts'
import { escalates, isInbox, ownersIn } from '../../../../src/core/workflow/rules/inbox.ts'
import { survivalRules } from '../../../../src/core/workflow/rules/index.ts'
import { factOf, levelOf, type Side, sidesOf } from '../../../../src/core/workflow/rules/side.ts'
import type { Firing, SketchCase, SurvivalRule } from '../../../../src/core/workflow/rules/survival-rule.ts'
import { workflowOf } from '../pair.ts'

const empty = { current: null, future: null }

function workflowBy(subject: SketchCase): Workflow {
  const pair = { current: subject.before ?? subject.map, future: subject.map }
  return workflowOf(subject.perHour === undefined ? pair : { ...pair, perHour: subject.perHour })
}

const changed = (graph: Graph, change: (node: Node) => Node): Graph => ({
  ...graph,
  nodes: new Map([...graph.nodes].map(([id, node]) => [id, change(node)])),
})

function firingsOf(
  rule: SurvivalRule,
  workflow: Workflow,
  subject: SketchCase,
  limits: Partial<Record<PolicyKey, number>> = {},
): readonly { readonly firing: Firing; readonly side: Side }[] {
  const evidence = subject.evidence ? new Map(Object.entries(subject.evidence)) : null
  const entries = Object.entries(limits).map(([key, value]) => [key, { ...defaultPolicy[key as PolicyKey], value }])
  const { current, future } = sidesOf(workflow, { ...defaultPolicy, ...Object.fromEntries(entries) }, empty, evidence)
  const side = rule.code === 'workflow/untraced-step' ? current : future
  return [...rule.find(side)].map((firing) => ({ firing, side }))
}
const ruleOf = (code: string): SurvivalRule => {
  const rule = survivalRules.find((one) => one.code === `workflow/${code}`)
  if (!rule) throw new Error(code)
  return rule
}
const subjectsOf = (rule: SurvivalRule): readonly SketchCase[] => {
  const examples = survivalExamples.find(({ code }) => code === rule.code)
  return [...(examples?.flags ?? []), ...(examples?.passes ?? [])].map(({ subject }) => subject)
}

for (const rule of survivalRules) {
  test(`${rule.db}: every fact is as strong as the weakest of its steps, and says where it comes from`, () => {
    const seen: StepEvidence = { level: 'interview', source: 'Workshop', n: null }
    for (const subject of subjectsOf(rule)) {
      const bare = workflowBy(subject)
      const known = (graph: Graph): Graph => changed(graph, (node) => ({ ...node, evidence: seen }))
      const workflow = { ...bare, current: known(bare.current), future: known(bare.future) }
      for (const { firing } of firingsOf(rule, workflow, subject))
        for (const fact of firing.fires ? firing.facts : []) {
          expect(fact.level, fact.name).not.toBe('log')
          if (fact.level === 'interview') expect(fact.source, fact.name).toBe('Workshop')
        }
    }
  })

  test(`${rule.db}: what is told, and what could not be told, is about steps of a map`, () => {
    const gaps: readonly Partial<Node>[] = [
      {},
      { kind: null },
      { medium: null },
      { lane: null },
      { writes: null },
      { reads: null },
      { owner: null },
    ]
    for (const subject of subjectsOf(rule))
      for (const gap of gaps) {
        const bare = workflowBy(subject)
        const without = (graph: Graph): Graph => changed(graph, (node) => (node.type === 'step' ? { ...node, ...gap } : node))
        for (const { firing, side } of firingsOf(rule, { ...bare, future: without(bare.future) }, subject)) {
          // What is only kept to compare with may be about no step.
          if (firing.fires && firing.faint) continue
          expect(firing.subject.length).toBeGreaterThan(0)
          for (const id of firing.subject) expect(side.view.graph.nodes.has(id), id).toBe(true)
          expect(firing.fires || firing.missing.length > 0).toBe(true)
        }
      }
  })
}

test('a level is the weakest, and a source the first that is given', () => {
  const at = (level: StepEvidence['level'] | null, source = ''): Node => ({
    ...blankNode,
    evidence: level === null ? null : { level, source, n: null },
  })
  expect(levelOf([at('log'), at('observed')])).toBe('observed')
  expect(levelOf([at('interview'), at('log')])).toBe('interview')
  expect(levelOf([at('log')])).toBe('log')
  expect(levelOf([at('log'), at(null)])).toBe('assumed')
  expect(factOf('n', 1, 'u', [at('log'), at('log', 'A'), at('log', 'B')])).toEqual({
    name: 'n',
    value: 1,
    unit: 'u',
    level: 'log',
    source: 'A',
  })
  expect(factOf('n', 1, 'u', [at('log'), at(null)])).toEqual({ name: 'n', value: 1, unit: 'u', level: 'assumed' })
})

test('owners that a text names, and what counts as an inbox', () => {
  const owners: readonly (readonly [string | null, number])[] = [
    [null, 0],
    ['', 0],
    [' ', 0],
    ['Dr Lee', 1],
    ['nurse or MD', 2],
    ['Nurse AND MD', 2],
    ['a, b; c/d & e + f | g', 7],
    ['a,', 1],
    ['Sandor', 1],
    ['Anders', 1],
  ]
  for (const [text, count] of owners) expect(ownersIn(text), text ?? 'null').toBe(count)
  const step = (medium: Node['medium'], kind: Node['kind'] = 'do', type: Node['type'] = 'step'): Node => ({
    ...blankNode,
    medium,
    kind,
    type,
  })
  for (const medium of ['inbox', 'efax', 'portal'] as const) expect(isInbox(step(medium))).toBe(true)
  for (const medium of ['screen', 'phone', 'paper', 'fax'] as const) expect(isInbox(step(medium)), medium).toBe(false)
  for (const medium of ['paper', 'fax'] as const) {
    expect(isInbox(step(medium, 'wait')), medium).toBe(true)
    expect(isInbox(step(medium, null, 'wait')), medium).toBe(true)
  }
  expect(isInbox(step('screen', 'wait'))).toBe(false)
  expect([isInbox(step(null)), isInbox(step(null, null, 'wait')), isInbox(step(null, null, 'decision'))]).toEqual([
    null,
    null,
    false,
  ])
  const flow = (timeout: number | null, exception: boolean) => ({
    edge: { ...blankEdge, timeout, exception },
    from: 0,
    to: 0,
    share: 1,
    known: true,
  })
  expect([
    escalates([]),
    escalates([flow(null, false)]),
    escalates([flow(null, false), flow(60, false)]),
    escalates([flow(null, true)]),
  ]).toEqual([false, false, true, true])
})

test('behind a role that never catches up nobody knows how long cases wait', () => {
  const behind = (map: string, perHour: number, lane = 'MD'): string | null => {
    const { future } = sidesOf(workflowBy({ map, perHour }), defaultPolicy, empty)
    const id = [...future.view.graph.lanes.values()].find(({ label }) => label === lane)?.id ?? ''
    return behindEndless(future, id)
  }
  const lanes = 'lane Desk staff=1\nlane MD staff=1\n'
  const never = 'wait for MD behind Desk, who never catches up'
  expect(behind(`${lanes}Desk: Sort {exp(30m)} -> MD: Read {exp(6m)}`, 2)).toBe(never)
  expect(behind(`${lanes}Desk: Sort {exp(29m)} -> MD: Read {exp(6m)}`, 2)).toBeNull()
  expect(behind(`${lanes}MD: Read {exp(6m)} -> Desk: Sort {exp(40m)}`, 2)).toBeNull()
  // Of several steps of a role it is enough that one stands behind the other role.
  expect(behind(`${lanes}MD: Greet {exp(1m)} -> Desk: Sort {exp(40m)} -> MD: Read {exp(6m)}`, 2)).toBe(never)
  expect(behind(`${lanes}Desk: Sort {exp(40m)} -> MD: Read {exp(6m)}`, 2, 'Desk')).toBeNull()
  const { future } = sidesOf(
    workflowBy({ map: `${lanes}Desk: Sort {3m} -> MD: Read {6m} -> MD: Sign {1m}` }),
    defaultPolicy,
    empty,
  )
  const md = [...future.view.graph.lanes.values()].find(({ label }) => label === 'MD')?.id ?? ''
  expect(staffedBy(future, md).map(({ label }) => label)).toEqual(['Read', 'Sign'])
})

/** M/M/1: at λ = 2 an hour a case of mean m minutes takes 1 ÷ (60 ÷ m − 2) hours. */
const hours = (minutes: number): number => 1 / (60 / minutes - 2)

test('a bottleneck moved where another role is busiest, both are busy, and nothing was gained', () => {
  const lanes = 'lane Desk staff=1\nlane MD staff=1\n'
  const map = (desk: number, md: number): string => `${lanes}Desk: Sort {exp(${desk}m)} -> MD: Read {exp(${md}m)}`
  const fires = (before: string, after: string, limits: Partial<Record<PolicyKey, number>> = {}): boolean => {
    const subject = { before, map: after, perHour: 2 }
    return firingsOf(ruleOf('moved-queue'), workflowBy(subject), subject, limits).some(({ firing }) => firing.fires)
  }
  expect(fires(map(27, 6), map(6, 27))).toBe(true)
  expect(fires(map(27, 6), map(27, 6))).toBe(false)
  // Loads of 0.9 and of 0.8: the smaller one decides.
  for (const [before, after] of [
    [map(27, 6), map(6, 24)],
    [map(24, 6), map(6, 27)],
  ] as const) {
    const by = (load: number): boolean => fires(before, after, { 'moved-queue.load': load, 'moved-queue.gain': 0.9 })
    expect([by(0.799), by(0.8), by(0.801)]).toEqual([true, true, false])
  }
  const gain = 1 - (hours(6) + hours(24)) / (hours(27) + hours(6))
  const by = (limit: number): boolean => fires(map(27, 6), map(6, 24), { 'moved-queue.load': 0.5, 'moved-queue.gain': limit })
  expect([by(gain * 0.999), by(gain * 1.001)]).toEqual([false, true])
  // Above its hours a role finishes 1 ÷ load of the cases: 0.8 before and 1 ÷ 1.2 after are four hundredths more.
  const more = (limit: number): boolean => fires(map(37.5, 6), map(6, 36), { 'moved-queue.load': 0.5, 'moved-queue.gain': limit })
  expect([more(0.04), more(0.05)]).toEqual([false, true])
})

test('a case that is worked alone and takes no time has no share of a lead time', () => {
  const subject = { map: 'lane Desk staff=9\nDesk: Sort {fax 0m wait=0s batch=1}', perHour: 2 }
  const said = firingsOf(ruleOf('batch-and-wait'), workflowBy(subject), subject, { 'batch-and-wait.takt': 0.5 })
  for (const { firing } of said) for (const { value } of firing.fires ? firing.facts : []) expect(Number.isNaN(value)).toBe(false)
})

test('an inbox in a loop without a way out is told, and so is what nobody can count', () => {
  const subject = { map: 'Desk: Take {1m} -> MD: Read {do inbox 1m}\nMD: Read -> Desk: Take' }
  const [said] = firingsOf(ruleOf('no-owner'), workflowBy(subject), subject)
  expect(said?.firing.missing).toEqual(['a way out of a loop'])
  expect(said?.firing.fires && [said.firing.metric, said.firing.facts.map(({ name }) => name)]).toEqual([
    0,
    ['medium', 'owners', 'deadline'],
  ])
})
