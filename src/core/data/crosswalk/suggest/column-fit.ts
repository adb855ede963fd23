/** Which column filled which field of the target its table became: names, links and values weighed together, each field taken once. */

import { patientColumn } from '../../knowledge/data-dictionary.ts'
import { columnMeaning, fhirElements, namedConcepts, nameWords, tableConcept } from '../../knowledge/meanings.ts'
import { nameLikeness } from './name-likeness.ts'
import { agreement, type RowAgreement, type RowPairs, rowPairs } from './row-pairs.ts'
import type { KeyedColumns, LegacyColumn, LegacyTable, TargetField, TargetTable } from './samples.ts'
import { type Overlaps, type TableFit, weightOf } from './table-fit.ts'
import { type ValuePairs, valuePairs } from './value-pairs.ts'

export interface Evidence {
  readonly kind: 'name' | 'type' | 'values' | 'shape'
  /** 0 to 1. */
  readonly score: number
  readonly words: string
}

/** A field that a target offers: met in its data, or known by its definition alone. */
export interface OfferedField {
  readonly target: string
  /** Data type as the definition or the data has it. */
  readonly type: string
  readonly required: boolean
  /** Null where no record of the target was read. */
  readonly met: TargetField | null
}

export interface ColumnFit {
  readonly column: LegacyColumn
  readonly field: OfferedField
  readonly score: number
  readonly evidence: readonly Evidence[]
  /** Which value became which, where they are written differently. */
  readonly values: ValuePairs | null
  /** Legacy table the column names rows of. */
  readonly links: string | null
  readonly meaning: string
}

export interface FitContext {
  readonly overlaps: Overlaps
  readonly keys: KeyedColumns
  /** Legacy tables by the column that names their rows. */
  readonly links: (table: LegacyTable, column: LegacyColumn) => string | null
  /** The legacy table of the patients; empty where none is known. */
  readonly patients: string
  /** The column that names its rows. */
  readonly patientKey: LegacyColumn | undefined
  readonly tables: readonly LegacyTable[]
  /** Fields of target tables that hold keys of another one, beside the field that holds these keys. */
  readonly targetLinks: ReadonlyMap<TargetField, TargetField>
}

const least = 0.5
/** From here on a name alone says enough. */
const certainName = 0.75
/** What values that prove themselves count as, where names say nothing. */
const provenName = 0.3

/** All fits of the columns of a table, best first; several columns may ask for one field. */
export function columnFits(fit: TableFit, fields: readonly OfferedField[], context: FitContext): readonly ColumnFit[] {
  const { table, target } = fit
  const pairs = fit.isComparable ? rowPairs(table, target, context.overlaps, context.keys) : []
  const fits: ColumnFit[] = []
  const filled = fields.filter(({ met }) => met !== null || !fit.isComparable)
  const offered = new Set(filled.map(({ target: one }) => pathMeaning(one, target)))
  for (const column of table.columns) {
    // Where records of both sides lie beside each other, a name alone is no proof: an empty column filled nothing.
    if (fit.isComparable && column.filled === 0) continue
    const links = context.links(table, column)
    const own = column === context.patientKey ? { name: 'id', certainty: 1 } : columnMeaning(column.name, table.name)
    const said = links === null || own.name === 'id' ? own.name : linkMeaning(links, own.name, context.patients)
    // A record with one time has it as its start here and as its date there.
    const other = said === 'start' ? 'date' : said === 'date' ? 'start' : said
    const meaning = offered.has(said) || !offered.has(other) ? said : other
    for (const field of fields) {
      const one = fitOf({ column, field, meaning, links }, fit, pairs, context)
      if (one !== null && one.score >= least) fits.push(one)
    }
  }
  return fits.sort(
    (a, b) => b.score - a.score || a.field.target.length - b.field.target.length || (a.field.target < b.field.target ? -1 : 1),
  )
}

/** A column that holds keys of another table means that table, whatever it is called. */
function linkMeaning(table: string, own: string, patients: string): string {
  const concept = table === patients ? 'patient' : tableConcept(table)
  return namedConcepts.has(concept) ? concept : own
}

/** By how much a column has to be better than the next one that asks for the same field. */
const lead = 0.02

/** Each column with its best field that no other column fills as well; nothing where two have the same claim. */
export function assigned(fits: readonly ColumnFit[]): readonly ColumnFit[] {
  const columns = new Set<LegacyColumn>()
  const taken = new Set<string>()
  const chosen: ColumnFit[] = []
  for (const fit of fits) {
    const sibling = chosen.find(({ field }) => field.target === fit.field.target)
    const isNext = sibling !== undefined && isNumbered(sibling.column.name, fit.column.name)
    if (columns.has(fit.column) || (taken.has(fit.field.target) && !isNext)) continue
    const rival = fits.find(
      (other) =>
        other.column !== fit.column &&
        !isNumbered(other.column.name, fit.column.name) &&
        other.field === fit.field &&
        !columns.has(other.column) &&
        fit.score - other.score < lead,
    )
    if (rival && nameOf(fit) - nameOf(rival) < 0.1) {
      taken.add(fit.field.target)
      continue
    }
    columns.add(fit.column)
    taken.add(fit.field.target)
    chosen.push(fit)
  }
  return chosen
}

