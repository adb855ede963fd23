/** DB11: somebody who works at the bedside has to walk to a desk to write. */
import { isStep, type Lane, type Node, type StepKind } from '../map/workflow.ts'
import { factOf, idsOf, type Side, stepsOf, thresholdFact, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

const atDesk: ReadonlySet<StepKind | null> = new Set<StepKind>(['enter', 'transcribe', 'check'])

export const fixedStationMobileRole: SurvivalRule = {
  code: 'workflow/fixed-station-mobile-role',
  db: 'DB11',
  title: 'A role on the move is tied to a desk',
  why: 'Each entry costs a walk or is put off; an app at the bedside took 4.1 minutes of record time out of each observed hour (PMC8324781).',
  remedy: 'Give a mobile device or dictation where the work is done.',
  severity: 'warning',
  metric: { name: 'entries at a fixed station', unit: 'per case' },
  both: false,
  reads: ['place'],
  levers: [{ practice: 'integral-technology', how: 'A mobile device or voice entry at the place of work.' }],
  *find(side) {
    const byLane = new Map<string, { at: number; node: Node }[]>()
    for (const step of stepsOf(side)) {
      if (step.node.lane === null || step.node.type === 'wait') continue
      const list = byLane.get(step.node.lane)
      if (list) list.push(step)
      else byLane.set(step.node.lane, [step])
    }
    for (const [id, steps] of [...byLane].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const lane = side.view.graph.lanes.get(id)
      const entries = steps.filter(({ node }) => atDesk.has(node.kind) || node.kind === null)
      if (!lane || entries.length === 0) continue
      const moves = isMobile(side, lane)
      const missing = entries.flatMap(({ node }) => [
        ...(node.kind === null && node.place !== 'mobile' ? [`kind of “${node.label}”`] : []),
        ...(node.place === null && atDesk.has(node.kind) ? [`place of “${node.label}”`] : []),
      ])
      if (moves === false) continue
      const fixed = entries.filter(({ node }) => node.place === 'fixed' && atDesk.has(node.kind))
      if (moves === null) missing.unshift(`whether ${lane.label} works in several places`)
      if (moves === null && fixed.length === 0 && !missing.some((text) => text.startsWith('place'))) continue
      if (moves === null || fixed.length === 0) {
        if (missing.length > 0) yield untold(idsOf(entries.map(({ node }) => node)), missing)
        continue
      }
      const nodes = fixed.map(({ node }) => node)
      const often = fixed.reduce((sum, { at }) => sum + (side.times.steps[at]?.visits ?? 0), 0)
      yield firing({
        subject: idsOf(nodes),
        metric: often,
        severity: often >= side.policy['fixed-station-mobile-role.severe'].value - 1e-9 ? 'error' : 'warning',
        facts: [
          factOf('role', lane.label, lane.mobile ? 'works on the move' : 'works in several places', nodes),
          timeFact(side, 'entries at a fixed station', often, 'per case'),
          thresholdFact(side, 'fixed-station-mobile-role.severe'),
        ],
      })
    }
  },
}

/** Declared, or seen in at least two places; null where nobody said. */
function isMobile(side: Side, lane: Lane): boolean | null {
  if (lane.mobile !== null) return lane.mobile
  const places = new Set<string>()
  for (const node of side.view.nodes) if (node.lane === lane.id && isStep(node) && node.place !== null) places.add(node.place)
  return places.size >= 2 ? true : null
}
