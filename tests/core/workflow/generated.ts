/** Random workflows and edits for properties. */
import fc from 'fast-check'
import type { Command } from '../../../src/core/workflow/edit/edit.ts'
import {
  blankEdge,
  blankLane,
  blankNode,
  type Edge,
  emptyGraph,
  type Graph,
  type Node,
  type Workflow,
} from '../../../src/core/workflow/map/workflow.ts'

const kinds = ['do', 'approve', 'enter', 'transcribe', 'check', 'notify', 'decide', 'request', 'handoff'] as const

interface Step {
  readonly kind: number
  readonly lane: number
  readonly minutes: number
  readonly wait: number
  readonly clicks: number
  readonly element: number
  readonly back: boolean
  /** One more fact that some rule looks for; see `spices`. */
  readonly spice?: number
}

const spices: readonly ((id: string, before: string) => Partial<Node>)[] = [
  () => ({ alerts: { perCase: 3, override: 0.95, appropriate: 0.05 } }),
  () => ({ protocolShare: 0.95 }),
  () => ({ output: 'print', reads: ['e0'] }),
  () => ({ writes: [{ element: 'e0', mode: 'scanned' }] }),
  () => ({ external: true }),
  (_, before) => ({ workaround: { cause: before } }),
  () => ({ batch: { kind: 'clock', every: 14_400, offset: 0, run: 'sequential', maxWait: null } }),
  (_, before) => ({ documents: before, entryDelay: 3600, writes: [{ element: 'e1', mode: 'picked' }] }),
  () => ({ reads: ['e1', 'e2'] }),
  () => ({ safety: true }),
  () => ({ measuredBy: 'log', owner: 'one person' }),
]

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(kinds.length - 1),
  lane: fc.nat(2),
  minutes: fc.integer({ min: 1, max: 9 }),
  wait: fc.integer({ min: 0, max: 600 }),
  clicks: fc.integer({ min: 0, max: 20 }),
  element: fc.nat(2),
  back: fc.boolean(),
  spice: fc.nat(2 * 11),
})

/** A line of steps with some rework; every fact is given, so that every rule can tell once arrivals and data evidence are there. */
export const steps = fc.array(step, { minLength: 1, maxLength: 8 })

export function graphOf(list: readonly Step[], side: 'current' | 'future', medium: Node['medium'], prefix = 's'): Graph {
  const base = emptyGraph('generated', side)
  const lanes = new Map(
    ['a', 'b', 'c'].map((id, order) => [
      id,
      { ...blankLane, id, label: id, order, staff: order === 2 ? 1 : 2, licence: order, mobile: order === 1 },
    ]),
  )
  const elements = new Map(
    ['e0', 'e1', 'e2'].map((id, order) => [id, { id, label: id, record: order === 0, safety: order === 1, extra: {} }]),
  )
  const nodes = new Map<string, Node>()
  const edges = new Map<string, Edge>()
  const join = (from: string, to: string, probability: number): void => {
    const id = `${from}-${to}`
    edges.set(id, { ...blankEdge, id, from, to, probability })
  }
  nodes.set('start', { ...blankNode, id: 'start', type: 'start' })
  nodes.set('end', { ...blankNode, id: 'end', type: 'end' })
  for (const [index, item] of list.entries()) {
    const id = `${prefix}${index}`
    nodes.set(id, {
      ...blankNode,
      id,
      label: `Step ${index}`,
      lane: ['a', 'b', 'c'][item.lane] ?? 'a',
      kind: kinds[item.kind] ?? 'do',
      medium,
      service: { dist: 'constant', value: item.minutes * 60 },
      wait: { dist: 'constant', value: item.wait * 60 },
      clicks: item.clicks,
      keys: 0,
      screens: 1,
      reads: [],
      writes: item.kind >= 2 && item.kind <= 3 ? [{ element: `e${item.element}`, mode: 'typed' }] : [],
      place: item.minutes % 2 === 0 ? 'fixed' : 'mobile',
      alerts: { perCase: 0, override: null, appropriate: null },
      protocolShare: 0.5,
      ...(spices[item.spice ?? spices.length]?.(id, `${prefix}0`) ?? {}),
    })
    const before = index === 0 ? 'start' : `${prefix}${index - 1}`
    const goesBack = index > 0 && list[index - 1]?.back && index > 1
    join(before, id, goesBack ? 0.8 : 1)
    if (goesBack) join(before, `${prefix}${index - 2}`, 0.2)
  }
  join(`${prefix}${list.length - 1}`, 'end', 1)
  return { ...base, lanes, elements, nodes, edges }
}

