/** Item 35: everybody below the mark of the skills test has an additional course. */
import { type Criterion, nothingToJudge } from '../criterion.ts'
import { exampleFile } from './example-evidence.ts'
import { held, openLines } from './lines.ts'

export const skillsScreening: Criterion<'screening'> = {
  code: 'readiness/skills-screening',
  items: [35],
  phase: 'training',
  severity: 'warning',
  title: 'Weak computer skills have no extra course',
  why: 'Without "assessing staff PC and keyboarding skills" the course on the new system becomes one on the keyboard.',
  remedy: 'Book the additional course for each line listed before the training by role begins.',
  needs: ['screening'],
  thresholds: { open: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('screening')
    if (rows.length === 0) return nothingToJudge('Nobody was screened')
    const below = rows.filter((row) => row.score < row.needed)
    const cells = openLines('screening', rows, (row) => {
      if (row.needed === 0) return `line ${row.line}, ${row.skill}: a mark of 0 tells nothing`
      return row.score < row.needed && row.extra_track === null ? `line ${row.line}, ${row.skill}: no course` : null
    })
    const words = `${below.length} of ${rows.length} tests are below the mark, ${cells.length} of them without a course`
    return held(cells.length <= (thresholds.open ?? 0), {
      value: cells.length,
      of: below.length,
      threshold: thresholds.open ?? 0,
      words,
      cells,
    })
  },
  examples: {
    flags: [
      {
        name: 'one of two below the mark has no course',
        value: 1,
        evidence: { screening: screened('1,keyboard,4,6,\n2,keyboard,5,6,Basics') },
      },
    ],
    passes: [
      {
        name: 'the mark itself is enough',
        value: 0,
        evidence: { screening: screened('1,keyboard,6,6,\n2,keyboard,5,6,Basics') },
      },
    ],
  },
}

function screened(lines: string) {
  return exampleFile('screening', `person_id,skill,score,needed,extra_track\n${lines}\n`)
}
