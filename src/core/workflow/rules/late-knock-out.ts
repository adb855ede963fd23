/** DB21: a check that ends many cases comes after work that it makes useless. */
import { compareText } from '../../finding.ts'
import { type Flow, isWay } from '../map/graph.ts'
import { isStep, type Node, type StepKind } from '../map/workflow.ts'
import { factOf, idsOf, type Side, stepsOf, thresholdFact, timeFact } from './side.ts'
import { type Firing, firing, type SurvivalRule, untold } from './survival-rule.ts'

const checks: ReadonlySet<StepKind | null> = new Set<StepKind>(['check', 'decide', 'approve'])

export const lateKnockOut: SurvivalRule = {
  code: 'workflow/late-knock-out',
  db: 'DB21',
  title: 'A check comes too late',
  why: 'Work done before it is thrown away for each case that it ends.',
  remedy: 'Check first what ends most cases for the least work; do the rest afterwards.',
  severity: 'warning',
  metric: { name: 'work done for cases that stop', unit: 'minutes per case' },
  both: false,
  reads: [],
  levers: [
    { practice: 'knock-out', how: 'Order the checks by falling share of stops per minute of their own work.' },
    { practice: 'resequencing', how: 'Move the check before work that it does not need.' },
  ],
  *find(side) {
    const ratios = new Map<number, number>()
    const found: { at: number; node: Node; stop: number }[] = []
    for (const { at, node } of stepsOf(side)) {
      if (!checks.has(node.kind)) continue
      const stop = stopsAt(side, at)
      if (stop === null) {
        yield untold([node.id], [`share of cases that “${node.label}” stops`])
        continue
      }
      const own = side.times.steps[at]?.touch ?? null
      ratios.set(at, own === null || own === 0 ? Number.POSITIVE_INFINITY : stop / own)
      if (stop >= side.policy['late-knock-out.stop'].value - 1e-9) found.push({ at, node, stop })
    }
    for (const { at, node, stop } of found) yield* judge(side, at, node, stop, ratios)
  },
}

/**
 * Share of cases that end here: refused or sent straight to an end, and not back. Null where nobody gave the shares.
 * An end that most cases come to is how the work ends: nothing before it was in vain.
 */
function stopsAt(side: Side, at: number): number | null {
  const { view } = side
  let flows: readonly Flow[] = view.out[at] ?? []
  const next = flows.length === 1 ? flows[0]?.to : undefined
  if (next !== undefined && view.nodes[next]?.type === 'decision') flows = view.out[next] ?? []
  const ways = flows.filter((flow) => isWay(flow) && !flow.edge.exception && flow.edge.timeout === null)
  if (ways.length < 2) return 0
  const stopping = ways.filter(
    (flow) => (flow.edge.reject || view.nodes[flow.to]?.type === 'end') && !(flow.to === at || view.reaches(flow.to, at)),
  )
  if (stopping.length === 0) return 0
  if (stopping.some((flow) => !flow.known)) return null
  const refused = stopping.filter((flow) => flow.edge.reject).reduce((sum, flow) => sum + flow.share, 0)
  const ended = stopping.filter((flow) => !flow.edge.reject).reduce((sum, flow) => sum + flow.share, 0)
  return refused + (ended > side.policy['late-knock-out.ordinary'].value ? 0 : ended)
}

function* judge(side: Side, at: number, node: Node, stop: number, ratios: ReadonlyMap<number, number>): Iterable<Firing> {
  const { view } = side
  const earlier = view.steps.filter((step) => step !== at && view.reaches(step, at) && !view.reaches(at, step))
  const missing: string[] = []
  if (node.reads === null) missing.push(`what “${node.label}” reads`)
  for (const step of earlier) {
    const before = view.nodes[step]
    if (before && before.type !== 'wait' && before.writes === null) missing.push(`what “${before.label}” writes`)
    if (side.times.steps[step]?.touch === null) missing.push(`working time of “${before?.label ?? ''}”`)
  }
  if (earlier.length === 0) return
  if (missing.length > 0) {
    yield untold([node.id], missing)
    return
  }
  const needed = neededBy(side, node, earlier)
  const rank = ratios.get(at) ?? 0
  const later = earlier.filter((step) => !needed.has(step) && !((ratios.get(step) ?? -1) >= rank))
  const minutes = later.reduce((sum, step) => {
    const times = side.times.steps[step]
    return sum + ((times?.touch ?? 0) * (times?.visits ?? 0)) / 60
  }, 0)
  const lost = stop * minutes
  if (lost < side.policy['late-knock-out.cost'].value - 1e-9) return
  const nodes = later.flatMap((step) => view.nodes[step] ?? []).sort((a, b) => compareText(a.id, b.id))
  yield firing({
    subject: idsOf([node]),
    metric: lost,
    minutes: lost,
    severity: 'warning',
    facts: [
      timeFact(side, 'stops here', stop, 'share of cases'),
      factOf('could follow it', nodes.map((each) => each.label).join(', '), `${nodes.length} steps`, nodes),
      timeFact(side, 'work of these steps', minutes, 'minutes per case'),
      thresholdFact(side, 'late-knock-out.stop'),
      thresholdFact(side, 'late-knock-out.cost'),
    ],
  })
}

/** Earlier steps that write what the check reads, and those that write what these read. */
function neededBy(side: Side, check: Node, earlier: readonly number[]): ReadonlySet<number> {
  const wanted = [...(check.reads ?? [])]
  const asked = new Set(wanted)
  const needed = new Set<number>()
  for (let element = wanted.pop(); element !== undefined; element = wanted.pop())
    for (const step of earlier) {
      const node = side.view.nodes[step]
      if (!node || !isStep(node) || needed.has(step)) continue
      if (!(node.writes ?? []).some((write) => write.element === element)) continue
      needed.add(step)
      for (const read of node.reads ?? [])
        if (!asked.has(read)) {
          asked.add(read)
          wanted.push(read)
        }
    }
  return needed
}
