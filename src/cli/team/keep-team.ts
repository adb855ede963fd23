/** What the keeper of a server does with its data: move, backup, restore, doctor. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { backUp, restore } from '../../team/keeper/backup.ts'
import { examine } from '../../team/keeper/doctor.ts'
import { type Holding, holdingText } from '../../team/keeper/holdings.ts'
import { moveAll } from '../../team/keeper/move.ts'
import { backUpPostgres, restorePostgres } from '../../team/keeper/postgres-backup.ts'
import { EmbeddedDatabase } from '../../team/store/embedded.ts'
import { PostgresDatabase } from '../../team/store/postgres.ts'
import { printOut } from '../shell/print.ts'
import { UsageError } from '../shell/usage-error.ts'
import { databaseUrl, openDatabase } from './open-database.ts'

export const acts = ['move', 'backup', 'restore', 'doctor'] as const
export type Act = (typeof acts)[number]

export async function keepTeam(act: Act, data: string, place: string | undefined): Promise<number> {
  switch (act) {
    case 'move':
      return move(data)
    case 'backup':
      return backup(data, needed(act, place))
    case 'restore':
      return bringBack(data, needed(act, place))
    case 'doctor':
      return doctor(data)
  }
}

function needed(act: Act, place: string | undefined): string {
  if (place !== undefined) return place
  throw new UsageError(`team ${act} asks for a folder: carryover team ${act} <folder> --data <folder>.`)
}

function out(line: string): void {
  printOut(`${line}\n`)
}

async function move(data: string): Promise<number> {
  const url = databaseUrl()
  if (url === null) throw new UsageError('DATABASE_URL is missing; it names the PostgreSQL to move to.')
  if (!existsSync(join(data, 'journal'))) throw new UsageError(`--data got "${data}"; there is no embedded database in it.`)
  const from = await EmbeddedDatabase.open({ folder: data, say: out })
  try {
    const schema = process.env.DATABASE_SCHEMA
    const to = await PostgresDatabase.open({ url, ...(schema === undefined ? {} : { schema }) })
    try {
      const moved = await moveAll(from.plain, to.plain, out)
      out(`${moved.reduce((sum, { rows }) => sum + rows, 0)} rows were moved and are the same on both sides.`)
      out(
        `From now on start with DATABASE_URL and the same --data: files and keys stay there. Keep ${join(data, 'journal')} until you trust the new one.`,
      )
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
  return 0
}

async function backup(data: string, to: string): Promise<number> {
  const url = databaseUrl()
  if (url === null) say(await backUp(data, to))
  else out(`${await backUpPostgres(url, process.env.DATABASE_SCHEMA ?? 'public', data, to)} tables are in the dump.`)
  out(`The backup lies in ${to} and was read back. It holds keys of the server: keep it as safe as the server.`)
  return 0
}

async function bringBack(data: string, from: string): Promise<number> {
  const url = databaseUrl()
  if (url === null) say(await restore(from, data))
  else await restorePostgres(url, from, data)
  out(`${data} is restored from ${from}. Browsers that have seen more say so, and send what the backup lacks.`)
  return 0
}

function say(holdings: readonly Holding[]): void {
  for (const holding of holdings) out(holdingText(holding))
}

async function doctor(data: string): Promise<number> {
  let faults = 0
  for await (const { ok, what } of examine(data, () => openDatabase(data, () => undefined))) {
    if (!ok) faults++
    out(`${ok ? 'ok     ' : 'FAILED '} ${what}`)
  }
  out(faults === 0 ? 'All is well.' : `${faults} ${faults === 1 ? 'thing needs' : 'things need'} somebody.`)
  return faults === 0 ? 0 : 1
}
