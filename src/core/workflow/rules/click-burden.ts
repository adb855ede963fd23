/** DB08: a step on a screen takes too many clicks, or more than the paper or screen it replaces. */

import { meanOf } from '../map/distribution.ts'
import { klmSeconds } from '../map/klm.ts'
import { classOf, type Node } from '../map/workflow.ts'
import { factOf, type Side, stepsOf, thresholdFact, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const clickBurden: SurvivalRule = {
  code: 'workflow/click-burden',
  db: 'DB08',
  title: 'Too many clicks for one step',
  why: 'Emergency physicians spend 4,000 clicks in a 10 hour shift (10.1016/j.ajem.2013.06.028); each one is time away from the patient.',
  remedy: 'Use presets and order sets, connect the device, and take out screens that nobody reads.',
  severity: 'warning',
  metric: { name: 'clicks and keys', unit: 'seconds per occurrence' },
  both: true,
  reads: ['clicks', 'keys', 'screens'],
  levers: [
    { practice: 'task-automation', how: 'Presets, order sets, a device link.' },
    { practice: 'task-elimination', how: 'Take out screens that nobody reads.' },
  ],
  *find(side) {
    for (const { at, node } of stepsOf(side)) {
      if (node.type !== 'step' || node.medium === null || classOf(node.medium) !== 'screen') continue
      const seconds = klmSeconds(node)
      if (node.clicks === null || seconds === null) {
        yield untold([node.id], [`clicks of “${node.label}”`])
        continue
      }
      const reasons = reasonsOf(side, node, node.clicks, seconds.least)
      if (reasons.length === 0) continue
      const perDay = ((side.times.casesPerWeek ?? 0) / 7) * (side.times.steps[at]?.visits ?? 0)
      const minutesPerDay = (perDay * seconds.least) / 60
      yield firing({
        subject: [node.id],
        metric: seconds.least,
        minutes: (seconds.least * (side.times.steps[at]?.visits ?? 1)) / 60,
        severity: minutesPerDay >= side.policy['click-burden.severe'].value ? 'error' : 'warning',
        facts: [
          factOf('clicks', node.clicks, 'per occurrence', [node]),
          factOf('keys', node.keys, 'per occurrence', [node]),
          factOf('screens', node.screens, 'per occurrence', [node]),
          {
            name: 'time for clicks and keys',
            value: seconds.least,
            unit: 'seconds',
            level: 'estimated',
            source: 'keystroke-level model',
          },
          {
            name: 'with thinking, at most',
            value: seconds.most,
            unit: 'seconds',
            level: 'estimated',
            source: 'keystroke-level model',
          },
          timeFact(side, 'time for clicks and keys', minutesPerDay, 'staff minutes per day'),
          ...reasons.map((reason) => factOf('reason', reason, '', [node])),
          thresholdFact(side, 'click-burden.clicks'),
        ],
      })
    }
  },
}

function reasonsOf(side: Side, node: Node, clicks: number, seconds: number): readonly string[] {
  const reasons: string[] = []
  const most = side.policy['click-burden.clicks'].value
  if (clicks >= most) reasons.push(`${clicks} clicks (${most} or more)`)
  const screens = side.policy['click-burden.screens'].value
  if (node.screens !== null && node.screens > screens) reasons.push(`${node.screens} screens (more than ${screens})`)
  if (side.name === 'current') return reasons
  const growth = side.policy['click-burden.growth'].value
  for (const id of side.trace.back([node.id])) {
    const before = side.other.graph.nodes.get(id)
    if (!before) continue
    if (before.clicks !== null && before.clicks > 0 && clicks > growth * before.clicks)
      reasons.push(`${clicks} clicks instead of ${before.clicks} at “${before.label}”`)
    const paper =
      before.medium !== null && classOf(before.medium) === 'physical' && before.service ? meanOf(before.service) : null
    if (paper !== null && seconds > paper) reasons.push(`slower than the ${Math.round(paper)} s at “${before.label}”`)
  }
  return reasons
}
