/** What must hold for the rules on every map, whatever it looks like: names, order, places, media, missing facts, scale, direction. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply } from '../../../../src/core/workflow/edit/edit.ts'
import { blankScenario } from '../../../../src/core/workflow/map/scenario.ts'
import { type Graph, linkKey, type Node, type TraceLink, type Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import type { DataEvidence } from '../../../../src/core/workflow/rules/data-states.ts'
import { survivalRules } from '../../../../src/core/workflow/rules/index.ts'
import { type CompareFinding, type Comparison, compare } from '../../../../src/core/workflow/survival/compare.ts'
import { identity, steps } from '../generated.ts'

const runs = { numRuns: process.env.LONG ? 1000 : 20 }
const scenario = { ...blankScenario, arrivals: [{ node: 'start', perHour: 0.05 }] }
const evidence: DataEvidence = new Map(['e0', 'e1', 'e2'].map((id) => [id, 'carried']))

type Steps = Parameters<typeof identity>[0]

const same = (list: Steps, future?: (graph: Graph) => Graph): Workflow => ({ ...identity(list, future), scenario })
const judged = (workflow: Workflow): Comparison => compare(workflow, { evidence })

function each(graph: Graph, change: (node: Node) => Node): Graph {
  return { ...graph, nodes: new Map([...graph.nodes].map(([id, node]) => [id, node.type === 'step' ? change(node) : node])) }
}

const said = ({ outcome, code, current, future }: CompareFinding): string =>
  `${outcome} ${code} ${current.join()} > ${future.join()}`
const outcomes = (workflow: Workflow): readonly string[] => judged(workflow).findings.map(said)

test('other ids, another order of records and other places on the canvas give the same findings', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: -500, max: 500 }), (list, shift) => {
      const workflow = same(list, (graph) => each(graph, (node) => ({ ...node, medium: 'inbox' })))
      const renamed = (graph: Graph): Graph => ({
        ...graph,
        nodes: new Map(
          [...graph.nodes.values()].reverse().map((node) => [
            `other~${node.id}`,
            {
              ...node,
              id: `other~${node.id}`,
              x: node.x + shift,
              y: node.y - shift,
              documents: node.documents === null ? null : `other~${node.documents}`,
              workaround: node.workaround === null ? null : { cause: `other~${node.workaround.cause}` },
            },
          ]),
        ),
        edges: new Map(
          [...graph.edges.values()]
            .reverse()
            .map((edge) => [edge.id, { ...edge, from: `other~${edge.from}`, to: `other~${edge.to}` }]),
        ),
      })
      const links = [...workflow.trace.values()].reverse().map(
        (link): TraceLink => ({
          ...link,
          from: link.from.map((id) => `other~${id}`),
          to: link.to.map((id) => `other~${id}`),
        }),
      )
      const other: Workflow = {
        ...workflow,
        current: renamed(workflow.current),
        future: renamed(workflow.future),
        trace: new Map(links.map((link) => [linkKey(link), link])),
        scenario: { ...scenario, arrivals: [{ node: 'other~start', perHour: 0.05 }] },
      }
      expect(
        outcomes(other)
          .map((text) => text.replaceAll('other~', ''))
          .sort(),
      ).toEqual([...outcomes(workflow)].sort())
    }),
    runs,
  )
})

test('the same map twice: every problem is kept, none is new, rules over both graphs are silent', () => {
  fc.assert(
    fc.property(steps, (list) => {
      for (const outcome of outcomes(same(list))) expect(outcome).toMatch(/^kept /)
    }),
    runs,
  )
})

/** These name a medium in what they look for; what they find on paper may be gone on a screen. */
const namesMedium = new Set(
  ['shadow-workaround', 'deferred-documentation', 'print-to-scan', 're-keying'].map((name) => `workflow/${name}`),
)

test('paper that became a screen with the same times: every problem of paper was digitized', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const before = judged(same(list)).findings.filter(({ code }) => !namesMedium.has(code))
      const screens = judged(same(list, (graph) => each(graph, (node) => ({ ...node, medium: 'inbox' })))).findings
      for (const { code, current } of before) {
        const twin = screens.find((finding) => finding.code === code && finding.current.join() === current.join())
        expect(twin?.outcome, code).toBe('digitized')
      }
    }),
    runs,
  )
})

test('paper handed to a machine with the same times is never called digitized', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const machine = same(list, (graph) => each(graph, (node) => ({ ...node, medium: 'interface' })))
      for (const outcome of outcomes(machine)) expect(outcome).not.toMatch(/^digitized/)
    }),
    runs,
  )
})

test('all times ten times as long, and a tenth of the cases: no share changes', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 10 }), (list, tenths) => {
      const scaled = (graph: Graph, times: number, waits: number): Graph =>
        each(graph, (node) => ({
          ...node,
          wait: node.wait?.dist === 'constant' ? { dist: 'constant', value: node.wait.value * waits } : null,
          service: node.service?.dist === 'constant' ? { dist: 'constant', value: node.service.value * times } : null,
          batch: node.batch?.kind === 'clock' ? { ...node.batch, every: node.batch.every * times } : node.batch,
        }))
      const one = same(list, (graph) => scaled(graph, 1, tenths / 10))
      const ten: Workflow = {
        ...one,
        current: scaled(one.current, 10, 10),
        future: scaled(one.future, 10, 10),
        scenario: { ...scenario, arrivals: [{ node: 'start', perHour: 0.005 }] },
      }
      // Not by fingerprint: ten times the minutes may be more severe.
      const placeOf = ({ code, current, future }: CompareFinding): string => [code, ...current, '>', ...future].join(' ')
      const changes = new Map(judged(one).findings.map((finding) => [placeOf(finding), finding.metric.change]))
      for (const finding of judged(ten).findings) {
        const change = changes.get(placeOf(finding))
        if (typeof change === 'number' && finding.metric.change !== null) expect(finding.metric.change).toBeCloseTo(change, 9)
      }
    }),
    runs,
  )
})

