/** Both databases for tests: each test file gets a folder or a schema of its own, and takes it away afterwards. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe } from 'vitest'
import type { Database } from '../../src/team/store/database.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { PostgresDatabase } from '../../src/team/store/postgres.ts'

/** By name or by the standard port of this machine; null where none answers. */
export const postgresUrl: string | null = await findPostgres()

async function findPostgres(): Promise<string | null> {
  const named = process.env.DATABASE_URL
  const candidates = named === undefined ? ['postgresql://postgres@127.0.0.1:5432/postgres'] : [named]
  for (const url of candidates) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
    try {
      await client.connect()
      await client.end()
      return url
    } catch {
      await client.end().catch(() => undefined)
    }
  }
  return null
}

export interface TestPlace {
  readonly kind: Database['kind']
  /** Folder of the server's own files. */
  readonly folder: string
  readonly url: string | null
  readonly schema: string
  open(): Promise<Database>
}

/** A place for a database that nobody else uses. */
export function newPlace(kind: Database['kind']): TestPlace {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-team-'))
  const schema = `team_${randomBytes(6).toString('hex')}`
  const url = kind === 'embedded' ? null : postgresUrl
  return {
    kind,
    folder,
    url,
    schema,
    open: async () => {
      if (url === null) return EmbeddedDatabase.open({ folder })
      await execute(url, `create schema if not exists ${schema}`)
      return PostgresDatabase.open({ url, schema })
    },
  }
}

export async function execute(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

export async function dropPlace(place: TestPlace): Promise<void> {
  if (place.url !== null) await execute(place.url, `drop schema if exists ${place.schema} cascade`)
  rmSync(place.folder, { recursive: true, force: true })
}

/** The same tests on both; without a PostgreSQL its half is skipped by name. */
export function onBoth(name: string, tests: (newOne: () => TestPlace) => void): void {
  for (const kind of ['embedded', 'postgresql'] as const)
    describe.skipIf(kind === 'postgresql' && postgresUrl === null)(`${name} (${kind})`, () => {
      const places: TestPlace[] = []
      afterAll(async () => {
        for (const place of places) await dropPlace(place)
      })
      tests(() => {
        const place = newPlace(kind)
        places.push(place)
        return place
      })
    })
}
