/** Item 35: everybody below the mark of the skills test has an additional course. */

import { fileCell, held, openLines } from '../../measures/lines.ts'
import { isHere, teamCounts } from '../../measures/teams.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const skillsScreening: Criterion<'screening' | 'roster'> = {
  code: 'readiness/skills-screening',
  items: [35],
  phase: 'training',
  severity: 'warning',
  title: 'Weak computer skills have no extra course',
  why: 'Without "assessing staff PC and keyboarding skills" the course on the new system becomes one on the keyboard.',
  remedy: 'Book the additional course for each line listed before the training by role begins.',
  needs: ['screening', 'roster'],
  thresholds: { open: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('screening')
    if (rows.length === 0) return nothingToJudge('Nobody was screened')
    const below = rows.filter((row) => row.score < row.needed)
    const screened = new Set(rows.map((row) => row.person_id))
    const asked = given
      .value('roster')
      .rows.filter((row) => isHere(row, asOf) && row.profession !== 'it' && row.profession !== 'other')
    const known = new Set(asked.map((row) => row.person_id))
    const strangers = [...screened].filter((person) => !known.has(person)).length
    if (strangers * 2 > screened.size) return nothingToJudge('Most people who were screened are in no roster of users')
    const left = asked.filter((row) => !screened.has(row.person_id))
    const teams = teamCounts(asked, left).map(({ name, n }) =>
      fileCell('roster', `${name}: ${n === null ? 'not all screened' : `${n} not screened`}`),
    )
    const courses = openLines('screening', rows, (row) => {
      if (row.needed === 0) return `line ${row.line}, ${row.skill}: a mark of 0 tells nothing`
      return row.score < row.needed && row.extra_track === null ? `line ${row.line}, ${row.skill}: no course` : null
    })
    const words = `${below.length} of ${rows.length} tests are below the mark, ${courses.length} of them without a course; ${left.length === 0 ? 'every user was screened' : 'not every user was screened'}`
    return held(courses.length <= (thresholds.open ?? 0) && left.length === 0, {
      value: courses.length,
      of: below.length,
      threshold: thresholds.open ?? 0,
      words,
      cells: [...courses, ...teams],
    })
  },
}
