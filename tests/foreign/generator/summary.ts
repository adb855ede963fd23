/** What a series of migrations says together: how many are clean, recall and precision by kind, and the causes that cost most. */
import { damageKinds } from './damage-truth.ts'
import { falseRows, graveRows, isClean, isFound, run, type Verdict } from './harness.ts'
import { makeMigration } from './migration.ts'

interface Score {
  found: number
  planted: number
  readonly missed: string[]
}

export interface Summary {
  readonly seeds: number
  readonly clean: number
  readonly planted: number
  readonly found: number
  readonly rows: number
  readonly falseRows: number
  readonly kinds: ReadonlyMap<string, Readonly<Score>>
  /** Cause → seeds in which it stands. */
  readonly causes: ReadonlyMap<string, readonly number[]>
}

/** Places without the names that differ from one system to the next. */
function causeOf(verdict: Verdict): string[] {
  const causes = new Set(
    graveRows(verdict).map(({ code, place }) => `${code} · ${place.replace(/^.*→ /, '').replace(/\.where\([^)]*\)/g, '')}`),
  )
  if (verdict.unaccounted > 0) causes.add('unaccounted')
  if (verdict.unexplained > 0) causes.add('unexplained')
  for (const problem of verdict.problems) causes.add(`not followed · ${problem.replace(/^[^:]*: /, '').slice(0, 120)}`)
  return [...causes]
}

export async function summarise(seeds: readonly number[]): Promise<Summary> {
  const kinds = new Map(damageKinds.map((kind): [string, Score] => [kind, { found: 0, planted: 0, missed: [] }]))
  const causes = new Map<string, number[]>()
  const sum = { clean: 0, planted: 0, found: 0, rows: 0, falseRows: 0 }
  for (const seed of seeds) {
    const made = makeMigration(seed)
    const clean = await run(made, made.clean)
    if (isClean(clean)) sum.clean++
    for (const cause of isClean(clean) ? [] : causeOf(clean)) causes.set(cause, [...(causes.get(cause) ?? []), seed])
    const damaged = await run(made, made.damaged)
    const wrong = falseRows(made, damaged)
    sum.rows += graveRows(damaged).length
    sum.falseRows += wrong.length
    for (const damage of made.damages) {
      const score = kinds.get(damage.kind)
      if (!score) continue
      const found = isFound(damage, damaged)
      score.planted++
      sum.planted++
      if (found) score.found++
      if (found) sum.found++
      else score.missed.push(String(seed))
    }
  }
  return { seeds: seeds.length, ...sum, kinds, causes }
}

const percent = (part: number, of: number): string => (of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`)

/** Lines for a person, the figures first. */
export function summaryText(summary: Summary): string {
  const { seeds, clean, planted, found, rows, falseRows: wrong, kinds, causes } = summary
  const worst = [...causes].sort((a, b) => b[1].length - a[1].length).slice(0, 12)
  return [
    `FOREIGN clean with 0 unaccounted, 0 critical and 0 error: ${clean} of ${seeds}`,
    `FOREIGN recall ${percent(found, planted)} (${found} of ${planted}), precision ${percent(rows - wrong, rows)} (${rows - wrong} of ${rows} rows)`,
    `FOREIGN by kind: ${[...kinds].map(([kind, one]) => `${kind} ${one.found}/${one.planted}`).join(', ')}`,
    ...worst.map(
      ([cause, where]) => `FOREIGN cause in ${where.length} clean ones: ${cause} (seeds ${where.slice(0, 6).join(', ')})`,
    ),
  ].join('\n')
}
