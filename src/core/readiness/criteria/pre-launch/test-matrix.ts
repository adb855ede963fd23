/** Item 58: four levels of testing in five areas: each cell has tests, they ran on the newest version, and the last run of each passed. */

import { testAreas, testLevels } from '../../input-files/files.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { newestBuild, type TestStanding, testStandings } from '../shared/test-results.ts'

export const testMatrix: Criterion<'tests'> = {
  code: 'readiness/test-matrix',
  items: [58],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Parts of the system were not tested, or failed',
  why: '"Unit testing, integration testing, interface testing, and system stress or load testing": the cell nobody tested is tested by patients.',
  remedy: 'Run the tests of each cell listed until their last result passes.',
  needs: ['tests'],
  thresholds: { open: 0, mostSkippedPercent: 20, mostErrorPercent: 1, mostP95Ms: 5000 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('tests')
    if (rows.length === 0) return nothingToJudge('No test result is listed')
    const standings = testStandings(rows, thresholds)
    const build = newestBuild(rows)
    const mostSkipped = thresholds.mostSkippedPercent ?? 20
    const cells: Cell[] = []
    for (const level of testLevels)
      for (const area of testAreas) {
        const own = standings.filter(({ row }) => row.level === level && row.area === area)
        const offending = cellOf(own, build, mostSkipped)
        if (offending) cells.push({ ...offending, name: `${level}, ${area.replace('-', ' ')}: ${offending.name}` })
      }
    const of = testLevels.length * testAreas.length
    const open = thresholds.open ?? 0
    const holds = cells.length <= open
    const skipped = standings.filter(({ skippedLast }) => skippedLast).length
    return {
      state: holds ? 'proven' : 'failed',
      value: of - cells.length,
      of,
      threshold: of - open,
      words: `${of - cells.length} of ${of} cells of level and area tested and passed${build === null ? '' : ` on version ${build}`}; ${skipped} of ${standings.length} tests were skipped last`,
      cells: holds ? [] : cells,
    }
  },
}

/** What is wrong with a cell, in words without its name; null where nothing is. */
function cellOf(own: readonly TestStanding[], build: string | null, mostSkipped: number): Cell | null {
  const where = (row: TestStanding['row'] | undefined): string =>
    row ? `/readiness/inputs?kind=tests&line=${row.line}` : '/readiness/inputs?kind=tests'
  const of = (state: TestStanding['state']): readonly TestStanding[] => own.filter((each) => each.state === state)
  const [failed, old, skipped] = [of('fail'), of('old'), of('skipped')]
  if (own.length === 0) return { name: 'no test', route: where(undefined) }
  const parts = [
    ...(failed.length > 0 ? [`${failed.length} of ${own.length} failed`] : []),
    ...(old.length > 0 ? [`${old.length} of ${own.length} not run on version ${build}`] : []),
    ...(skipped.length === own.length || skipped.length * 100 > mostSkipped * own.length
      ? [`${skipped.length} of ${own.length} skipped`]
      : []),
  ]
  return parts.length === 0 ? null : { name: parts.join(', '), route: where((failed[0] ?? old[0] ?? skipped[0])?.row) }
}