/** Whether two columns are the first and the second of one thing. */
function isNumbered(one: string, other: string): boolean {
  return /\d$/.test(one) && /\d$/.test(other) && one.replace(/\d+$/, '') === other.replace(/\d+$/, '')
}

const nameOf = ({ evidence }: ColumnFit): number => evidence.find(({ kind }) => kind === 'name')?.score ?? 0

type Candidate = Pick<ColumnFit, 'column' | 'field' | 'meaning' | 'links'>

function fitOf(candidate: Candidate, fit: TableFit, pairs: RowPairs, context: FitContext): ColumnFit | null {
  const { overlaps, keys, targetLinks } = context
  const { column, field, meaning, links } = candidate
  const name = nameScore(candidate, fit)
  const isKnownLink = field.met !== null && targetLinks.has(field.met)
  const isLink = isKnownLink || isReference(field, fit.target.name)
  // Links go to links: a key of another table fills nothing else.
  if (links !== null && meaning !== 'id' && !isLink) return null
  if (links === null && isLink && column.filled > 0 && !namedConcepts.has(meaning)) return null
  const evidence: Evidence[] = [
    {
      kind: 'name',
      score: name,
      words: `“${column.name}” beside “${field.target}”${meaning === '' ? '' : `: ${meaning.replaceAll('-', ' ')}`}`,
    },
  ]
  const done = (score: number, values: ValuePairs | null): ColumnFit => ({
    ...candidate,
    score,
    evidence,
    values,
  })
  if (!fit.isComparable || field.met === null || column.filled === 0) {
    // What the target never fills was not made of a column that is filled.
    if (fit.isComparable && field.met === null && column.filled > 0) return null
    const type = typeFit(column, field.type)
    evidence.push({ kind: 'type', score: type, words: `cells look like ${column.sample.type}, the target takes ${field.type}` })
    return name < certainName || type < 0.5 ? null : done(name * (0.8 + 0.2 * type), null)
  }
  const seen = agreement(pairs, column, field.met, keys)
  const overlap = overlaps.of(column, field.met)
  const byRow = seen.both >= 3
  const values = byRow
    ? (seen.agree / seen.both) * (0.6 + (0.4 * seen.agree) / seen.filled) * rowWeight(seen) * chance(field.met)
    : 0.9 * overlap.share * weightOf(overlap.distinct) * chance(field.met)
  evidence.push({
    kind: 'values',
    score: values,
    words: byRow
      ? `${seen.agree} of ${seen.both} paired records ${field.met.type === 'reference' ? 'link to the record with that id or identifier' : isKnownLink && links !== null ? `link to what the row of ${links} became` : 'hold the same value'}`
      : `${Math.round(overlap.share * 100)} % of its different values are found there`,
  })
  if (values >= 0.3) return done(0.65 * values + 0.35 * name, null)
  const found =
    isLink || seen.agree > 0.95 * seen.both ? null : valuePairs(pairs, column, field.met, ownersIn(fit.table, context))
  if (found !== null && (name >= certainName || found.isProven)) {
    const rows = [...found.support.values()].reduce((sum, n) => sum + n, 0)
    evidence.push({
      kind: 'values',
      score: 0.7,
      words: `each of ${found.table.size} values always goes with one value there, in ${rows} paired records`,
    })
    return done(0.45 + 0.3 * Math.max(name, provenName), found)
  }
  if (name < certainName && !(isKnownLink && links !== null)) return null
  // Links whose keys are new on the other side: the records that share one there share one here.
  if (isLink && links !== null && goesTogether(pairs, column, field.met, name >= certainName)) {
    evidence.push({ kind: 'values', score: 0.8, words: 'rows with the same key have the same link there' })
    return done(0.5 + 0.35 * name, null)
  }
  return null
}

/** The columns of a table, and those that say whose a row is. */
function ownersIn(table: LegacyTable, { links, patientKey }: FitContext) {
  const { name, columns } = table
  const patient = patientColumn(
    name,
    columns.map((one) => one.name),
  )
  return { columns, owners: columns.filter((one) => one === patientKey || one.name === patient || links(table, one) !== null) }
}

/** Few values that agree in many rows prove as much as many values. */
function rowWeight({ distinct, agree }: RowAgreement): number {
  return Math.max(weightOf(distinct), distinct >= 2 && agree >= 20 ? 0.8 : 0)
}

/** A list of many values holds a given one more easily. */
function chance({ type, values, filled }: TargetField): number {
  if (type === 'reference') return 1
  const all = values.reduce((sum, list) => sum + list.length, 0)
  return filled > 0 && all / filled > 1.3 ? 0.75 : 1
}

