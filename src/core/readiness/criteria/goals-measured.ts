/** Item 8: every goal has a measure, a value before, a value to reach and an owner. */
import type { EvidenceOf } from '../artifact.ts'
import { atMost, type Criterion, nothingToJudge } from '../criterion.ts'
import { exampleFile } from './example-evidence.ts'
import { emptyOf, openLines } from './lines.ts'

export const goalsMeasured: Criterion<'goals'> = {
  code: 'readiness/goals-measured',
  items: [8],
  phase: 'discovery',
  severity: 'error',
  title: 'Goals can not be measured',
  why: 'A goal without the value of today can be declared reached by anybody.',
  remedy: 'Give each goal listed what it lacks, and take the baseline before anything changes.',
  needs: ['goals'],
  thresholds: { open: 0 },
  maxAgeDays: 730,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('goals')
    if (rows.length === 0) return nothingToJudge('No goal is listed')
    const cells = openLines('goals', rows, (row) => {
      const lacks = emptyOf(row, ['measure', 'baseline', 'target', 'better', 'owner'])
      const parts = [lacks, aimless(row) ? `the target is no ${row.better} than the baseline` : null].filter(
        (part) => part !== null,
      )
      return parts.length === 0 ? null : `${row.id}, ${row.goal}: ${parts.join(', ')}`
    })
    return atMost(
      thresholds.open ?? 0,
      rows.length,
      `${cells.length} of ${rows.length} goals lack measure, baseline, target or owner`,
      cells,
    )
  },
  examples: {
    flags: [
      {
        name: 'one of two goals has no baseline',
        value: 1,
        evidence: { goals: exampleFile('goals', goals('G1,Faster,hours,29,8,lower,Lead\nG2,Fuller,percent,,90,higher,Lead')) },
      },
    ],
    passes: [
      {
        name: 'the goal is complete',
        value: 0,
        evidence: { goals: exampleFile('goals', goals('G1,Faster,hours,29,8,lower,Lead')) },
      },
    ],
  },
}

/** A target that the day before the change has reached already measures nothing. */
function aimless({ baseline, target, better }: EvidenceOf['goals']['rows'][number]): boolean {
  if (baseline === null || target === null || better === null) return false
  return better === 'lower' ? target >= baseline : target <= baseline
}

function goals(lines: string): string {
  return `id,goal,measure,baseline,target,better,owner\n${lines}\n`
}
