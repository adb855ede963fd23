/** Item 33: every role of the future workflows has worked a simulated shift, and its last try of each step passed. */

import { fileCell, held, lineCell } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const simulatedShift: Criterion<'rehearsals' | 'roster'> = {
  code: 'readiness/simulated-shift',
  items: [33],
  phase: 'training',
  severity: 'warning',
  title: 'Roles have not worked a simulated shift',
  why: 'To "practice documenting in the new system during a simulated shift" shows what a course hides: interruptions.',
  remedy: 'Hold a simulated shift for each role listed, and repeat the steps that failed.',
  needs: ['rehearsals', 'roster'],
  thresholds: { open: 0 },
  maxAgeDays: 120,
  claimable: false,
  compute(given) {
    const clinical = given.value('roster').rows.filter((row) => row.profession === 'clinical')
    const roles = [...new Set(clinical.map((row) => row.role))].sort()
    if (roles.length === 0) return nothingToJudge('The roster names no clinical role')
    const tries = given.value('rehearsals').rows.filter((row) => row.kind === 'simulated-shift')
    const cells = roles.flatMap((role) => {
      const own = tries.filter((row) => row.role === role).toSorted((a, b) => a.started_at.at - b.started_at.at)
      if (own.length === 0) return [fileCell('rehearsals', `${role}: no simulated shift`)]
      const last = new Map(own.map((row) => [`${row.workflow} ${row.step}`, row]))
      return [...last.values()]
        .filter((row) => row.result === 'fail')
        .map((row) => lineCell('rehearsals', row.line, `${role}: ${row.step} failed last`))
    })
    const open = new Set(cells.map((cell) => cell.name.slice(0, cell.name.indexOf(':'))))
    const value = roles.length - open.size
    const words = `${value} of ${roles.length} clinical roles passed a simulated shift`
    return held(cells.length === 0, { value, of: roles.length, threshold: roles.length, words, cells })
  },
}
