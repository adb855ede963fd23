/** What the journal holds, done in PGlite: with its number, so that a start knows where to go on. */
import { errorWords } from '../../core/values/error-words.ts'
import { Conflict, type Row, type Scope, type Step, StorageProblem } from './database.ts'
import type { Inside, LiteSession } from './lite-session.ts'
import { statementOf } from './statements.ts'

export interface Work {
  readonly scope: Scope
  readonly steps: readonly Step[]
}

export async function applyAll(
  session: LiteSession,
  first: number,
  group: readonly Work[],
): Promise<readonly (readonly (readonly Row[])[])[] | null> {
  try {
    return await session.transaction(
      async (inside) => {
        const rows: (readonly (readonly Row[])[])[] = []
        for (const work of group) rows.push(await runSteps(inside, work))
        return rows
      },
      applied(first + group.length - 1),
    )
  } catch (error) {
    if (error instanceof Conflict || isRefusedByDatabase(error)) return null
    throw error
  }
}

/** What it gives, or why the database refused it; refused again when the journal is read again. */
export async function applyOne(session: LiteSession, number: number, work: Work): Promise<readonly (readonly Row[])[] | Error> {
  try {
    return await session.transaction((inside) => runSteps(inside, work), applied(number))
  } catch (error) {
    if (!(error instanceof Conflict || isRefusedByDatabase(error))) throw error
    await session.transaction(async () => undefined, applied(number))
    return error instanceof Error ? error : new StorageProblem(errorWords(error))
  }
}

async function runSteps(inside: Inside, { scope, steps }: Work): Promise<readonly (readonly Row[])[]> {
  const rows: (readonly Row[])[] = []
  for (const { name, values } of steps) {
    const { sql, must } = statementOf(name)
    const given = await inside.run(scope, sql, values)
    if (must && given.length === 0) throw new Conflict(name)
    rows.push(given)
  }
  return rows
}

function applied(number: number): string {
  return `update applied set number = ${number}`
}

/** An error of PostgreSQL about the statement (a constraint, a right, a value): it says no. Of resources, systems and itself: it is broken. */
export function isRefusedByDatabase(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(?!53|57|58|XX)[0-9A-Z]{5}$/.test(error.code)
  )
}
