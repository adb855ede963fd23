/** DB27: the bottleneck only changed its place. */
import { compareText } from '../../finding.ts'
import type { View } from '../map/graph.ts'
import { needsStaff, type RoleTimes, type Times } from '../times/times.ts'
import { idsOf, roleName, thresholdFact, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const movedQueue: SurvivalRule = {
  code: 'workflow/moved-queue',
  db: 'DB27',
  title: 'The bottleneck moved to another role',
  why: 'The first queue is gone, but cases take as long as before: they wait for somebody else now.',
  remedy: 'Staff or relieve the new bottleneck, and simulate again before go-live.',
  severity: 'error',
  metric: { name: 'mean wait for the busiest role', unit: 'minutes' },
  both: true,
  reads: [],
  levers: [
    { practice: 'extra-resources', how: 'Staff the new bottleneck.' },
    { practice: 'flexible-assignment', how: 'Let the relieved role help.' },
  ],
  *find(side) {
    if (side.name !== 'future') return
    const now = busiest(side.other, side.otherTimes)
    const next = busiest(side.view, side.times)
    const before = side.otherTimes.leadTime
    const after = side.times.leadTime
    const missing = [
      ...(Array.isArray(now) ? now : []),
      ...(Array.isArray(next) ? next : []),
      ...(before === null || after === null
        ? [
            side.times.level === 'simulated'
              ? 'lead time of both maps (in one of them no case ended)'
              : 'lead time of both maps (working times and waits of all steps)',
          ]
        : []),
    ]
    if (!('lane' in now) || !('lane' in next) || before === null || after === null) {
      if (missing.length > 0)
        yield untold(idsOf(side.view.steps.flatMap((at) => side.view.nodes[at] ?? [])), [...new Set(missing)])
      return
    }
    const least = side.policy['moved-queue.load'].value
    if (now.times.load < least || next.times.load < least) return
    const heirs = new Set(side.trace.of(now.subject).flatMap((id) => side.view.graph.nodes.get(id)?.lane ?? []))
    if (heirs.has(next.lane) || now.lane === next.lane) return
    const gain = side.policy['moved-queue.gain'].value
    const faster = Number.isFinite(before) ? 1 - after / before : Number.isFinite(after) ? 1 : 0
    const through = throughput(next.times) / throughput(now.times) - 1
    if (faster >= gain || through >= gain) return
    yield firing({
      subject: next.subject,
      lane: next.lane,
      metric: next.times.wait / 60,
      load: next.times.load,
      minutes: Number.isFinite(next.times.wait) ? next.times.wait / 60 : null,
      severity: 'error',
      cameFrom: { subject: now.subject, lane: now.lane, metric: now.times.wait / 60 },
      facts: [
        timeFact(side, `${roleName(side, next.lane)} is asked for`, next.times.load, 'share of hours'),
        timeFact(
          side,
          `${side.other.graph.lanes.get(now.lane)?.label ?? now.lane} was asked for`,
          now.times.load,
          'share of hours',
        ),
        ...(Number.isFinite(faster) ? [timeFact(side, 'lead time shorter by', faster, 'share of lead time')] : []),
        timeFact(side, 'throughput higher by', through, 'share of cases'),
        thresholdFact(side, 'moved-queue.gain'),
        thresholdFact(side, 'moved-queue.load'),
      ],
    })
  },
}

interface Busiest {
  readonly lane: string
  readonly times: RoleTimes
  readonly subject: readonly string[]
}

/** The role with the highest load, ties by id; the absent facts where a role can not be told; an empty list without roles. */
function busiest(view: View, times: Times): Busiest | readonly string[] {
  const missing: string[] = []
  let best: { readonly lane: string; readonly times: RoleTimes } | null = null
  for (const [lane, role] of [...times.roles].sort(([a], [b]) => compareText(a, b))) {
    if (!('load' in role)) missing.push(...role)
    else if (best === null || role.load > best.times.load) best = { lane, times: role }
  }
  if (missing.length > 0 || best === null) return missing
  const { lane } = best
  const own = view.steps.flatMap((at) => {
    const node = view.nodes[at]
    return node?.lane === lane && needsStaff(node) ? [node] : []
  })
  return { ...best, subject: idsOf(own) }
}

/** Share of arriving cases that the busiest role can finish. */
function throughput(role: RoleTimes): number {
  return role.load <= 1 ? 1 : 1 / role.load
}
