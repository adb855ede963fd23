/** Absent facts said of any step, role, pain or piece of data: every fact that a rule can miss, and what it names. */
import { expect, test } from 'vitest'
import { defaultPolicy } from '../../../src/core/workflow/map/policy.ts'
import { blankScenario } from '../../../src/core/workflow/map/scenario.ts'
import type { Graph, Node, Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { survivalExamples } from '../../../src/core/workflow/rules/every-example.ts'
import { survivalRules } from '../../../src/core/workflow/rules/index.ts'
import { sidesOf } from '../../../src/core/workflow/rules/side.ts'
import type { SketchCase } from '../../../src/core/workflow/rules/survival-rule.ts'
import { compare } from '../../../src/core/workflow/survival/compare.ts'
import { saidOfAny } from '../../../src/core/workflow/survival/verdict.ts'
import { workflowOf } from './pair.ts'
import { cases } from './rules/by-hand-cases.ts'

test('a pain, a calendar, an element and a role of one letter are no steps', () => {
  expect(saidOfAny('what becomes of the pain “Fax is lost”')).toEqual({ fact: 'what becomes of a pain', name: 'Fax is lost' })
  expect(saidOfAny('whether “bp” belongs to the record')).toEqual({
    fact: 'whether a piece of data belongs to the record',
    name: 'bp',
  })
  expect(saidOfAny('calendar “Front desk hours” of Nurse')).toEqual({
    fact: 'calendar “Front desk hours” of a role',
    name: 'Nurse',
  })
  expect(saidOfAny('staff of f')).toEqual({ fact: 'staff of a role', name: 'f' })
  expect(saidOfAny('what “Ask “why” again” writes')).toEqual({ fact: 'what a step writes', name: 'Ask “why” again' })
})

/** Facts about the whole map, or about two roles at once. */
const ofNobody =
  /^(?:arrivals of the scenario|a way out of a loop|lead time of both maps \(.*\)|wait for .+ behind .+, who never catches up)$/

/** Names that hold words and quotes of the facts themselves. */
const renamed = (graph: Graph): Graph => ({
  ...graph,
  nodes: new Map([...graph.nodes].map(([id, node]) => [id, { ...node, label: `what of “a step” writes ${node.label}` }])),
  lanes: new Map(
    [...graph.lanes].map(([id, lane], at) => [id, { ...lane, label: ['f', 'of', 'a role', 's'][at] ?? lane.label }]),
  ),
})
const changed = (graph: Graph, change: (node: Node) => Partial<Node>): Graph => ({
  ...graph,
  nodes: new Map([...graph.nodes].map(([id, node]) => [id, { ...node, ...change(node) }])),
})
const bare = (graph: Graph): Graph => {
  const lanes = new Map(
    [...graph.lanes].map(([id, lane]) => [
      id,
      { ...lane, staff: null, licence: null, mobile: null, calendar: 'Front desk hours' },
    ]),
  )
  return changed({ ...graph, lanes }, () => ({ service: null, wait: null, clicks: null, pains: ['Fax is lost'] }))
}
const writes = [{ element: 'bp', mode: 'typed' as const }]
const silences: readonly ((node: Node) => Partial<Node>)[] = [
  () => ({ kind: null }),
  () => ({ medium: null }),
  () => ({ writes: null }),
  () => ({ reads: null }),
  () => ({ lane: null }),
  () => ({ documents: 'gone', workaround: { cause: 'gone' } }),
  ({ id }) => ({ documents: id, entryDelay: null, writes }),
  () => ({ place: null, protocolShare: null, alerts: null }),
]

function variants(workflow: Workflow): readonly Workflow[] {
  const both = (change: (graph: Graph) => Graph): Workflow => ({
    ...workflow,
    current: change(workflow.current),
    future: change(workflow.future),
  })
  const shareless = (graph: Graph): Graph => ({
    ...graph,
    elements: new Map(),
    edges: new Map([...graph.edges].map(([id, edge]) => [id, { ...edge, probability: null }])),
  })
  return [
    workflow,
    both(bare),
    both(shareless),
    ...silences.map((silence) => both((graph) => changed(graph, silence))),
    { ...both(bare), trace: new Map() },
  ]
}

function missingOf(workflow: Workflow): readonly string[] {
  const { current, future } = sidesOf(workflow, defaultPolicy, { current: null, future: null }, null)
  // A comparison adds what becomes of steps and of pains; the rest comes from the rules.
  const compared = workflow.trace.size === 0 ? compare(workflow).findings : []
  const raised = survivalRules.flatMap((rule) => [current, future].flatMap((side) => [...rule.find(side)]))
  return [...raised, ...compared].flatMap(({ missing }) => missing)
}

const namesOf = (workflow: Workflow): Readonly<Record<string, ReadonlySet<string>>> => {
  const graphs = [workflow.current, workflow.future]
  const nodes = graphs.flatMap((graph) => [...graph.nodes.values()])
  const data = nodes.flatMap(({ reads, writes }) => [...(reads ?? []), ...(writes ?? []).map(({ element }) => element)])
  const labels = graphs.flatMap((graph) => [...graph.elements.values()].map(({ label }) => label))
  const roles = graphs.flatMap((graph) => [...graph.lanes.values()].map(({ id, label }) => label || id))
  const steps = new Set(nodes.map(({ label }) => label))
  return {
    'a step': steps,
    'a workaround': steps,
    'a role': new Set(roles),
    'a piece of data': new Set([...data, ...labels]),
    'a pain': new Set(nodes.flatMap(({ pains }) => pains)),
  }
}

test('whatever a rule misses, its kind names what lacks it and says the rest in the same words', () => {
  const subjects: readonly SketchCase[] = [
    ...survivalExamples.flatMap(({ flags }) => flags.slice(0, 1).map(({ subject }) => subject)),
    ...cases.filter(({ says }) => says.some(({ missing }) => missing)),
  ]
  const facts = new Set<string>()
  for (const { map, before } of subjects) {
    const drawn = workflowOf({ current: before ?? map, future: map })
    const scenario = { ...blankScenario, arrivals: [{ node: 'start', perHour: 1 }] }
    for (const workflow of variants({ ...drawn, current: renamed(drawn.current), future: renamed(drawn.future), scenario })) {
      const names = namesOf(workflow)
      for (const missing of new Set(missingOf(workflow))) {
        const { fact, name } = saidOfAny(missing)
        if (ofNobody.test(missing)) {
          expect({ fact, name }).toEqual({ fact: missing, name: null })
          continue
        }
        const ways = Object.entries(names).filter(
          ([word, own]) =>
            name !== null &&
            own.has(name) &&
            [name, `“${name}”`, `the ${word.slice(2)} “${name}”`].some((said) => fact.replace(word, () => said) === missing),
        )
        expect(ways.length, `${missing}: ${fact}`).toBe(1)
        facts.add(fact)
      }
    }
  }
  expect([...facts].sort()).toEqual(everyFact)
})

/** All that rules miss; a new one has its place here and in the words of `verdict.ts`. */
const everyFact: readonly string[] = [
  'alerts at a step',
  'calendar “Front desk hours” of a role',
  'clicks of a step',
  'delay between a step and what it documents',
  'kind of a step',
  'licence of a role',
  'medium of a step',
  'place of a step',
  'role of a step',
  'share of alerts overridden at a step',
  'share of alerts that are appropriate at a step',
  'share of cases that a step refuses',
  'share of cases that a step stops',
  'share of cases that fit a protocol at a step',
  'share of cases that goes each way at a step',
  'staff of a role',
  'the step that a step documents',
  'the step that causes a workaround',
  'wait of a step (or arrivals and staff to work it out)',
  'what a step reads',
  'what a step writes',
  'what becomes of a pain',
  'what becomes of a step',
  'whether a piece of data belongs to the record',
  'whether a piece of data is carried over',
  'whether a role works in several places',
  'working time of a step',
  'working time or clicks of a step',
]