const some = fc.constantFrom('s0', 's1', 's2', 's3', 'start', 'end', 'nowhere', 'step', 'step-2')
const side = fc.constantFrom('current' as const, 'future' as const)
const lane = fc.constantFrom('a', 'b', 'c', 'lane', 'nowhere')

/** Any command, also ones that can not be done. */
export const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant('add-node' as const),
    side,
    facts: fc.record({ label: fc.string({ maxLength: 8 }) }),
    after: some,
  }),
  fc.record({ kind: fc.constant('remove-nodes' as const), side, ids: fc.array(some, { maxLength: 3 }), bridge: fc.boolean() }),
  fc.record({ kind: fc.constant('change-node' as const), side, id: some, facts: fc.record({ clicks: fc.nat(30) }) }),
  fc.record({
    kind: fc.constant('move-nodes' as const),
    side,
    moves: fc.array(fc.record({ id: some, x: fc.nat(900), y: fc.nat(400) }), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('set-lane' as const), side, ids: fc.array(some, { maxLength: 3 }), lane }),
  fc.record({
    kind: fc.constant('group' as const),
    side,
    ids: fc.array(some, { maxLength: 4 }),
    label: fc.string({ maxLength: 6 }),
  }),
  fc.record({ kind: fc.constant('ungroup' as const), side, id: fc.oneof(some, fc.constant('group')) }),
  fc.record({
    kind: fc.constant('replace' as const),
    side,
    graph: steps.map((list) => ({ ...graphOf(list, 'current', 'paper'), extra: { from: list.length } })),
  }),
  fc.record({ kind: fc.constant('add-lane' as const), side, facts: fc.record({ label: fc.string({ maxLength: 6 }) }) }),
  fc.record({ kind: fc.constant('remove-lane' as const), side, id: lane, moveTo: fc.option(lane) }),
  fc.record({ kind: fc.constant('change-lane' as const), side, id: lane, facts: fc.record({ staff: fc.nat(4) }) }),
  fc.record({ kind: fc.constant('add-edge' as const), side, from: some, to: some }),
  fc.record({
    kind: fc.constant('remove-edges' as const),
    side,
    ids: fc.array(fc.constantFrom('start-s0', 's0-s1', 's1-end'), { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('duplicate' as const),
    side,
    ids: fc.array(some, { maxLength: 3 }),
    dx: fc.nat(64),
    dy: fc.nat(64),
  }),
  fc.record({
    kind: fc.constant('link' as const),
    link: fc.record({ from: fc.array(some, { maxLength: 2 }), to: fc.array(some, { maxLength: 2 }) }),
  }),
  fc.record({ kind: fc.constant('unlink' as const), keys: fc.array(fc.constantFrom('s0 > s0', 's1 > s1'), { maxLength: 2 }) }),
)

/** Both sides from the same steps, every step traced to itself. */
export function identity(list: readonly Step[], future: (graph: Graph) => Graph = (graph) => graph): Workflow {
  const current = graphOf(list, 'current', 'paper')
  const next = future({ ...graphOf(list, 'future', 'paper'), side: 'future' })
  const trace = new Map(
    [...current.nodes.values()]
      .filter((node) => node.type === 'step')
      .map((node) => {
        const link = { from: [node.id], to: [node.id], fate: 'kept' as const }
        return [
          `${node.id} > ${node.id}`,
          {
            ...link,
            reason: null,
            by: null,
            at: null,
            suggested: false,
            score: null,
            purpose: null,
            beneficiary: null,
            extra: {},
          },
        ]
      }),
  )
  return { id: 'generated', current, future: next, trace, scenario: null }
}
