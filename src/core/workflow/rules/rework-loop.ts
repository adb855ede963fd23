/** DB05: cases come round again because something was missing or wrong. */
import { isLoop, type View } from '../map/graph.ts'
import { isStep } from '../map/workflow.ts'
import { factOf, idsOf, thresholdFact, timeFact, unknownShares } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const reworkLoop: SurvivalRule = {
  code: 'workflow/rework-loop',
  db: 'DB05',
  title: 'Work comes back to be done again',
  why: 'Every round costs the same minutes again and makes the case wait again in each queue.',
  remedy: 'Ask for what is missing where the case begins, and check before handing over.',
  severity: 'warning',
  metric: { name: 'extra work', unit: 'minutes per case' },
  both: false,
  reads: [],
  levers: [
    { practice: 'control-relocation', how: 'Check where the case begins.' },
    { practice: 'contact-reduction', how: 'Ask for everything at once.' },
  ],
  *find(side) {
    const { view } = side
    for (const [index, group] of view.groups.entries()) {
      if (!isLoop(view, group)) continue
      const nodes = group.flatMap((at) => view.nodes[at] ?? []).filter(isStep)
      const subject = idsOf(nodes)
      if (subject.length === 0) continue
      const unknown = unknownShares(side, group)
      if (unknown.length > 0 || !view.visits) {
        yield untold(subject, unknown.length > 0 ? unknown : ['a way out of a loop'])
        continue
      }
      const round = roundOf(side.view, group, index, view.visits)
      const limit = side.policy['rework-loop.return'].value
      if (round.p < limit - 1e-9) continue
      const touches = group.flatMap((at) => (view.steps.includes(at) ? [at] : []))
      const absent = touches
        .filter((at) => side.times.steps[at]?.touch === null)
        .map((at) => `working time of “${view.nodes[at]?.label ?? ''}”`)
      const perRound = touches.reduce(
        (sum, at) => sum + (side.times.steps[at]?.touch ?? 0) * ((view.visits?.[at] ?? 0) / round.visits),
        0,
      )
      const minutes = ((round.visits - round.entries) * perRound) / 60
      yield firing({
        subject,
        metric: minutes,
        minutes,
        missing: absent,
        severity: round.p >= side.policy['rework-loop.severe'].value - 1e-9 ? 'error' : 'warning',
        facts: [
          timeFact(side, 'share that comes back', round.p, 'share of cases'),
          timeFact(side, 'visits of the entry', round.visits / round.entries, 'per entry'),
          factOf('extra work', minutes, 'minutes per case', nodes),
          thresholdFact(side, 'rework-loop.return'),
        ],
      })
    }
  },
}

/** p = 1 − 1/visits of the node where the loop is entered, per entry: extra visits are p/(1−p). */
function roundOf(
  view: View,
  group: readonly number[],
  index: number,
  visits: Float64Array,
): { readonly p: number; readonly entries: number; readonly visits: number } {
  let best = { entries: 0, visits: 1 }
  for (const at of group) {
    let entries = view.nodes[at]?.type === 'start' ? 1 : 0
    for (const flow of view.into[at] ?? [])
      if (view.groupOf[flow.from] !== index) entries += (visits[flow.from] ?? 0) * flow.share
    if (entries > best.entries) best = { entries, visits: visits[at] ?? 1 }
  }
  return { p: best.visits === 0 ? 0 : Math.max(0, 1 - best.entries / best.visits), ...best }
}