/** Whether equal keys have equal links, and different keys different ones. */
function goesTogether(pairs: RowPairs, column: LegacyColumn, field: TargetField, isNamed: boolean): boolean {
  const [there, back] = [new Map<string, string>(), new Map<string, string>()]
  let [all, right] = [0, 0]
  for (const [row, record] of pairs) {
    const cell = column.cells[row] ?? ''
    const [value] = field.values[record] ?? []
    if (cell === '' || value === undefined) continue
    all++
    if ((there.get(cell) ?? value) === value && (back.get(value) ?? cell) === cell) right++
    there.set(cell, value)
    back.set(value, cell)
  }
  return all >= 2 && right / all >= 0.95 && (isNamed || there.size >= 3)
}

const linkWords =
  /^(?:person|patient|visit_occurrence|visit|encounter|provider|practitioner|care_site|location|organization|payer)_?id$/i

/** Whether the field is a link to another record. */
function isReference(field: OfferedField, table: string): boolean {
  if (field.type === 'reference' || field.type === 'Reference') return true
  const column = field.target.split('.').at(-1) ?? ''
  if (/^[A-Z]/.test(field.target)) return false
  return linkWords.test(column) && columnMeaning(column, table).name !== 'id'
}

/** 1 where both mean the same and the target has no better place for it. */
function nameScore({ column, field, meaning }: Candidate, { target }: TableFit): number {
  const path = field.target
    .replace(/\.where\([^)]*\)/g, '')
    .split('.')
    .slice(1)
  const like = 0.6 * nameLikeness(column.name, path.join(' '))
  if (meaning === '') return like
  if (target.kind === 'resource') {
    const preferred = fhirElements[target.name]?.[meaning]
    if (preferred !== undefined && preferred === path.join('.')) return 1
    if (saysInAddress(field.target, meaning)) return 0.85
    const own = columnMeaning(path.join(' '), target.name)
    return own.name === meaning ? Math.max(like, preferred === undefined ? 0.9 * own.certainty : 0.7 * own.certainty) : like
  }
  const own = columnMeaning(path[0] ?? '', target.name)
  if (own.name === 'source') return meaning === (namedConcepts.has(tableConcept(target.name)) ? 'id' : 'code') ? 0.98 : like
  // A visit is coded by its class.
  if (/_concept_id$/.test(path[0] ?? '') && own.name === 'code' && tableConcept(target.name) === 'encounter')
    return meaning === 'class' ? 0.95 : 0
  if (own.name === meaning) return own.certainty
  // Equal names are equal whatever they mean.
  return nameWords(column.name).join(' ') === nameWords(path[0] ?? '').join(' ') ? 0.95 : like
}

/** What a field of the target means: as FHIR names it, else by the words of its path. */
function pathMeaning(target: string, { name, kind }: TargetTable): string {
  const path = target
    .replace(/\.where\([^)]*\)/g, '')
    .split('.')
    .slice(1)
  const named = Object.entries(fhirElements[name] ?? {}).find(([, element]) => element === path.join('.'))
  return kind === 'resource' ? (named?.[0] ?? columnMeaning(path.join(' '), name).name) : columnMeaning(path[0] ?? '', name).name
}

/** Whether names alone would make the column a field of the target. */
export function namesAgree(column: LegacyColumn, target: string, fit: TableFit, links: string | null, patients: string): boolean {
  const own = columnMeaning(column.name, fit.table.name).name
  const meaning = links === null || own === 'id' ? own : linkMeaning(links, own, patients)
  return nameScore({ column, field: { target, type: '', required: false, met: null }, meaning, links }, fit) >= certainName
}

/** Whether the address of an extension or of a system of identifiers says what the column says. */
function saysInAddress(target: string, meaning: string): boolean {
  return [...target.matchAll(/\.where\((?:url|system|use)='([^']*)'\)/g)].some(([, url = '']) => {
    const words = nameWords(url.split('/').at(-1) ?? '')
    return words.some(
      (_, i) => columnMeaning(words[i] ?? '').name === meaning || columnMeaning(words.slice(i, i + 2).join(' ')).name === meaning,
    )
  })
}

/** How well cells of a kind fit the type of a field, FHIR or SQL. */
function typeFit({ sample, filled }: LegacyColumn, target: string): number {
  if (filled === 0) return 0.6
  const wanted = target.toLowerCase()
  if (/date|time|instant/.test(wanted)) return sample.type === 'date' || sample.type === 'date-time' ? 1 : 0
  if (/^(int|integer|bigint|decimal|float|numeric|number|positiveint|unsignedint|quantity)/.test(wanted))
    return ['number', 'quantity', 'code', 'date', 'boolean', 'text'].includes(sample.type)
      ? sample.type === 'number'
        ? 1
        : 0.6
      : 0.4
  return 1
}
