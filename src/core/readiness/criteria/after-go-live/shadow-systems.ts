/** Items 38 and 70: exports, prints and paper come back when the system does not carry the work; month against the months before. */
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const shadowSystems: Criterion<'events'> = {
  code: 'readiness/shadow-systems',
  items: [38],
  phase: 'after-go-live',
  severity: 'error',
  title: 'Work moves back to spreadsheets and paper',
  why: '"Spreadsheets quietly return": exports and prints that grow are the first sign that the record is no longer the record.',
  remedy: 'Ask the departments listed what they keep outside, and mend what drove them there.',
  needs: ['events'],
  thresholds: { mostGrowth: 1.5, leastMonths: 3 },
  maxAgeDays: 45,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('events')
    if (rows.every(({ action, medium }) => action === null && medium === null))
      return nothingToJudge('No event says what kind of action it was (columns action, medium)')
    const months = [...new Set(rows.map((row) => row.timestamp.text.slice(0, 7)))].sort()
    const least = thresholds.leastMonths ?? 3
    if (months.length < least) return nothingToJudge(`Use of ${months.length} months is listed; ${least} are needed to compare`)
    const last = months.at(-1) ?? ''
    const counts = new Map<string, Map<string, { out: number; all: number }>>()
    for (const row of rows) {
      const department = row.department ?? 'no department'
      const own = counts.get(department) ?? new Map<string, { out: number; all: number }>()
      counts.set(department, own)
      const month = row.timestamp.text.slice(0, 7)
      const count = own.get(month) ?? { out: 0, all: 0 }
      own.set(month, { out: count.out + (isOut(row) ? 1 : 0), all: count.all + 1 })
    }
    const most = thresholds.mostGrowth ?? 1.5
    const judged = [...counts].flatMap(([department, own]) => {
      const before = months.slice(0, -1).map((month) => own.get(month) ?? { out: 0, all: 0 })
      const [out, all] = [before.reduce((sum, each) => sum + each.out, 0), before.reduce((sum, each) => sum + each.all, 0)]
      const now = own.get(last) ?? { out: 0, all: 0 }
      if (all === 0 || now.all === 0) return []
      const expected = (out / all) * now.all
      // A Poisson count this far above what is expected is no chance (about 1 in 100).
      const grown = now.out > expected * most && now.out > expected + 2.33 * Math.sqrt(expected) + 1
      return [{ department, now, expected, grown }]
    })
    if (judged.length === 0) return nothingToJudge('No department has use in both the last month and those before')
    const cells = judged
      .filter(({ grown }) => grown)
      .map(
        ({ department, now, expected }): Cell => ({
          name: `${department}: ${now.out} exports, prints or paper steps in ${last}, ${Math.round(expected)} expected`,
          route: '/readiness/inputs?kind=events',
        }),
      )
    return {
      state: cells.length === 0 ? 'proven' : 'failed',
      value: judged.length - cells.length,
      of: judged.length,
      threshold: judged.length,
      words: `${judged.length - cells.length} of ${judged.length} departments export and print no more than before`,
      cells,
    }
  },
}

function isOut(row: { readonly action: string | null; readonly medium: string | null }): boolean {
  return row.action === 'export' || row.action === 'print' || /^(paper|spreadsheet|fax)$/i.test(row.medium ?? '')
}
