/** Every rule on seeded pairs in generated variants: other names, roles, numbers and one more wait; what it finds and what it lets pass. */
import { expect, test } from 'vitest'
import {
  blankEdge,
  blankLink,
  blankNode,
  type Graph,
  isStep,
  linkKey,
  type Workflow,
} from '../../../../src/core/workflow/map/workflow.ts'
import { survivalRules } from '../../../../src/core/workflow/rules/index.ts'
import { compare } from '../../../../src/core/workflow/survival/compare.ts'
import { workflowOf } from '../pair.ts'
import { seedsA } from './seeded/catalogue-a.ts'
import { seedsB } from './seeded/catalogue-b.ts'
import { seedsC } from './seeded/catalogue-c.ts'
import { Draw, type Make, type Seeds } from './seeded/pair-maker.ts'

const seeds: Readonly<Record<string, Seeds>> = { ...seedsA, ...seedsB, ...seedsC }
const variants = process.env.LONG ? 100 : 2

const acts = ['Sort', 'Read', 'Send', 'Call', 'Check', 'Write', 'Open', 'Bring'] as const
const things = ['referral', 'result', 'refill', 'form', 'chart', 'message', 'order', 'bill'] as const
const people = ['Front desk', 'Nurse', 'Physician', 'Clerk', 'Assistant', 'Pharmacist', 'Manager'] as const

/** Names of steps and roles say nothing to a rule. */
function renamed(graph: Graph, r: Draw): Graph {
  const lanes = new Map([...graph.lanes].map(([id, lane], n) => [id, { ...lane, label: `${r.pick(people)} ${n}` }]))
  const nodes = new Map(
    [...graph.nodes].map(([id, node], n) => [
      id,
      isStep(node) ? { ...node, label: `${r.pick(acts)} ${r.pick(things)} ${n}` } : node,
    ]),
  )
  return { ...graph, lanes, nodes }
}

/** One wait more at the beginning, before whoever begins anyway, that no rule has a reason to look at. */
function longer(graph: Graph): Graph {
  const [way] = [...graph.edges.values()].filter((edge) => edge.from === 'start')
  const first = way && graph.nodes.get(way.to)
  if (!way || !first || first.lane === null) return graph
  const more = {
    ...blankNode,
    id: 'more',
    type: 'wait' as const,
    label: 'Wait for the patient',
    lane: first.lane,
    medium: 'screen' as const,
    wait: { dist: 'constant' as const, value: 0 },
    measuredBy: 'log',
  }
  const edges = new Map(graph.edges)
  edges.set(way.id, { ...way, to: 'more' })
  edges.set('more-on', { ...blankEdge, id: 'more-on', from: 'more', to: first.id, probability: 1 })
  return { ...graph, nodes: new Map(graph.nodes).set('more', more), edges }
}

function fires(code: string, make: Make, seed: number, perHour: number | undefined): boolean {
  const r = new Draw(seed)
  const made = make(r)
  const { map, before, trace, evidence, perHour: own } = typeof made === 'string' ? { map: made } : made
  const often = own ?? perHour
  const plain = workflowOf({
    current: before ?? map,
    future: map,
    ...(trace === undefined ? {} : { trace }),
    ...(often === undefined ? {} : { perHour: often }),
  })
  const change = (graph: Graph): Graph => renamed(seed % 2 === 1 && plain.current.nodes.has('start') ? longer(graph) : graph, r)
  const link = { ...blankLink, from: ['more'], to: ['more'] }
  const varied: Workflow = {
    ...plain,
    current: change(plain.current),
    future: change(plain.future),
    trace: new Map([...plain.trace, ...(seed % 2 === 1 ? [[linkKey(link), link] as const] : [])]),
  }
  const both = [varied.current, varied.future].every((graph) => graph.nodes.has('more'))
  const workflow =
    both || seed % 2 === 0 ? varied : { ...plain, current: renamed(plain.current, r), future: renamed(plain.future, r) }
  const comparison = compare(workflow, evidence ? { evidence: new Map(Object.entries(evidence)) } : {})
  expect(comparison.blocked, map).toEqual([])
  return comparison.findings.some(
    (finding) =>
      finding.code === code &&
      (finding.outcome !== 'unjudged' || code === 'workflow/untraced-step') &&
      finding.outcome !== 'eliminated',
  )
}

const count = { pairs: 0, right: 0, found: 0, there: 0 }

for (const rule of survivalRules) {
  const table = seeds[rule.code.slice('workflow/'.length)]
  test(`${rule.db} finds its seeded pairs and lets the look-alikes pass`, () => {
    expect(table?.fires.length).toBeGreaterThanOrEqual(5)
    expect(table?.passes.length).toBeGreaterThanOrEqual(5)
    const wrong: string[] = []
    let [hits, misses, false_, silent] = [0, 0, 0, 0]
    for (const [index, make] of (table?.fires ?? []).entries())
      for (let seed = 0; seed < variants; seed++)
        if (fires(rule.code, make, seed, table?.perHour)) hits++
        else {
          misses++
          wrong.push(`silent on positive ${index + 1}, seed ${seed}`)
        }
    for (const [index, make] of (table?.passes ?? []).entries())
      for (let seed = 0; seed < variants; seed++)
        if (fires(rule.code, make, seed, table?.perHour)) {
          false_++
          wrong.push(`fires on look-alike ${index + 1}, seed ${seed}`)
        } else silent++
    count.pairs += hits + misses + false_ + silent
    count.right += hits
    count.found += hits + false_
    count.there += hits + misses
    expect(hits / (hits + false_), wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
    expect(hits / (hits + misses), wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
  })
}

test('all rules together', () => {
  const makers = Object.values(seeds).reduce((sum, { fires: f, passes }) => sum + f.length + passes.length, 0)
  const precision = count.right / count.found
  const recall = count.right / count.there
  console.log(
    `seeded pairs: ${makers} of ${survivalRules.length} rules in ${count.pairs} variants, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`,
  )
  expect(makers).toBeGreaterThanOrEqual(270)
  expect(precision).toBeGreaterThanOrEqual(0.95)
  expect(recall).toBeGreaterThanOrEqual(0.95)
})
