/** What `map` and `reconcile` read: a project, or files of both sides with a field map. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { identityMapping, type KeyChoice, type TableHeader } from '../../../core/data/crosswalk/mapping/identity-mapping.ts'
import { fieldsPath, type Mapping, readMapping } from '../../../core/data/crosswalk/mapping/mapping.ts'
import { openSides } from '../../../core/data/crosswalk/plan/open-sides.ts'
import type { PairSource } from '../../../core/data/crosswalk/plan/sides.ts'
import type { ReadingChoices, Side } from '../../../core/data/model/source.ts'
import { openTable } from '../../../core/data/read/table.ts'
import { readProject } from '../../../io/store/store-node.ts'
import { openInputs } from '../../inputs/data-inputs.ts'
import { InputError, UsageError } from '../../shell/usage-error.ts'

export interface CrosswalkInputs {
  readonly inputs: readonly PairSource[]
  readonly paths: readonly string[]
  readonly mapping: Mapping
}

export interface CrosswalkNames {
  /** A project folder or `.carryover` file. */
  readonly project?: string
  /** Where its files lie, where that is not the project. */
  readonly sources?: string
  readonly legacy: readonly string[]
  readonly target: readonly string[]
  readonly mapping?: string
  readonly key: readonly string[]
}

/** Opens both sides and the field map; the flags win over the project. */
export async function crosswalkInputs(names: CrosswalkNames, reading: ReadingChoices): Promise<CrosswalkInputs> {
  const { project, legacy, target, key } = names
  if (project === undefined && legacy.length === 0)
    throw new UsageError('No input was given; name a project, or files with --legacy.')
  const opened = project === undefined ? { inputs: [], paths: [] } : await openInputs([project], reading, names.sources)
  const sides = await Promise.all([sideInputs(legacy, 'legacy', reading), sideInputs(target, 'target', reading)])
  const replaced = new Set<Side>([
    ...(legacy.length > 0 ? (['legacy'] as const) : []),
    ...(target.length > 0 ? (['target'] as const) : []),
  ])
  const kept = opened.inputs.flatMap((input, i) =>
    input.side !== null && replaced.has(input.side) ? [] : [{ input, path: opened.paths[i] ?? '' }],
  )
  const inputs = [...kept.map(({ input }) => input), ...sides.flatMap((side) => side.inputs)]
  const paths = [...kept.map(({ path }) => path), ...sides.flatMap((side) => side.paths)]
  const from = names.mapping ?? project
  if (from === undefined && key.length === 0)
    throw new UsageError('No field map was given; name one with --mapping, or a column that both sides have with --key.')
  if (from !== undefined && key.length > 0)
    throw new UsageError(`--key is for files without a field map, and ${from} has one; leave one of them out.`)
  return { inputs, paths, mapping: from === undefined ? await sameColumns(inputs, key) : await openMapping(from) }
}

export async function sideInputs(
  names: readonly string[],
  side: Side,
  reading: ReadingChoices,
): Promise<{ readonly inputs: readonly PairSource[]; readonly paths: readonly string[] }> {
  if (names.length === 0) return { inputs: [], paths: [] }
  const { inputs, paths } = await openInputs(names, reading)
  return {
    inputs: inputs.map(({ source, format, table, reading: choices }) => ({ source, side, format, table, reading: choices })),
    paths,
  }
}

/** A project, a folder with `fields.csv` and `values/`, or the field map itself with its value maps beside it. */
export async function openMapping(path: string): Promise<Mapping> {
  const files = path.endsWith('.carryover') ? await readProject(path) : await mappingFiles(path)
  const { mapping, problems } = readMapping(files)
  const [first] = problems
  if (first)
    throw new InputError(
      `${path}: ${first.file}${first.line === null ? '' : `, line ${first.line}`}: ${first.words}${problems.length > 1 ? ` ${problems.length - 1} more lines can not be followed either.` : ''}`,
    )
  return mapping
}

