/** Proposes a field map: each table to its target, then its columns, by names, values, links and known shapes, with the evidence. Nothing is confirmed here. */

import { stopIfAborted, type Update } from '../../../operation.ts'
import { loadDefinitions } from '../../fhir/definitions/packs.ts'
import { isPatientTable } from '../../knowledge/data-dictionary.ts'
import { columnMeaning, fhirTypes, tableConcept, tableMeaning } from '../../knowledge/meanings.ts'
import type { Mapping } from '../mapping/mapping.ts'
import type { Suggestion, TargetField } from '../plan/crosswalk.ts'
import { openSides } from '../plan/open-sides.ts'
import type { PairSource } from '../plan/sides.ts'
import { nameCalledRows } from './called-rows.ts'
import type { OfferedField } from './column-fit.ts'
import { keyOf, linkFinder } from './links-between.ts'
import { type OfferedTable, shapeSuggestion } from './offered.ts'
import { targetLinks } from './proven-key.ts'
import { KeyedColumns, type LegacyTable, readSamples, type TargetTable } from './samples.ts'
import { type ShapedTable, shapedTables } from './shapes.ts'
import { sideLines } from './side-lines.ts'
import { bestTarget, Overlaps, type TableFit } from './table-fit.ts'
import { leftOverTypes, numbersOnly, tableSuggestions, withoutTarget, wordsOnly } from './table-lines.ts'
import { fhirFields } from './target-fields.ts'

export interface SuggestInput {
  /** Both sides; what the target holds is the strongest evidence there is. */
  readonly inputs: readonly PairSource[]
  readonly mapping: Mapping
  /** Columns of target tables whose schema is known, as `table.column`. */
  readonly targets: readonly TargetField[]
  /** Whether known systems are recognised by their columns. */
  readonly shapes: boolean
}

