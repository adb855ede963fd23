/** The field map bound for comparing: per legacy table the resources or target tables it became and the fields to compare, with everything left out named. */

import type { NotEvaluated } from '../../../finding.ts'
import { isPatientTable } from '../../knowledge/data-dictionary.ts'
import { type Tuning, tuningOf } from '../../meaning/tuning.ts'
import type { Apply } from '../../model/carried.ts'
import { type ElementPath, parseElementPath } from '../mapping/element-path.ts'
import { type KeyedLine, linesPerValue } from '../mapping/keyed-lines.ts'
import type { FieldLine, Mapping } from '../mapping/mapping.ts'
import { transformNamed } from '../transforms/index.ts'
import { derivedRole } from './element-roles.ts'
import { domainOf, type Role } from './elements.ts'
import { type NotCompared, notComparedLine } from './not-compared.ts'
import { type LeftColumn, PlanRows, type SetAside, selectorText } from './plan-rows.ts'
import type { RowCondition } from './row-condition.ts'
import { bindCondition, isRowRule, type RowFilter, type RowJoin } from './row-rules.ts'
import type { Domain, PairSource } from './sides.ts'

export interface BoundField {
  /** Whether a record without it can not be written. */
  readonly required: boolean
  readonly columns: readonly string[]
  readonly apply: Apply
  readonly rule: string
  readonly ruleWords: string
  readonly path: ElementPath
  readonly role: Role
  /** Whether the line says its role by `role=…`. */
  readonly roleGiven: boolean
  readonly label: string
  /** How strictly its values are compared. */
  readonly tuning: Tuning
  /** `more=allowed`: the target may hold further values at this place, such as names a registry adds. */
  readonly moreAllowed: boolean
  /** The legacy table a reference points at; null for any other rule. */
  readonly links: string | null
  /** `missing=keep`: a link is written though no row of that table has its key. */
  readonly keepsMissing: boolean
  /** The rows that the line holds for; null for all of them. */
  readonly when: RowCondition | null
}

/** One legacy table and the resources made of it. */
export interface BoundTable {
  readonly index: number
  readonly source: string
  readonly type: string
  readonly domain: Domain
  /** Any of its paths: decides which resources of the type belong to the table. */
  readonly selector: ElementPath
  /** Every confirmed line of it, links included: what is written when the table is mapped. */
  readonly lines: readonly BoundField[]
  /** Everything compared, in the order of the field map; roles included. */
  readonly fields: readonly BoundField[]
  /** Links to records of other tables of the plan, which are followed once their records are paired. */
  readonly links: readonly BoundField[]
  /** Whether other tables link to its records. */
  readonly isLinked: boolean
  /** The link to the patient; null for the patients themselves and for tables without patients. */
  readonly patient: BoundField | null
  /** The link to a table that names the patient, such as that of a result to its visit; null where its own link or none does. */
  readonly through: BoundField | null
  readonly key: BoundField | null
  readonly isPatients: boolean
  readonly filters: readonly RowFilter[]
  /** How rows of the legacy table become one record; null where each is a record of its own. */
  readonly join: RowJoin | null
  /** Columns of the legacy table that stay behind with a reason. */
  readonly leftColumns: readonly LeftColumn[]
  /** Positions in `fields` of those that say what an entry is, since when, whether it is current, and where it comes from. */
  readonly positions: Readonly<Record<'key' | 'id' | 'code' | 'onset' | 'status' | 'site', readonly number[]>>
}

export interface PairPlan {
  readonly tables: readonly BoundTable[]
  readonly bySource: ReadonlyMap<string, readonly BoundTable[]>
  readonly byType: ReadonlyMap<string, readonly BoundTable[]>
  /** Legacy tables of which nothing is carried, with reason and name: written `*` in place of a column. */
  readonly leftBehind: ReadonlyMap<string, RowFilter>
  /** Records of the target that legacy does not account for, with reason and name: derived, or out of scope. */
  readonly setAside: readonly SetAside[]
  readonly notEvaluated: readonly NotEvaluated[]
  /** Elements that no value is held against, because their line can not be followed or nobody confirmed it. */
  readonly notCompared: readonly NotCompared[]
}

/**
 * Binds every confirmed line; whatever can not be followed is listed, never skipped in silence. `inputs` say how the tables are read:
 * rules about numbers take the decimal mark that was chosen for the table, unless the field map says another.
 */
