/** What is kept between edits never changes an answer; how long a comparison and an edit take is printed, not judged. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { finish } from '../../../src/core/operation.ts'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { defaultPolicy } from '../../../src/core/workflow/map/policy.ts'
import { blankScenario } from '../../../src/core/workflow/map/scenario.ts'
import { blankNode, type Graph, type Node, type Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { survivalExamples } from '../../../src/core/workflow/rules/every-example.ts'
import { survivalRules } from '../../../src/core/workflow/rules/index.ts'
import { sidesOf } from '../../../src/core/workflow/rules/side.ts'
import { commonMembers, rareMembers } from '../../../src/core/workflow/rules/survival-rule.ts'
import { simulatePair } from '../../../src/core/workflow/simulation/simulate.ts'
import { compare } from '../../../src/core/workflow/survival/compare.ts'
import type { SimulationResult } from '../../../src/core/workflow/times/result.ts'
import { command, identity, steps } from './generated.ts'
import { workflowOf } from './pair.ts'

function long(count: number): Workflow {
  const list = Array.from({ length: count }, (_, index) => ({
    kind: index % 9,
    lane: (index * 7) % 3,
    minutes: 1 + (index % 5),
    wait: index % 30,
    clicks: index % 16,
    element: index % 3,
    back: index % 7 === 0,
    spice: index % 44,
  }))
  const scenario = { ...blankScenario, arrivals: [{ node: 'start', perHour: 0.01 }] }
  const screen = (graph: Graph): Graph => ({
    ...graph,
    nodes: new Map([...graph.nodes].map(([id, node]) => [id, node.type === 'step' ? { ...node, medium: 'inbox' } : node])),
  })
  return { ...identity(list, screen), scenario }
}

/** Nothing of an earlier comparison is known about these records. */
function unseen(workflow: Workflow): Workflow {
  return { ...workflow, current: { ...workflow.current }, future: { ...workflow.future } }
}

/** An edit of one fact of one step, of any kind that rules look at. */
const factEdit = fc
  .record({ side: fc.constantFrom('current' as const, 'future' as const), step: fc.nat(7), fact: fc.nat(13), value: fc.nat(3) })
  .map(({ side, step, fact, value }) => {
    const facts: readonly Partial<Node>[] = [
      { clicks: 8 * value },
      { medium: value === 0 ? null : value === 1 ? 'paper' : 'inbox' },
      { kind: value === 0 ? null : value === 1 ? 'approve' : 'request' },
      { safety: value > 1 },
      { label: `Step ${value}` },
      { service: value === 0 ? null : { dist: 'constant', value: 600 * value } },
      { lane: value === 0 ? null : 'a' },
      { reads: value === 0 ? null : ['e0'] },
      { writes: value === 0 ? null : [{ element: 'e0', mode: value === 1 ? 'typed' : 'scanned' }] },
      { owner: value === 0 ? null : 'one person', sla: value > 1 ? 60 : null },
      { evidence: value === 0 ? null : { level: 'observed', source: `day ${value}`, n: 3 } },
      { workaround: value === 0 ? null : { cause: 's0' }, place: 'fixed' },
      { pains: value === 0 ? [] : ['waits'] },
      { protocolShare: value / 3, minLicence: 0, documents: value > 1 ? 's0' : null, entryDelay: 1000 * value },
    ]
    return { kind: 'change-node' as const, side, id: `s${step}`, facts: facts[fact] ?? {} }
  })

async function simulated(workflow: Workflow): Promise<{ readonly current: SimulationResult; readonly future: SimulationResult }> {
  const scenario = { ...blankScenario, ...workflow.scenario, replications: 3, cases: 200 }
  return finish(simulatePair({ ...workflow, scenario }, new AbortController().signal))
}