/** Lines that nobody has decided about yet, table by table, best first in each. */
export async function* suggestMapping(
  { inputs, mapping, targets, shapes }: SuggestInput,
  signal: AbortSignal,
): AsyncGenerator<Update<never, readonly Suggestion[]>> {
  const opened = await openSides(inputs, signal)
  const reading = readSamples(opened, signal)
  let done = 0
  let step = await reading.next()
  for (; step.done !== true; step = await reading.next())
    yield { kind: 'progress', done: done++, total: opened.length, unit: 'records', label: `Looking at ${step.value}` }
  const { legacy, target: read } = step.value
  const target = await withOffered(read, targets)
  const keys = new KeyedColumns()
  const patients = patientsOf(legacy, target, new Overlaps(keys))
  const own = legacy.find(({ name }) => name === patients)
  const patientKey = own && keyOf(own, legacy, true)
  const links = linkFinder(legacy, patients)
  const calls = targetLinks(read)
  nameCalledRows(legacy, read, calls, { keys, links, patients })
  const overlaps = new Overlaps(keys)
  const context = { overlaps, keys, links, patients, patientKey, tables: legacy, targetLinks: calls }
  const isTables = target.some(({ table }) => table.kind === 'table')
  const known = shapes ? shapedTables(legacy, isTables ? 'omop' : 'fhir') : []
  const list: Suggestion[] = []
  const used = new Set<string>()
  for (const table of legacy) {
    stopIfAborted(signal)
    yield { kind: 'progress', done, total: opened.length, unit: 'records', label: `Comparing ${table.name}` }
    const shaped = known.find((one) => one.table === table) ?? null
    const isPatients = table.name === patients
    const tables = target.map(({ table: one }) => one)
    const fits = withTwin(bestTarget(table, tables, overlaps), tables)
    const own = fits.flatMap((fit, i) => {
      const fields = target.find(({ table: one }) => one === fit.target)?.fields ?? []
      const found = tableSuggestions({ fit, fields, shaped: i === 0 ? shaped : null, target, context, isPatients })
      const value = table.columns.find(({ name }) => columnMeaning(name, table.name).name === 'value')?.name
      if (fits.length < 2 || value === undefined) return found
      return i === 0 ? numbersOnly(found, fit, value) : wordsOnly(found, fit, value, fields)
    })
    if (fits.length === 0) own.push(...(shapedOnly(shaped, target) ?? withoutTarget(table, read.length > 0)))
    for (const { target: one } of fits) used.add(one.name)
    for (const { line } of own) used.add(line.target.split(/[.(]/)[0] ?? '')
    list.push(...own)
  }
  for (const table of legacy)
    list.push(
      ...sideLines(
        table,
        list,
        target.filter(({ table: one }) => !used.has(one.name)),
        context,
        table.name === patients,
      ),
    )
  if (read.length > 0) list.push(...leftOverTypes(read, used))
  yield { kind: 'result', value: withoutDecided(list, mapping) }
}

/** The table of the patients: by its name, else the one whose values are those of the patients of the target. */
function patientsOf(legacy: readonly LegacyTable[], target: readonly OfferedTable[], overlaps: Overlaps): string {
  const named = legacy.find(({ name }) => tableConcept(name) === 'patient' || isPatientTable(name))
  if (named) return named.name
  const tables = target.map(({ table }) => table)
  const [best] = legacy
    .flatMap((table) => {
      const fit = bestTarget(table, tables, overlaps)
      return fit?.isComparable && tableConcept(fit.target.name) === 'patient' ? [fit] : []
    })
    .sort((a, b) => b.score - a.score)
  return best?.table.name ?? ''
}

/** Measured values and other findings are two tables in some targets: numbers go to the one, words to the other. */
function withTwin(fit: TableFit | null, tables: readonly TargetTable[]): readonly TableFit[] {
  if (fit === null) return []
  const concept = tableConcept(fit.target.name)
  const other = concept === 'observation' ? 'measurement' : concept === 'measurement' ? 'observation' : null
  if (other === null || fit.target.kind !== 'table' || fit.isComparable) return [fit]
  const has = (meaning: string): boolean =>
    fit.table.columns.some(({ name }) => columnMeaning(name, fit.table.name).name === meaning)
  const twin = tables.find(({ name }) => tableMeaning(name).concept === other && tableMeaning(name).left === 0)
  if (!twin || !has('value') || !has('unit')) return [fit]
  const second = { ...fit, target: twin }
  return concept === 'measurement' ? [fit, second] : [second, fit]
}

async function withOffered(read: readonly TargetTable[], targets: readonly TargetField[]): Promise<readonly OfferedTable[]> {
  const ofSchemas = new Map<string, TargetField[]>()
  for (const field of targets) {
    const name = (field.target.split('.')[0] ?? '').toLowerCase()
    if (/^[A-Z]/.test(field.target)) continue
    ofSchemas.set(name, [...(ofSchemas.get(name) ?? []), field])
  }
  const met = read.map((table): OfferedTable => {
    const own = ofSchemas.get(table.name) ?? []
    ofSchemas.delete(table.name)
    const known = new Map(own.map((field) => [field.target.toLowerCase(), field]))
    const there = table.fields.map((field): OfferedField => {
      const schema = known.get(field.target.toLowerCase())
      known.delete(field.target.toLowerCase())
      return { target: field.target, type: schema?.type ?? field.type, required: schema?.required ?? false, met: field }
    })
    return { table, fields: [...there, ...[...known.values()].map((field) => ({ ...field, met: null }))] }
  })
  const empty = (name: string, kind: TargetTable['kind']): TargetTable => ({ name, kind, records: 0, fields: [], panels: [] })
  const defined = [...ofSchemas].map(
    ([name, fields]): OfferedTable => ({ table: empty(name, 'table'), fields: fields.map((field) => ({ ...field, met: null })) }),
  )
  const definitions = await loadDefinitions()
  // What no record of the target fills can still be what an empty column is meant for.
  const whole = met.map(({ table, fields }): OfferedTable => {
    if (table.kind === 'table') return { table, fields }
    const known = new Set(fields.map(({ target }) => target.replace(/\.where\([^)]*\)/g, '')))
    const open = fhirFields(definitions, table.name).filter(({ target }) => !known.has(target))
    return { table, fields: [...fields, ...open.map((field) => ({ ...field, met: null }))] }
  })
  if (whole.length + defined.length > 0) return [...whole, ...defined]
  return [...new Set(fhirTypes.values())].map((type) => ({
    table: empty(type, 'resource'),
    fields: fhirFields(definitions, type).map((field) => ({ ...field, met: null })),
  }))
}

/** A known table whose target no name and no value gives away. */
function shapedOnly(shaped: ShapedTable | null, target: readonly OfferedTable[]): readonly Suggestion[] | null {
  if (shaped === null) return null
  const names = new Set(target.map(({ table }) => table.name))
  const lines = shaped.lines.filter((line) => names.has(line.target.split(/[.(]/)[0] ?? ''))
  return lines.length === 0 ? null : lines.map((line) => shapeSuggestion(line, shaped.shape))
}

/** What somebody has decided about is not proposed again. */
function withoutDecided(list: readonly Suggestion[], mapping: Mapping): readonly Suggestion[] {
  const decided = mapping.fields.filter(({ status }) => status === 'confirmed' || status === 'not-carried')
  const columns = new Set(decided.flatMap(({ source, fields }) => fields.map((field) => `${source}\n${field}`)))
  const targets = new Set(decided.map(({ target }) => target).filter((target) => target !== ''))
  return list.filter(
    ({ line }) =>
      !(line.target !== '' && targets.has(line.target)) &&
      (line.rule === 'filter' ||
        line.rule === 'group' ||
        line.rule === 'constant' ||
        !line.fields.some((field) => columns.has(`${line.source}\n${field}`))),
  )
}
