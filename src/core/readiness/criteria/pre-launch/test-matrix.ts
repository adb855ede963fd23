/** Item 58: four levels of testing in five areas: each cell has tests, they ran on the newest version, and the last run of each passed. */

import { testAreas, testLevels } from '../../input-files/files.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'
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
  examples: {
    flags: [
      {
        name: 'no load test of downtime',
        // 4 levels × 5 areas are 20; one is empty.
        value: 19,
        evidence: { tests: exampleFile('tests', matrix(['load downtime'])) },
      },
      {
        name: 'one test failed in its last run',
        value: 19,

        evidence: { tests: exampleFile('tests', `${matrix([])}unit order-entry,unit,order-entry,2026-10-22T10:00:00Z,fail\n`) },
      },
      {
        name: 'a failed test was skipped the next day',
        value: 19,
        evidence: {
          tests: exampleFile(
            'tests',
            `${matrix([])}unit order-entry,unit,order-entry,2026-10-22T10:00:00Z,fail\nunit order-entry,unit,order-entry,2026-10-23T10:00:00Z,skipped\n`,
          ),
        },
      },
      {
        name: 'one run says fail and pass of the same test',
        value: 19,
        evidence: {
          tests: exampleFile(
            'tests',
            `${matrix([])}unit order-entry,unit,order-entry,2026-10-22T10:00:00Z,fail\nunit order-entry,unit,order-entry,2026-10-22T10:00:00Z,pass\n`,
          ),
        },
      },
      {
        name: 'a load test passed with 99 errors of 100, another one answered within ten minutes',
        value: 18,
        evidence: {
          tests: exampleFile(
            'tests',
            `${matrix(['load order-entry', 'load reporting']).replace('result\n', 'result,build,error_rate,p95_ms\n')}a,load,order-entry,2026-10-20T10:00:00Z,pass,,0.99,900\nb,load,reporting,2026-10-20T10:00:00Z,pass,,0,600000\n`,
          ),
        },
      },
      {
        name: 'ninety-nine of a hundred tests of one cell were skipped',
        value: 19,
        evidence: { tests: exampleFile('tests', `${matrix([])}${skippedTests(99)}`) },
      },
      {
        name: 'only one cell was tested on the newest version',
        value: 1,
        evidence: {
          tests: exampleFile('tests', `${matrix([], '41')}unit order-entry,unit,order-entry,2026-10-22T10:00:00Z,pass,42\n`),
        },
      },
    ],
    passes: [
      {
        // Four of twenty-four are 17 %, a fifth may be left out.
        name: 'a few tests are left out, which the words say',
        value: 20,
        evidence: { tests: exampleFile('tests', `${matrix([])}${passedTests(19)}${skippedTests(4)}`) },
      },
      {
        name: 'all twenty cells passed, one after a failure',
        value: 20,

        evidence: { tests: exampleFile('tests', `${matrix([])}unit order-entry,unit,order-entry,2026-10-19T10:00:00Z,fail\n`) },
      },
    ],
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

function matrix(without: readonly string[], build: string | null = null): string {
  const cells = testLevels.flatMap((level) => testAreas.map((area) => [level, area] as const))
  const version = build === null ? '' : `,${build}`
  const rows = cells
    .filter(([level, area]) => !without.includes(`${level} ${area}`))
    .map(([level, area]) => `${level} ${area},${level},${area},2026-10-20T10:00:00Z,pass${version}`)
  return `test_id,level,area,run_at,result${build === null ? '' : ',build'}\n${rows.join('\n')}\n`
}

function passedTests(count: number): string {
  return Array.from({ length: count }, (_, n) => `good ${n},unit,order-entry,2026-10-20T10:00:00Z,pass\n`).join('')
}

function skippedTests(count: number): string {
  return Array.from({ length: count }, (_, n) => `left ${n},unit,order-entry,2026-10-20T10:00:00Z,skipped\n`).join('')
}
