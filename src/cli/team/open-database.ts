/** The database of a server: PostgreSQL where DATABASE_URL names one, else the embedded one in the folder. */
import type { Database } from '../../team/store/database.ts'
import { EmbeddedDatabase } from '../../team/store/embedded.ts'
import { PostgresDatabase } from '../../team/store/postgres.ts'

export function databaseUrl(): string | null {
  const url = process.env.DATABASE_URL
  return url === undefined || url === '' ? null : url
}

export async function openDatabase(folder: string, say: (sentence: string) => void): Promise<Database> {
  const url = databaseUrl()
  if (url === null) return EmbeddedDatabase.open({ folder, say })
  const schema = process.env.DATABASE_SCHEMA
  return PostgresDatabase.open({ url, ...(schema === undefined ? {} : { schema }) })
}
