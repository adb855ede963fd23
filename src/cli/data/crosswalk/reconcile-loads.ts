/** The parts of `carryover reconcile` beside the ledger: one trial load against the one before, and documents against their index. */

import { join } from 'node:path'
import { counted } from '../../../core/counted.ts'
import type { PairSource } from '../../../core/data/crosswalk/plan/sides.ts'
import type { ReadingChoices } from '../../../core/data/model/source.ts'
import { checkDocuments, type DocumentsResult } from '../../../core/data/reconcile/loads/check-documents.ts'
import { compareLoads } from '../../../core/data/reconcile/loads/compare-loads.ts'
import type { LoadComparison } from '../../../core/data/reconcile/loads/load-comparison.ts'
import { compareText } from '../../../core/finding.ts'
import { filesBelow, pathSource } from '../../../io/files/files-node.ts'
import { openInputs } from '../../inputs/data-inputs.ts'
import { resultOf } from '../../shell/interruptible.ts'
import { InputError, UsageError } from '../../shell/usage-error.ts'
import { keyChoice } from './crosswalk-inputs.ts'

export interface LoadsOptions {
  readonly before: readonly string[]
  readonly target: readonly string[]
  readonly key: readonly string[]
  readonly reveal: boolean
  readonly quiet: boolean
  readonly json: boolean
}

/** What is printed, and what the exit code says. */
export interface SideReport {
  readonly text: string
  readonly differ: boolean
  /** Whether a file could not be read at all. */
  readonly unreadable: boolean
}

/** Text or JSON of the comparison, and whether the loads differ; null where it was interrupted. */
export async function loadsReport(options: LoadsOptions, reading: ReadingChoices): Promise<SideReport | null> {
  if (options.target.length === 0)
    throw new UsageError('--before needs the load that came after it; name its files with --target.')
  const [before, after] = await Promise.all([sources(options.before, reading), sources(options.target, reading)])
  const { every, byTable } = keyChoice(options.key)
  const named = new Set([...before, ...after].map(({ table }) => table))
  for (const table of byTable.keys())
    if (!named.has(table)) throw new UsageError(`--key names the table ${table}, which these loads do not have.`)
  const keys = new Map(
    [...named].flatMap((table) => {
      const key = byTable.get(table) ?? every
      return key.length === 0 ? [] : [[table, key] as const]
    }),
  )
  const done = await resultOf((signal) => compareLoads({ before, after, keys }, signal), options.quiet)
  if (done === null) return null
  const { keysMissing, inputs } = done.value
  const tables = inputs.filter(({ table }) => keys.has(table))
  if (keys.size > 0 && keysMissing.length > 0 && keysMissing.length === tables.length)
    throw new UsageError(`--key got "${options.key.join(' ')}", which is no column of any table of these loads.`)
  const { patients, ...rest } = done.value
  const shown = options.reveal ? done.value : rest
  return {
    text: options.json ? `${JSON.stringify(shown, null, 2)}\n` : loadsText(done.value),
    differ: !done.value.same,
    unreadable: inputs.some(({ status }) => status === 'unreadable'),
  }
}

async function sources(names: readonly string[], reading: ReadingChoices): Promise<PairSource[]> {
  const { inputs } = await openInputs(names, reading)
  return inputs.map(({ source, format, table, reading: choices }) => ({
    source,
    side: 'target',
    format,
    table,
    reading: choices,
  }))
}

function loadsText(result: LoadComparison): string {
  const { tables, elements, repeated, notEvaluated } = result
  const lines = [
    ...tables.map(
      ({ table, before, after, same, changed, added, gone }) =>
        `${table}: ${before} before, ${after} now; ${same} the same, ${changed} changed, ${added} added, ${gone} gone`,
    ),
    ...elements.map(({ table, element, count }) => `${table}.${element}: changed in ${count}`),
    ...repeated.map(
      ({ table, load, keys }) =>
        `${table}: ${counted(keys, 'key stands', 'keys stand')} for several records of ${load === 'before' ? 'the load before' : 'this load'}`,
    ),
    headline(result),
    ...notEvaluated.map(({ what, why }) => `Not compared: ${what}: ${why}.`),
  ]
  return `${lines.join('\n')}\n`
}

/** "The same" is said of files that were read whole only. */
function headline({ same, inputs, checksums, patientsKnown, patientsChanged }: LoadComparison): string {
  const parts = inputs.filter(({ status }) => status !== 'read').length
  const partial =
    parts === 0 ? '' : `Partial: ${parts} of ${counted(inputs.length, 'file')} ${parts === 1 ? 'was' : 'were'} not read whole. `
  if (same) return 'Both loads hold the same records.'
  if (checksums.equal) return `${partial}What was read is equal; whether the loads are is not known.`
  if (!patientsKnown) return `${partial}The loads differ.`
  return `${partial}${counted(patientsChanged, 'patient')} changed since the load before.`
}

/** `table.column` of the index beside the files of a folder. */
export async function documentsReport(
  inputs: readonly PairSource[],
  folder: string,
  named: string,
  options: { readonly quiet: boolean; readonly json: boolean },
): Promise<SideReport | null> {
  const [table = '', column = ''] = named.split('.')
  const index = inputs.find((one) => one.side === 'legacy' && one.table === table)
  if (!index || column === '')
    throw new UsageError(`--document-column got "${named}"; it takes table.column of a legacy table, such as documents.FILE.`)
  const paths = await filesBelow(folder)
  if (paths === null || paths.length === 0)
    throw new InputError(`Nothing was found at ${folder}. Check the spelling of --documents; it takes a folder.`)
  const files = await Promise.all(
    paths.sort(compareText).map(async (path) => ({ ...(await pathSource(join(folder, path))), name: path })),
  )
  const done = await resultOf((signal) => checkDocuments({ index, column, files }, signal), options.quiet)
  if (done === null) return null
  const { columnFound, missing: lost, ambiguous, unopenable, empty } = done.value
  if (!columnFound) throw new UsageError(`--document-column got "${named}", and ${table} has no column ${column}.`)
  const text = options.json ? `${JSON.stringify(done.value, null, 2)}\n` : documentsText(done.value)
  const differ = lost.length + ambiguous.length + unopenable.length + empty > 0
  return { text, differ, unreadable: done.value.read !== 'read' }
}

function documentsText(result: DocumentsResult): string {
  const { read, named, found, missing, ambiguous, unnamed, unclaimed, empty, unopenable, copies } = result
  const places = (list: DocumentsResult['missing'], words: string): string[] => [
    ...list.slice(0, 100).map(({ record, line }) => `${words} of record ${record}, line ${line}.`),
    ...(list.length > 100 ? [`… and ${list.length - 100} more; --format json lists them all.`] : []),
  ]
  const lines = [
    ...(read === 'read' ? [] : ['Partial: the table that names the documents was not read whole.']),
    `${found} of ${counted(named, 'named document')} are there; ${counted(unnamed, 'row')} without a name, ${counted(unclaimed, 'file')} named by no row.`,
    `${counted(empty, 'empty file')}, ${counted(copies, 'copy', 'copies')} of another, ${counted(unopenable.length, 'file')} that can not be opened as what they are called.`,
    ...places(missing, 'Missing: the document'),
    ...places(ambiguous, 'Several files have the name of the document'),
  ]
  return `${lines.join('\n')}\n`
}