function median(values: readonly number[]): string {
  return ([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0).toFixed(1)
}

test('after any edits the findings are those of a comparison from the beginning', () => {
  fc.assert(
    fc.property(steps, fc.array(fc.oneof(factEdit, command), { minLength: 1, maxLength: 10 }), (list, edits) => {
      let workflow: Workflow = { ...identity(list), scenario: { ...blankScenario, arrivals: [{ node: 'start', perHour: 0.5 }] } }
      compare(workflow)
      for (const edit of edits) {
        workflow = apply(workflow, edit).workflow
        expect(compare(workflow)).toEqual(compare(unseen(workflow)))
      }
    }),
    { numRuns: process.env.LONG ? 1_500 : 25 },
  )
})

test('other thresholds, results and evidence are not mixed up with those of the comparison before', async () => {
  const workflow = long(12)
  const results = await simulated(workflow)
  const strict = { ...defaultPolicy, 'click-burden.clicks': { ...defaultPolicy['click-burden.clicks'], value: 2 } }
  const evidence = new Map([['e0', 'missing' as const]])
  for (const options of [
    {},
    { policy: strict },
    { results },
    { evidence },
    { results, evidence },
    {},
    { policy: strict, results },
  ])
    expect(compare(workflow, options)).toEqual(compare(unseen(workflow), options))
})

/** Every member of a step says when it is read. */
function watched(graph: Graph, seen: (member: string) => void): Graph {
  const watch = (node: Node): Node =>
    new Proxy(node, {
      get: (target, member, receiver) => {
        seen(String(member))
        return Reflect.get(target, member, receiver)
      },
    })
  return { ...graph, nodes: new Map([...graph.nodes].map(([id, node]) => [id, watch(node)])) }
}

test('a rule looks at no member of a step that it does not name', () => {
  const examples = survivalExamples.flatMap(({ flags, passes }) => [...flags, ...passes].map(({ subject }) => subject))
  const pairs = [
    long(44),
    ...examples.map(({ map, before, perHour }) =>
      workflowOf({ current: before ?? map, future: map, ...(perHour === undefined ? {} : { perHour }) }),
    ),
  ]
  for (const rule of survivalRules) {
    const allowed: ReadonlySet<string> = new Set(['id', 'type', ...commonMembers, ...rule.reads])
    const others = new Set<string>()
    let looking = false
    const note = (member: string): void => {
      if (looking && !allowed.has(member)) others.add(member)
    }
    for (const pair of pairs) {
      const workflow = { ...pair, current: watched(pair.current, note), future: watched(pair.future, note) }
      const { current, future } = sidesOf(workflow, defaultPolicy, { current: null, future: null })
      looking = true
      for (const side of [current, future]) for (const firing of rule.find(side)) expect(firing.subject).toBeDefined()
      looking = false
    }
    expect([rule.db, ...others]).toEqual([rule.db])
  }
})

test('every member of a step is one that rules look at, or one of those they never do', () => {
  const never = ['id', 'type', 'x', 'y', 'pains', 'extra']
  expect([...commonMembers, ...rareMembers, ...never].sort()).toEqual(Object.keys(blankNode).sort())
})

test('figures: two maps of 300 steps, and one edit at 200 steps', () => {
  const large = long(300)
  const whole: number[] = []
  for (let round = 0; round < 15; round++) {
    const fresh = unseen(large)
    const began = performance.now()
    const { findings } = compare(fresh)
    whole.push(performance.now() - began)
    expect(findings.length).toBeGreaterThan(100)
  }
  let edited = long(200)
  compare(edited)
  const edits = new Map<string, number[]>()
  for (let round = 0; round < 12; round++)
    for (const [name, facts] of Object.entries(editsOf(round))) {
      const began = performance.now()
      edited = apply(edited, { kind: 'change-node', side: 'future', id: `s${round * 9}`, facts }).workflow
      compare(edited)
      edits.set(name, [...(edits.get(name) ?? []), performance.now() - began])
    }
  const said = [...edits].map(([name, times]) => `${name} ${median(times)} ms`).join(', ')
  console.log(`compare of 2 × 300 steps: ${median(whole.slice(5))} ms; one edit and comparison at 200 steps: ${said}`)
})

/** One edit of each weight: what one rule looks at, what every rule names, what queues rest on. */
function editsOf(round: number): Readonly<Record<string, Partial<Node>>> {
  return {
    clicks: { clicks: round },
    name: { label: `Step ${round} again` },
    'working time': { service: { dist: 'constant', value: 60 + round } },
    medium: { medium: round % 2 === 0 ? 'paper' : 'portal' },
  }
}