export function planPairing(mapping: Mapping, inputs: readonly PairSource[] = []): PairPlan {
  const commas = new Set(
    inputs.filter(({ side, reading }) => side !== 'target' && reading.decimal === 'comma').map(({ table }) => table),
  )
  const notEvaluated: NotEvaluated[] = []
  const notCompared: NotCompared[] = []
  const lines = new Map<string, BoundField[]>()
  const rows = new PlanRows(mapping.fields, notEvaluated)
  for (const given of mapping.fields) {
    if (given.status === 'not-carried' || isRowRule(given.rule)) continue
    const line = commas.has(given.source) ? withComma(given) : given
    const what = `${line.source}.${line.fields.join(' + ')}`
    const bound = line.status === 'confirmed' ? bindLine(line, mapping, rows) : `its mapping is ${line.status}, not confirmed`
    if (typeof bound === 'string') {
      notEvaluated.push({ what, why: bound })
      const missed = notComparedLine(line, bound)
      if (missed) notCompared.push(missed)
    } else for (const field of bound) push(lines, line.source, field)
  }
  const patientsTable = patientsOf(lines)
  const tables: BoundTable[] = []
  const linked = new Set<string>()
  for (const [source, fields] of lines) {
    const elsewhere = fields.filter(({ links }) => links !== null && links !== patientsTable)
    for (const field of elsewhere) {
      const why = whyNotFollowed(field, lines, patientsTable)
      if (why === null) linked.add(field.links ?? '')
      else notEvaluated.push({ what: `${source}.${field.label}`, why })
    }
    for (const [at, own] of targetsOf(fields).entries()) {
      const compared = own.filter((field) => !elsewhere.includes(field))
      const table = boundTable(tables.length, source, own, compared, source === patientsTable && at === 0, rows)
      // A further target joins by the patient; without a link only where the row is the patient, or belongs to none.
      const [first] = tables.filter((one) => one.source === source)
      const joined = table.patient !== null || (table.key !== null && (source === patientsTable || first?.patient === null))
      if (at > 0 && !joined)
        for (const stray of compared)
          notEvaluated.push({
            what: `${source}.${stray.label}`,
            why: `nothing joins its ${table.type} to the row: the field map has neither a key nor a link to the patient for it`,
          })
      else tables.push(table)
    }
  }
  for (const [i, table] of tables.entries())
    tables[i] = { ...table, isLinked: linked.has(table.source), through: throughOf(table, tables, patientsTable) }
  for (const table of tables)
    if (!isRecognised(table))
      notEvaluated.push({
        what: `${table.source} → ${table.type}`,
        why: 'nothing says which of its records is which; add role=key, role=code or role=onset to the lines that do',
      })
  rows.withoutTarget(new Set(tables.map(({ source, selector }) => `${source}\n${selectorText(selector)}`)))
  if (patientsTable === undefined)
    notEvaluated.push({
      what: 'Patients',
      why: 'no line of the field map has role=key and a target in Patient, so records can not be joined',
    })
  const byType = new Map<string, BoundTable[]>()
  const bySource = new Map<string, BoundTable[]>()
  for (const table of tables) {
    push(byType, table.type, table)
    push(bySource, table.source, table)
  }
  // The narrower target first: a resource belongs to the table whose filter names it, whatever the order of the field map.
  for (const [type, list] of byType) byType.set(type, [...list.filter(isNarrow), ...list.filter((one) => !isNarrow(one))])
  return { tables, bySource, byType, leftBehind: rows.leftBehind, setAside: rows.setAside, notEvaluated, notCompared }
}

/** Why a link to another table is not compared; null where its records are paired by patient as well. */
function whyNotFollowed(
  { links, when }: BoundField,
  lines: ReadonlyMap<string, readonly BoundField[]>,
  patients: string | undefined,
): string | null {
  const to = lines.get(links ?? '')
  if (!to) return `links to ${links} are not compared: no confirmed line of the field map speaks of that table`
  if (when !== null) return `links to ${links} are not compared where the line holds for some rows only`
  if (!to.some((field) => field.links === patients))
    return `links to ${links} are not compared: its records belong to no patient, and links are followed within one`
  return to.some(({ role }) => role === 'key' || role === 'id')
    ? null
    : `links to ${links} are not compared: that table has no line with role=key or role=id`
}

/** The first link of a table without patients of its own that leads to rows of patients that have a name: a key, or an id. */
function throughOf(table: BoundTable, tables: readonly BoundTable[], patients: string | undefined): BoundField | null {
  if (table.patient !== null || table.source === patients) return null
  const names = ({ source, patient, positions: { key, id } }: BoundTable): boolean =>
    patient !== null && source !== table.source && (key.length === 1 || id.length > 0)
  return table.links.find(({ links }) => tables.some((to) => to.source === links && names(to))) ?? null
}

/** Whether its records can be told from one another, or there is one per patient. */
function isRecognised({ isPatients, positions: { key, code, onset } }: BoundTable): boolean {
  return isPatients || key.length + code.length + onset.length > 0
}

const isNarrow = ({ selector }: BoundTable): boolean => selector.where !== null

/** Rules that read a number whose mark their parameters may name. */
const markedRules: readonly string[] = ['number-format', 'unit-convert']

function withComma(line: FieldLine): FieldLine {
  return markedRules.includes(line.rule) && !line.params.has('decimal')
    ? { ...line, params: new Map([...line.params, ['decimal', ',']]) }
    : line
}