async function mappingFiles(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const info = await stat(path).catch(() => null)
  if (info === null)
    throw new UsageError(`--mapping got "${path}", which is not there; it takes a field map, its folder or a project.`)
  const inside = info.isDirectory() ? await stat(join(path, 'mapping')).catch(() => null) : null
  const folder = inside?.isDirectory() ? join(path, 'mapping') : info.isDirectory() ? path : dirname(path)
  const fields = info.isDirectory() ? join(folder, 'fields.csv') : path
  const files = new Map<string, Uint8Array>()
  const bytes = await readFile(fields).catch(() => null)
  if (bytes === null) throw new UsageError(`--mapping got "${path}", which holds no fields.csv.`)
  files.set(fieldsPath, bytes)
  for (const name of await readdir(join(folder, 'values')).catch(() => []))
    if (name.endsWith('.csv')) files.set(`mapping/values/${basename(name)}`, await readFile(join(folder, 'values', name)))
  return files
}

/** `MRN` for every table, `visits=VISIT_ID` for one, `orders=MRN+DATE` where several columns are the key together. */
export function keyChoice(given: readonly string[]): KeyChoice {
  const every: string[] = []
  const byTable = new Map<string, readonly string[]>()
  for (const text of given) {
    const [, table, names = text] = /^([^=]+)=(.*)$/.exec(text) ?? []
    const columns = names.split('+').map((name) => name.trim())
    if (columns.includes('')) throw new UsageError(`--key got "${text}"; it takes column, table=column or table=column+column.`)
    if (table === undefined && every.length > 0)
      throw new UsageError(`--key got "${text}" beside "${every.join('+')}"; name the table of each, such as visits=VISIT_ID.`)
    if (table === undefined) every.push(...columns)
    else if (byTable.has(table.trim())) throw new UsageError(`--key names a key of ${table.trim()} twice.`)
    else byTable.set(table.trim(), columns)
  }
  return { every, byTable }
}

async function sameColumns(inputs: readonly PairSource[], given: readonly string[]): Promise<Mapping> {
  const keys = keyChoice(given)
  const opened = await openSides(inputs, new AbortController().signal)
  const headers = async (side: Side): Promise<TableHeader[]> => {
    const tables = opened.filter((one) => one.side === side && one.records === 'csv')
    return Promise.all(
      tables.map(async ({ source, reading, table }) => {
        const { structure } = await openTable(source, reading, 0, new AbortController().signal)
        return { table, header: structure.header }
      }),
    )
  }
  const [legacy, target] = [await headers('legacy'), await headers('target')]
  const nowhere = keys.every.find((column) => !legacy.some(({ header }) => header.includes(column)))
  if (nowhere !== undefined) throw new UsageError(`--key got "${nowhere}", which is no column of the legacy tables.`)
  for (const [table, columns] of keys.byTable)
    for (const [side, tables] of [
      ['legacy', legacy],
      ['target', target],
    ] as const) {
      const found = tables.find((one) => isSameTable(one, { table, header: [] }))
      const lacks = columns.find((column) => !found?.header.includes(column))
      if (!found)
        throw new UsageError(
          `--key names the table ${table}, which the ${side} files do not have: ${besideWords(legacy, target)}`,
        )
      if (lacks !== undefined) throw new UsageError(`--key got "${lacks}", which is no column of ${table} on the ${side} side.`)
    }
  if (keys.every.length > 0 && !isHeldByBoth(legacy, target, keys.every))
    throw new UsageError(
      `--key got "${keys.every.join('+')}", which no table has on both sides under one name: ${besideWords(legacy, target)}`,
    )
  return identityMapping(legacy, target, keys)
}

/** Whether a table of each side has the columns, and both are called alike. */
function isHeldByBoth(legacy: readonly TableHeader[], target: readonly TableHeader[], columns: readonly string[]): boolean {
  const holds = ({ header }: TableHeader): boolean => columns.every((column) => header.includes(column))
  return legacy.some((one) => holds(one) && target.some((other) => isSameTable(one, other) && holds(other)))
}

const isSameTable = (one: TableHeader, other: TableHeader): boolean => one.table.toLowerCase() === other.table.toLowerCase()

/** What is there, and what to do. */
function besideWords(legacy: readonly TableHeader[], target: readonly TableHeader[]): string {
  const named = (tables: readonly TableHeader[]): string =>
    tables.length === 0 ? 'no table' : tables.map(({ table }) => table).join(', ')
  return `the legacy side has ${named(legacy)}, the target has ${named(target)}. Tables are joined by the names of their files, and columns by theirs. Call both alike, or let a field map say what belongs together: carryover map LEGACY --target TARGET --suggest mapping/fields.csv.`
}
