/** DB14: an inbox that belongs to nobody, with no deadline. */
import { escalates, isInbox, isSending, ownersIn } from './inbox.ts'
import { factOf, raised, stepsOf, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const noOwner: SurvivalRule = {
  code: 'workflow/no-owner',
  db: 'DB14',
  title: 'An inbox without an owner',
  why: 'What everybody may take, nobody takes: 6.8 to 62 % of laboratory results were not followed up (10.1007/s11606-011-1949-5).',
  remedy: 'Name one owner and a deadline, and say what happens when it passes.',
  severity: 'error',
  metric: { name: 'visits to the inbox', unit: 'per case' },
  question: true,
  both: false,
  reads: ['owner', 'sla'],
  levers: [
    { practice: 'order-assignment', how: 'One owner per item, with a deadline.' },
    { practice: 'split-responsibilities', how: 'No shared tray: each role has its own.' },
  ],
  *find(side) {
    for (const { at, node } of stepsOf(side)) {
      const inbox = isInbox(node)
      const owners = ownersIn(node.owner)
      const lane = node.lane === null ? null : (side.view.graph.lanes.get(node.lane) ?? null)
      const sla = node.sla ?? lane?.sla ?? null
      if (inbox === false || isSending(side, at) || owners === 1 || sla !== null || escalates(side.view.out[at] ?? [])) continue
      if (inbox === null) {
        yield untold([node.id], [`medium of “${node.label}”`])
        continue
      }
      const visits = side.times.steps[at]?.visits ?? null
      yield firing({
        subject: [node.id],
        metric: visits ?? 0,
        missing: visits === null ? ['a way out of a loop'] : [],
        severity: raised(side, [node], 'error'),
        facts: [
          factOf('medium', node.medium, '', [node]),
          factOf('owners', owners === 0 ? 'none named' : node.owner, '', [node]),
          factOf('deadline', 'none, and no escalation', '', [node]),
          ...(visits === null ? [] : [timeFact(side, 'visits', visits, 'per case')]),
        ],
      })
    }
  },
}
