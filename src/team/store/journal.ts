/**
 * The journal of the embedded database: each transaction one line, synced before anybody is told. PGlite syncs nothing, so this file is what
 * survives a power cut. A line is the first 16 digits of its digest, a space and `[number, scope, [[statement, values]…]]`.
 */

import { hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Json } from '../../core/canonical.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'
import { type Scope, type Step, StorageProblem, type Value } from './database.ts'
import { isStatementName } from './statements.ts'

export interface Written {
  readonly number: number
  readonly scope: Scope
  readonly steps: readonly Step[]
}

const digits = 16
const fileName = /^journal-(\d{12})\.jsonl$/

/** Files are named by the number of their first transaction. */
function nameOf(first: number): string {
  return `journal-${String(first).padStart(12, '0')}.jsonl`
}

export async function journalFiles(folder: string): Promise<readonly { readonly path: string; readonly first: number }[]> {
  const names = await readdir(folder)
  return names
    .flatMap((name) => {
      const first = fileName.exec(name)?.[1]
      return first === undefined ? [] : [{ path: join(folder, name), first: Number(first) }]
    })
    .sort((a, b) => a.first - b.first)
}

export class Journal {
  readonly #folder: string
  #file: FileHandle
  #next: number
  #bytes = 0
  /** A write failed: behind the bytes that count there may be others. */
  #isTorn = false

  private constructor(folder: string, file: FileHandle, next: number) {
    this.#folder = folder
    this.#file = file
    this.#next = next
  }

