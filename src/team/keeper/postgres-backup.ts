/** Backup and restore beside PostgreSQL: its own `pg_dump` and `pg_restore`, and the files and keys of the server's folder. */
import { spawn } from 'node:child_process'
import { chmod, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StorageProblem } from '../store/database.ts'
import { copySynced, filesBelow, isEmptyFolder } from './folder-files.ts'

const dumpName = 'database.dump'

/** Says how many objects and rows of tables the dump lists when it is read back. */
export async function backUpPostgres(url: string, schema: string, folder: string, to: string): Promise<number> {
  if (!(await isEmptyFolder(to))) throw new StorageProblem(`${to} is not empty. Name a new folder for each backup.`)
  await mkdir(to, { recursive: true, mode: 0o700 })
  await chmod(to, 0o700)
  await run('pg_dump', ['--format=custom', `--schema=${schema}`, `--file=${join(to, dumpName)}`], url)
  for (const path of [...(await filesBelow(folder, 'keys')), ...(await filesBelow(folder, 'blobs'))])
    await copySynced(folder, to, path)
  const list = await run('pg_restore', ['--list', join(to, dumpName)])
  const tables = list.split('\n').filter((line) => line.includes(' TABLE DATA ')).length
  if (tables === 0) throw new StorageProblem(`The dump in ${to} lists no table. Take the backup again.`)
  return tables
}

/** Into a database that has no such tables yet. */
export async function restorePostgres(url: string, from: string, folder: string): Promise<void> {
  if (!(await isEmptyFolder(folder)))
    throw new StorageProblem(`${folder} is not empty. Move it away first; nothing is overwritten.`)
  if ((await readFile(join(from, dumpName)).catch(() => null)) === null)
    throw new StorageProblem(`${from} is no backup: it has no ${dumpName}.`)
  const role = 'do $$ begin create role carryover_rows nologin; exception when duplicate_object then null; end $$'
  await run('psql', ['--quiet', '--command', role], url)
  await run('pg_restore', ['--exit-on-error', '--single-transaction', '--no-owner', join(from, dumpName)], url)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const path of [...(await filesBelow(from, 'keys')), ...(await filesBelow(from, 'blobs'))])
    await copySynced(from, folder, path)
}

/** Everybody on the machine sees the words of a program: a password goes by its environment. */
export function withoutPassword(url: string): { readonly words: string; readonly environment: Readonly<Record<string, string>> } {
  const parts = URL.canParse(url) ? new URL(url) : null
  const password = decodeURIComponent(parts?.password ?? '')
  if (!parts || password === '') return { words: url, environment: {} }
  parts.password = ''
  return { words: parts.href, environment: { PGPASSWORD: password } }
}

/** `url`: the database that the program works on; null where it needs none. */
function run(program: string, words: readonly string[], url: string | null = null): Promise<string> {
  return new Promise((resolve, reject) => {
    const named = url === null ? null : withoutPassword(url)
    const child = spawn(program, [...(named ? [`--dbname=${named.words}`] : []), ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...named?.environment },
    })
    let out = ''
    let wrong = ''
    child.stdout.on('data', (chunk) => {
      out += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      wrong += String(chunk)
    })
    child.on('error', () =>
      reject(new StorageProblem(`${program} is not installed here. It comes with the client tools of PostgreSQL.`)),
    )
    child.on('close', (code) => {
      if (code === 0) resolve(out)
      else reject(new StorageProblem(`${program} failed: ${wrong.trim().split('\n').at(0) ?? code}`))
    })
  })
}
