/** Item 64: the mock go-live of published guidance: a script played end to end, and every critical step of the future maps in a scenario that passed. */

import { held, lineCell } from '../../measures/lines.ts'
import { criticalSteps, lastTries, mendedAfter } from '../../measures/mock-event.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const mockGoLive: Criterion<'mock-scenarios' | 'mock-incidents' | 'workflows'> = {
  code: 'readiness/mock-go-live',
  items: [64],
  phase: 'pre-launch',
  severity: 'error',
  title: 'The mock go-live left critical steps out or failed',
  why: 'The Health IT Playbook of the United States (ONC) asks for walk-throughs end to end with simulated visits before go-live.',
  remedy: 'Put the steps listed into the script, mend what failed, and play those scenarios again.',
  needs: ['mock-scenarios', 'mock-incidents', 'workflows'],
  // Ours: no guidance gives a share, and a step that a patient's safety rests on is no share.
  thresholds: { leastPercent: 100 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('mock-scenarios')
    const { rows: incidents } = given.value('mock-incidents')
    const steps = criticalSteps(given.value('workflows'), rows, incidents)
    if (steps.length === 0) return nothingToJudge('No future workflow has a step')
    const tries = lastTries(rows)
    const failed = tries.flatMap((row) => {
      const mended = mendedAfter(row, incidents)
      if (row.result !== 'pass') return [{ row, why: row.result === 'fail' ? 'failed' : 'not run' }]
      return mended === null ? [] : [{ row, why: `passed before ${mended.id} was mended: play it again` }]
    })
    const open = steps.filter(({ by }) => by === null)
    const cells: readonly Cell[] = [
      ...failed.map(({ row, why }) => lineCell('mock-scenarios', row.line, `${row.scenario}: ${why}`)),
      ...open.map(({ workflow, node }) => ({
        name: `${node.label} (${workflow}): in no scenario that passed`,
        route: `/workflow/${workflow}/compare?step=${node.id}`,
      })),
    ]
    const value = steps.length - open.length
    const least = thresholds.leastPercent ?? 100
    const words = `${value} of ${steps.length} critical steps were played and passed, ${tries.length - failed.length} of ${tries.length} scenarios passed`
    return held(failed.length === 0 && value * 100 >= least * steps.length, {
      value,
      of: steps.length,
      threshold: least,
      words,
      cells,
    })
  },
}