  /** Opens the last file for more; `next` is the number of the next transaction. A torn last line is cut off: nobody was told of it. */
  static async open(folder: string): Promise<Journal> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const last = (await journalFiles(folder)).at(-1)
    if (!last) return new Journal(folder, await begin(folder, 1), 1)
    const { next, end } = await endOf(last.path, last.first)
    await truncate(last.path, end)
    const file = await open(last.path, 'a')
    await file.datasync()
    const journal = new Journal(folder, file, next)
    journal.#bytes = end
    return journal
  }

  get next(): number {
    return this.#next
  }

  /** Bytes of the file that is written now. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * On disk when it resolves. The transactions get consecutive numbers; the first is given back. What fails, as on a full disk, leaves
   * nothing that counts, and the next write is tried anew.
   */
  async write(transactions: readonly { readonly scope: Scope; readonly steps: readonly Step[] }[]): Promise<number> {
    const first = this.#next
    const text = transactions.map(({ scope, steps }, index) => lineOf({ number: first + index, scope, steps })).join('')
    const bytes = Buffer.from(text)
    await this.mend()
    try {
      await this.#file.appendFile(bytes)
      await this.#file.datasync()
    } catch (error) {
      this.#isTorn = true
      await this.mend().catch(() => undefined)
      throw error
    }
    this.#next += transactions.length
    this.#bytes += bytes.length
    return first
  }

  /** Cuts off what a write left that failed: nobody was told of it. */
  async mend(): Promise<void> {
    if (!this.#isTorn) return
    await this.#file.truncate(this.#bytes)
    await this.#file.datasync()
    this.#isTorn = false
  }

  /** Goes on in a new file. */
  async turn(): Promise<void> {
    // What is behind the bytes that count would be in the midst of the journal then.
    await this.mend()
    if (this.#bytes === 0) return
    const file = await begin(this.#folder, this.#next)
    await this.#file.close()
    this.#file = file
    this.#bytes = 0
  }

  /** Takes files away that hold nothing from `number` on. */
  async forgetBefore(number: number): Promise<void> {
    const files = await journalFiles(this.#folder)
    for (const [index, { path }] of files.entries()) {
      const following = files[index + 1]
      if (following && following.first <= number) await rm(path)
    }
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

async function begin(folder: string, first: number): Promise<FileHandle> {
  const path = join(folder, nameOf(first))
  const file = await open(path, 'ax', 0o600)
  try {
    await syncFolder(folder)
  } catch (error) {
    // Else its name is taken when it is tried again.
    await file.close()
    await rm(path, { force: true })
    throw error
  }
  return file
}

/** A new name is on disk once its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Transactions from number `from` on. @throws {StorageProblem} where one is missing or was changed. */
export async function* readJournal(folder: string, from: number): AsyncGenerator<Written> {
  const files = await journalFiles(folder)
  const start = files.findLastIndex(({ first }) => first <= from)
  const [begun] = files
  if (start < 0 && begun && from < begun.first)
    throw new StorageProblem(
      `The journal in ${folder} begins at transaction ${begun.first}, and ${from} is needed. Restore the last backup with carryover team restore.`,
    )
  let next = files[Math.max(0, start)]?.first ?? from
  for (const { path, first } of files.slice(Math.max(0, start))) {
    if (first !== next)
      throw new StorageProblem(
        `The journal lacks transactions ${next} to ${first - 1}. Restore the last backup with carryover team restore.`,
      )
    for await (const written of linesOf(path, first)) {
      if (written.number >= from) yield written
      next = written.number + 1
    }
  }
}

async function* linesOf(path: string, first: number): AsyncGenerator<Written> {
  let number = first
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) {
    const written = readLine(line)
    if (written?.number !== number)
      throw new StorageProblem(
        `Line ${number - first + 1} of ${path} was changed or is torn. Restore the last backup with carryover team restore.`,
      )
    yield written
    number++
  }
}

/** Where the whole lines of a file end. Only the last lines may be torn: a broken one with whole ones after it is damage. */
async function endOf(path: string, first: number): Promise<{ readonly next: number; readonly end: number }> {
  let number = first
  let end = 0
  let at = 0
  let torn = false
  for await (const { line, length } of rawLines(path)) {
    at += length
    const written = line === null ? null : readLine(line)
    if (written?.number === number && !torn) {
      number++
      end = at
    } else if (written !== null && torn)
      throw new StorageProblem(
        `A line of ${path} was changed: line ${number - first + 1} can not be read, and whole ones follow. Restore the last backup with carryover team restore.`,
      )
    else torn = true
  }
  return { next: number, end }
}

/** Lines with their length in bytes, line end included; null for a last one without its end. */
async function* rawLines(path: string): AsyncGenerator<{ readonly line: string | null; readonly length: number }> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    let block = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    for (let stop = block.indexOf(10); stop >= 0; stop = block.indexOf(10)) {
      yield { line: block.toString('utf8', 0, stop), length: stop + 1 }
      block = block.subarray(stop + 1)
    }
    rest = block
  }
  if (rest.length > 0) yield { line: null, length: rest.length }
}

function lineOf({ number, scope, steps }: Written): string {
  const body = JSON.stringify([number, scope, steps.map(({ name, values }) => [name, values.map(written)])])
  return `${hash('sha256', body, 'hex').slice(0, digits)} ${body}\n`
}

function written(value: Value): Json {
  return value instanceof Uint8Array ? { b: Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64') } : value
}

function readLine(line: string): Written | null {
  const body = line.slice(digits + 1)
  if (line[digits] !== ' ' || hash('sha256', body, 'hex').slice(0, digits) !== line.slice(0, digits)) return null
  const parsed = parseJson(body)
  if (!parsed.ok || !Array.isArray(parsed.value)) return null
  const [number, scope, steps]: readonly Json[] = parsed.value
  if (typeof number !== 'number' || !(scope === null || typeof scope === 'string') || !Array.isArray(steps)) return null
  return { number, scope, steps: steps.map(readStep) }
}

function readStep(step: Json): Step {
  const [name, values]: readonly Json[] = Array.isArray(step) ? step : []
  if (typeof name !== 'string' || !isStatementName(name) || !Array.isArray(values))
    throw new StorageProblem(
      `The journal names the statement ${String(name)}, which this version does not know. Start a newer Carryover.`,
    )
  return { name, values: values.map(readValue) }
}

function readValue(value: Json): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (isMembers(value) && typeof value.b === 'string') return new Uint8Array(Buffer.from(value.b, 'base64'))
  throw new StorageProblem('The journal holds a value that no statement takes.')
}
