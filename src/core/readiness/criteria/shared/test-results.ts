/** The result of each test as it stands: its last run on the newest version, the worst result of that run. */
import type { EvidenceOf } from '../../model/artifact.ts'
import type { Thresholds } from '../../model/criterion.ts'

type TestRow = EvidenceOf['tests']['rows'][number]

/** A pass of a test that answered too late or with too many errors is none. */
export function beyondLimits({ error_rate, p95_ms }: TestRow, { mostErrorPercent = 1, mostP95Ms = 5000 }: Thresholds): boolean {
  return (error_rate ?? 0) * 100 > mostErrorPercent || (p95_ms ?? 0) > mostP95Ms
}

export interface TestStanding {
  readonly row: TestRow
  /** `old`: never ran on the newest version. `skipped`: never ran at all. */
  readonly state: 'pass' | 'fail' | 'old' | 'skipped'
  /** True where the last mention of the test is that it was skipped. */
  readonly skippedLast: boolean
}

/** The version that was tested last; null where no line names one. */
export function newestBuild(rows: readonly TestRow[]): string | null {
  let newest: TestRow | null = null
  for (const row of rows) if (row.build !== null && (newest === null || row.run_at.at >= newest.run_at.at)) newest = row
  return newest?.build ?? null
}

/**
 * One standing for each test, level and area, in the order of the file. Lines of one moment are one run, of which the worst counts;
 * a skipped test keeps the result it had before, so leaving out a failing one mends nothing. Lines without a version count for every one.
 */
export function testStandings(said: readonly TestRow[], limits: Thresholds): readonly TestStanding[] {
  const rows = said.map((row) => (row.result === 'pass' && beyondLimits(row, limits) ? { ...row, result: 'fail' as const } : row))
  const build = newestBuild(rows)
  const tests = new Map<string, TestRow[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.test_id, row.level, row.area])
    const own = tests.get(key)
    if (own) own.push(row)
    else tests.set(key, [row])
  }
  return [...tests.values()].map((own) => standingOf(own, build))
}

function standingOf(own: readonly TestRow[], build: string | null): TestStanding {
  const newest = own.reduce((held, row) => (row.run_at.at > held.run_at.at ? row : held))
  const skippedLast = own.every((row) => row.run_at.at < newest.run_at.at || row.result === 'skipped')
  const ran = own.filter((row) => row.result !== 'skipped')
  if (ran.length === 0) return { row: newest, state: 'skipped', skippedLast }
  const current = ran.filter((row) => row.build === null || row.build === build)
  const last = worstOfLastRun(current.length > 0 ? current : ran)
  if (last.result !== 'pass') return { row: last, state: 'fail', skippedLast }
  return { row: last, state: current.length > 0 ? 'pass' : 'old', skippedLast }
}

function worstOfLastRun(rows: readonly TestRow[]): TestRow {
  return rows.reduce((held, row) => {
    if (row.run_at.at !== held.run_at.at) return row.run_at.at > held.run_at.at ? row : held
    return held.result === 'pass' ? row : held
  })
}
