/** DB07: items are collected before anybody works on them. */
import { secondsPerWeek } from '../times/times.ts'
import { arrivalFact, factOf, leadOf, type Side, stepsOf, thresholdFact, timeFact } from './side.ts'
import { type Firing, firing, type SurvivalRule, untold } from './survival-rule.ts'

export const batchAndWait: SurvivalRule = {
  code: 'workflow/batch-and-wait',
  db: 'DB07',
  title: 'Work is collected and waits',
  why: 'A case that arrives just after the round waits for the whole next one, however short the work is.',
  remedy: 'Work case by case, or collect in much smaller rounds.',
  severity: 'warning',
  metric: { name: 'wait for the batch', unit: 'minutes per case' },
  both: false,
  reads: [],
  levers: [
    { practice: 'order-based-work', how: 'Work case by case.' },
    { practice: 'buffering', how: 'Have what is asked for ready before it is asked for.' },
  ],
  *find(side) {
    for (const { at, node } of stepsOf(side)) if (node.batch !== null) yield* judge(side, at)
  },
}

function* judge(side: Side, at: number): Iterable<Firing> {
  const node = side.view.nodes[at]
  const times = side.times.steps[at]
  const perWeek = side.times.casesPerWeek
  if (!node?.batch || !times) return
  const lead = leadOf(side, at)
  const missing = [...(perWeek === null ? ['arrivals of the scenario'] : []), ...lead.missing]
  if (missing.length > 0 || lead.minutes === null || perWeek === null || times.batch === null || times.visits === null) {
    yield untold([node.id], missing)
    return
  }
  const minutes = (times.batch * times.visits) / 60
  const demand = (perWeek * times.visits) / secondsPerWeek
  const takts = node.batch.kind === 'size' ? node.batch.size : node.batch.every * demand
  const share = lead.minutes === 0 || !Number.isFinite(lead.minutes) ? 0 : minutes / lead.minutes
  const byShare = share > side.policy['batch-and-wait.share'].value
  const byTakt = takts > side.policy['batch-and-wait.takt'].value
  if (!byShare && !byTakt) return
  yield firing({
    subject: [node.id],
    metric: minutes,
    minutes,
    series: times.series ? times.series.batch.map((seconds) => seconds / 60) : null,
    severity: 'warning',
    facts: [
      factOf(
        'batch',
        node.batch.kind === 'size' ? node.batch.size : node.batch.every / 60,
        node.batch.kind === 'size' ? 'items' : 'minutes',
        [node],
      ),
      timeFact(side, 'wait for the batch', minutes, 'minutes per case'),
      timeFact(side, 'share of the lead time of the step', share, 'share'),
      timeFact(side, 'cases per batch', takts, 'cases'),
      factOf('cases per week', perWeek * times.visits, 'cases', [node]),
      ...arrivalFact(side),
      thresholdFact(side, byShare ? 'batch-and-wait.share' : 'batch-and-wait.takt'),
    ],
  })
}