/** The legacy table of the patients: mapped to Patient with a key, else called like them, else the one that most other tables link to. */
function patientsOf(lines: ReadonlyMap<string, readonly BoundField[]>): string | undefined {
  const keyed = [...lines].filter(([, fields]) => fields.some(({ role }) => role === 'key'))
  const named =
    keyed.find(([, fields]) => fields.some(({ path, role }) => path.type === 'Patient' && role === 'key')) ??
    keyed.find(([source, fields]) =>
      fields.some(({ path, role }) => role === 'key' && (isPatientTable(source) || isPatientTable(path.type))),
    )
  if (named) return named[0]
  // Results name their visit, visits their patient: of two that are named as often the one that names nobody is meant.
  const links = new Map<string, number>()
  for (const { links: to } of [...lines.values()].flat()) if (to !== null) links.set(to, (links.get(to) ?? 0) + 1)
  const out = (source: string): number => lines.get(source)?.filter(({ links: to }) => to !== null).length ?? 0
  return keyed.map(([source]) => source).sort((a, b) => (links.get(b) ?? 0) - (links.get(a) ?? 0) || out(a) - out(b))[0]
}

/** Fields by the target they speak of, in the order of the field map. */
function targetsOf(fields: readonly BoundField[]): readonly (readonly BoundField[])[] {
  const groups = new Map<string, BoundField[]>()
  for (const field of fields) push(groups, selectorText(field.path), field)
  return [...groups.values()]
}

function boundTable(
  index: number,
  source: string,
  lines: readonly BoundField[],
  own: readonly BoundField[],
  isPatients: boolean,
  rows: PlanRows,
): BoundTable {
  const selector = lines[0]?.path ?? nowhere
  const compared = own.filter(({ role }) => role !== 'patient')
  // What the field map says counts alone; what elements mean by themselves stands in where it says nothing.
  const positions = (role: Role): number[] => {
    const all = compared.flatMap((field, i) => (field.role === role ? [i] : []))
    const given = all.filter((i) => compared[i]?.roleGiven)
    return given.length > 0 ? given : all
  }
  return {
    index,
    source,
    type: selector.type,
    domain: domainOf(selector.type),
    selector,
    lines,
    fields: compared,
    links: lines.filter(
      (field) => field.links !== null && field.role === 'patient' && !own.includes(field) && field.when === null,
    ),
    isLinked: false,
    patient: own.find(({ role }) => role === 'patient') ?? null,
    through: null,
    key: own.find(({ role }) => role === 'key') ?? null,
    isPatients,
    filters: rows.filtersOf(source, selectorText(selector)),
    join: rows.joinOf(source, selectorText(selector)),
    leftColumns: rows.leftColumnsOf(source),
    positions: {
      key: positions('key'),
      id: positions('id'),
      code: positions('code'),
      onset: positions('onset'),
      status: positions('status'),
      site: positions('site'),
    },
  }
}

const nowhere: ElementPath = { type: '', where: null, steps: [], plain: '' }

function push<T>(into: Map<string, T[]>, key: string, item: T): void {
  const held = into.get(key)
  if (held) held.push(item)
  else into.set(key, [item])
}

/** One field, or one per value where the target is keyed by a column; a text says why there is none. */
function bindLine(line: FieldLine, mapping: Mapping, rows: PlanRows): readonly BoundField[] | string {
  const valuesOf = (column: string): ReadonlySet<string> | null => {
    const when = bindCondition(line)
    const own = when === null || typeof when === 'string' ? undefined : when.values.get(column)
    const path = parseElementPath(line.target)
    return own ?? (typeof path === 'string' ? null : rows.valuesOf(line.source, selectorText(path), column))
  }
  const lines = linesPerValue(line, valuesOf)
  if (typeof lines === 'string') return lines
  const fields: BoundField[] = []
  for (const { line: one, key } of lines) {
    const field = bindField(one, mapping, key)
    if (typeof field === 'string') return field
    fields.push(field)
  }
  return fields
}

function bindField(line: FieldLine, mapping: Mapping, key: KeyedLine['key']): BoundField | string {
  const transform = transformNamed(line.rule)
  if (!transform) return `there is no rule “${line.rule}”`
  const path = parseElementPath(line.target)
  if (typeof path === 'string') return path
  const apply = transform.bind(line.params, mapping.values)
  if (typeof apply === 'string') return apply
  const when = bindCondition(line)
  if (typeof when === 'string') return when
  const tuning = tuningOf(line.params)
  if (typeof tuning === 'string') return tuning
  const named = line.params.get('role')
  const role: Role =
    transform.name === 'reference'
      ? 'patient'
      : named === 'key' || named === 'id' || named === 'site' || named === 'code' || named === 'onset' || named === 'status'
        ? named
        : derivedRole(
            path.type,
            path.steps.map(({ name }) => name),
          )
  return {
    columns: line.fields.filter((column) => column !== ''),
    required: line.required,
    apply,
    rule: transform.name,
    ruleWords: transform.words(line.params),
    path,
    role,
    roleGiven: role === named,
    label: `${line.fields.join(' + ')}${key === null ? '' : ` where ${key.column} is ${key.value}`}`,
    tuning,
    moreAllowed: line.params.get('more') === 'allowed',
    links: transform.name === 'reference' ? (line.params.get('table') ?? '') : null,
    keepsMissing: transform.name === 'reference' && line.params.get('missing') === 'keep',
    when,
  }
}
