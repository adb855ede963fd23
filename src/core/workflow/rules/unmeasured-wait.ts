/** DB19: a step that is nearly all waiting, and no clock sees it. */
import { isSending } from './inbox.ts'
import { factOf, leadOf, stepsOf, thresholdFact, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const unmeasuredWait: SurvivalRule = {
  code: 'workflow/unmeasured-wait',
  db: 'DB19',
  title: 'A long wait that nobody measures',
  why: 'A wait without a timestamp can not be managed: nobody knows today how long it is, and nobody will know whether it got shorter.',
  remedy: 'Have both its begin and its end stamped by a system, and agree on how long it may take.',
  severity: 'warning',
  metric: { name: 'wait', unit: 'minutes per case', queues: true },
  question: true,
  both: false,
  reads: ['measuredBy'],
  levers: [{ practice: 'control-addition', how: 'A timestamp at the begin and the end, and a deadline.' }],
  *find(side) {
    for (const { at, node } of stepsOf(side)) {
      if (node.measuredBy !== null) continue
      if (side.times.casesPerWeek === null) {
        yield untold([node.id], ['arrivals of the scenario'])
        continue
      }
      const lead = leadOf(side, at)
      if (lead.minutes === null || lead.waitMinutes === null) {
        yield untold([node.id], lead.missing)
        continue
      }
      if (lead.waitMinutes === 0) continue
      const share = Number.isFinite(lead.minutes) ? lead.waitMinutes / lead.minutes : 1
      // Under a limit it still tells what became of a wait of the other map: what is left is not gone.
      const faint =
        share <= side.policy['unmeasured-wait.share'].value ||
        lead.waitMinutes < side.policy['unmeasured-wait.least'].value - 1e-9
      // Whoever sends it stamps it: what follows is a wait of the one who answers.
      if (node.medium === 'portal' && isSending(side, at)) continue
      yield firing({
        subject: [node.id],
        faint,
        metric: lead.waitMinutes,
        minutes: Number.isFinite(lead.waitMinutes) ? lead.waitMinutes : null,
        series: lead.waitSeries,
        severity: 'warning',
        facts: [
          ...(Number.isFinite(lead.waitMinutes) ? [timeFact(side, 'wait', lead.waitMinutes, 'minutes per case')] : []),
          timeFact(side, 'share of the lead time of the step', share, 'share of lead time'),
          factOf('timestamps from', 'no system', '', [node]),
          thresholdFact(side, 'unmeasured-wait.share'),
          thresholdFact(side, 'unmeasured-wait.least'),
        ],
      })
    }
  },
}
