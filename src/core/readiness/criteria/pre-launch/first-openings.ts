/** Item 46: "finds incomplete history, they immediately lose faith": clinicians opened the records of patients whom they see next, before go-live. */

import { fileCell, held, openLines } from '../../measures/lines.ts'
import { departmentKey } from '../../measures/shifts.ts'
import { isHere } from '../../measures/teams.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const firstOpenings: Criterion<'first-openings' | 'roster'> = {
  code: 'readiness/first-openings',
  items: [46],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Clinicians have not opened records of their next patients',
  why: 'The first record that a clinician opens decides whether the new system is trusted; it can be opened before go-live.',
  remedy: 'Let each department listed open records of its next patients, mend what is missing, and open them again.',
  needs: ['first-openings', 'roster'],
  // Ours: ten records are a morning of one clinician; the sample that is signed for proves the rest.
  thresholds: { leastOpened: 10 },
  maxAgeDays: 60,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('first-openings')
    const clinical = given.value('roster').rows.filter((row) => isHere(row, asOf) && row.profession === 'clinical')
    const departments = [...new Map(clinical.map(({ department }) => [departmentKey(department), department])).entries()]
    if (departments.length === 0) return nothingToJudge('No clinical department is in the roster')
    const least = thresholds.leastOpened ?? 10
    const count = (key: string): number =>
      rows.filter((row) => departmentKey(row.department) === key).reduce((sum, { opened }) => sum + opened, 0)
    const few = departments.flatMap(([key, name]): readonly Cell[] =>
      count(key) >= least ? [] : [fileCell('first-openings', `${name}: ${count(key)} records opened; ${least} are asked for`)],
    )
    const incomplete = openLines('first-openings', rows, (row) => {
      const short = row.opened - row.complete
      if (short < 0) return `${row.department}: ${row.complete} complete of ${row.opened} opened`
      if (short === 0 || (row.mended_on !== null && row.mended_on >= row.opened_on)) return null
      return `${row.department}, ${row.role}: ${short} of ${row.opened} incomplete (${row.missing ?? 'nobody says what is missing'}), not mended`
    })
    const opened = rows.reduce((sum, row) => sum + row.opened, 0)
    const complete = rows.reduce((sum, row) => sum + row.complete, 0)
    const value = departments.length - few.length
    const words = `${value} of ${departments.length} clinical departments opened ${least} records or more; ${complete} of ${opened} were complete`
    return held(few.length + incomplete.length === 0, {
      value,
      of: departments.length,
      threshold: departments.length,
      words,
      cells: [...few, ...incomplete],
    })
  },
}