test('a step taken out with a reason is eliminated where it alone was the problem; in silence it goes nowhere', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const workflow = same(list)
      const alone = judged(workflow).findings.filter(
        (finding) => finding.current.join() === 's0' && finding.lanes.current === null,
      )
      const gone = apply(workflow, { kind: 'remove-nodes', side: 'future', ids: ['s0'], bridge: true }).workflow
      expect(outcomes(gone)).toContain('unjudged workflow/untraced-step s0 > ')
      const link = { from: ['s0'], to: [], fate: 'eliminated' as const, reason: 'not needed', by: 'analyst' }
      const settled = judged(apply(gone, { kind: 'link', link }).workflow).findings
      for (const { code } of alone)
        expect(settled.find((finding) => finding.code === code && finding.current.join() === 's0')?.outcome, code).toMatch(
          /eliminated|relocated/,
        )
    }),
    runs,
  )
})

test('half the working time of an overloaded role never makes its wait worse', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const busy = { ...scenario, arrivals: [{ node: 'start', perHour: 12 }] }
      const half = (graph: Graph): Graph =>
        each(graph, (node) => ({
          ...node,
          service: node.service?.dist === 'constant' ? { dist: 'constant', value: node.service.value / 2 } : null,
        }))
      const overloads = judged({ ...same(list, half), scenario: busy }).findings.filter(
        ({ code }) => code === 'workflow/overloaded-role',
      )
      // Behind a role that never catches up nobody can tell.
      const told = overloads.filter(({ missing }) => !missing.some((fact) => fact.includes('never catches up')))
      for (const { outcome } of told) expect(outcome).toMatch(/^(reduced|eliminated|relocated|digitized|kept)$/)
    }),
    runs,
  )
})

test('current and future changed places: what was introduced is eliminated, and the other way round', () => {
  const two = fc.tuple(steps, fc.constantFrom<Partial<Node>>({ kind: 'approve' }, { protocolShare: 0.1 }, { external: true }))
  fc.assert(
    fc.property(two, ([list, facts]) => {
      const there = same(list, (graph) => each(graph, (node) => (node.id === 's0' ? { ...node, ...facts } : node)))
      const back: Workflow = {
        ...there,
        current: { ...there.future, side: 'current' },
        future: { ...there.current, side: 'future' },
        trace: new Map(
          [...there.trace.values()].map((link) => {
            const turned = { ...link, from: link.to, to: link.from }
            return [linkKey(turned), turned]
          }),
        ),
      }
      const forward = judged(there).findings.filter(({ code }) => !byBoth.has(code))
      const backward = judged(back).findings.filter(({ code }) => !byBoth.has(code))
      if ([...forward, ...backward].some(({ outcome }) => outcome === 'relocated')) return
      const of = (list: readonly CompareFinding[], outcome: string, side: 'current' | 'future'): readonly string[] =>
        list.flatMap((finding) => (finding.outcome === outcome ? [`${finding.code} ${finding[side].join()}`] : [])).sort()
      expect(of(backward, 'eliminated', 'current')).toEqual(of(forward, 'introduced', 'future'))
      expect(of(backward, 'introduced', 'future')).toEqual(of(forward, 'eliminated', 'current'))
    }),
    runs,
  )
})

const byBoth = new Set(survivalRules.filter((rule) => rule.both).map((rule) => rule.code))

/** Facts that some rule needs; without one of them nothing that fired may fall silent. */
const facts = ['service', 'wait', 'kind', 'writes', 'reads', 'medium', 'alerts', 'protocolShare', 'lane', 'clicks'] as const

test('a fact that is missing is never silence', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom(...facts), (list, name) => {
      const full = same(list)
      const holed = { ...full, current: each(full.current, (node) => ({ ...node, [name]: null })) }
      const after = judged(holed).findings
      for (const { code, current } of judged(full).findings) {
        const covering = after.filter((finding) => finding.code === code && current.some((id) => finding.current.includes(id)))
        expect(covering.length, `${code} without ${name}`).toBeGreaterThan(0)
      }
    }),
    runs,
  )
})

test('without arrivals the rules that need them say so', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const full = same(list)
      const codes = new Set(judged(full).findings.map(({ code }) => code))
      const bare = judged({ ...full, scenario: null }).findings
      for (const name of ['overloaded-role', 'batch-and-wait', 'unmeasured-wait'])
        if (codes.has(`workflow/${name}`))
          expect(
            bare.some(({ code, outcome }) => code === `workflow/${name}` && outcome === 'unjudged'),
            name,
          ).toBe(true)
    }),
    runs,
  )
})
