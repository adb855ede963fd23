/** Legacy columns with values that no line of the field map speaks of: what treatment depends on has to be decided by a person. */
import { type Finding, type SafetyClass, safetyClasses } from '../../../finding.ts'
import { Tally } from '../../../tally.ts'
import type { Mapping } from '../../crosswalk/mapping/mapping.ts'
import type { ColumnCoverage } from '../../crosswalk/plan/crosswalk.ts'
import { caredFor, type NotCompared } from '../../crosswalk/plan/not-compared.ts'
import type { BoundTable, PairPlan } from '../../crosswalk/plan/plan.ts'
import { bindCondition, isRowRule } from '../../crosswalk/plan/row-rules.ts'
import { safetyOf } from '../../crosswalk/plan/safety.ts'
import { safetyByName } from '../../knowledge/data-dictionary.ts'
import { columnMeaning } from '../../knowledge/meanings.ts'

export const notMappedCode = 'data/not-mapped'

export interface NotMapped {
  readonly table: string
  readonly column: string
  readonly filled: number
  /** The gravest class of the records that ask for it. */
  readonly safety: SafetyClass
  /** Elements that it may be meant for and that no line of its table fills: empty where all are filled or none are known. */
  readonly elements: readonly string[]
  /** Whether its name says that treatment depends on it; otherwise its name says nothing, and such an element is missing. */
  readonly isGrave: boolean
}

const statuses = ['status']
const codes = ['code', 'description']
const doses = ['dose', 'dose-unit', 'sig', 'frequency', 'route']
const starts = ['start', 'date', 'recorded']
const ends = ['end']
const deaths = ['death']
/** Columns that are named for what they are in nearly every system. */
const usuallyNamed: readonly (readonly string[])[] = [statuses, starts, ends, deaths]

/** Elements that treatment depends on, each with the meanings of columns it is made of; several beginnings of names are one element. */
const neededByType: Readonly<Record<string, readonly (readonly [element: string, meanings: readonly string[]])[]>> = {
  Patient: [
    ['identifier', ['patient', 'id', 'ssn']],
    ['name', ['first', 'last']],
    ['birthDate', ['birth']],
    ['gender', ['gender']],
    ['deceased', deaths],
  ],
  AllergyIntolerance: [
    ['code', codes],
    ['clinicalStatus|verificationStatus', statuses],
    ['criticality|reaction', ['severity']],
    ['reaction', ['reaction']],
  ],
  MedicationRequest: [
    ['medication', codes],
    ['dosageInstruction', doses],
    ['status', statuses],
    ['authoredOn', starts],
  ],
  MedicationStatement: [
    ['medication', codes],
    ['dosage', doses],
    ['status', statuses],
    ['effective', starts],
  ],
  Condition: [
    ['code', codes],
    ['clinicalStatus|verificationStatus', statuses],
    ['onset|recordedDate', starts],
    ['abatement', ends],
  ],
  Observation: [
    ['code', codes],
    ['value|component', ['value', 'value-text', 'unit']],
    ['effective', starts],
  ],
  Immunization: [
    ['vaccineCode', codes],
    ['occurrence', starts],
    ['status', statuses],
  ],
  Procedure: [
    ['code', codes],
    ['performed', starts],
    ['status', statuses],
  ],
  person: [
    ['person_source_value|person_id', ['patient', 'id']],
    ['year_of_birth|birth_datetime', ['birth']],
    ['gender', ['gender']],
  ],
  drug_exposure: [
    ['drug_concept|drug_source', codes],
    ['drug_exposure_start', starts],
  ],
  condition_occurrence: [
    ['condition_concept|condition_source', codes],
    ['condition_start', starts],
  ],
  measurement: [
    ['measurement_concept|measurement_source', codes],
    ['value', ['value', 'value-text']],
    ['unit', ['unit']],
    ['measurement_date', starts],
  ],
}

/** Meanings that are needed beside whatever else is carried: a dose in words does not replace its amount. */
const alwaysNeeded: Readonly<Partial<Record<SafetyClass, ReadonlySet<string>>>> = {
  allergy: new Set(['reaction', 'severity']),
  'active-medication': new Set(['dose', 'dose-unit', 'sig', 'frequency', 'route']),
  result: new Set(['value', 'unit']),
  identity: new Set(['birth', 'gender', 'death']),
}

type Word = 'said' | 'looked-at'

/** What the field map says of a column: carried, left behind or proposed; or only looked at, to choose rows or lines. Null where it says nothing. */
function wordOf({ fields }: Mapping): (table: string, column: string) => Word | null {
  const said = new Set<string>()
  const lookedAt = new Set<string>()
  for (const line of fields) {
    if (line.status === 'unmapped') continue
    const named = isRowRule(line.rule) && line.status !== 'not-carried' ? lookedAt : said
    for (const column of line.fields) named.add(`${line.source}\n${column}`)
    const condition = bindCondition(line)
    if (condition === null || typeof condition === 'string') continue
    for (const column of condition.columns) lookedAt.add(`${line.source}\n${column}`)
  }
  return (table, column) => {
    const name = `${table}\n${column}`
    if (said.has(name) || said.has(`${table}\n*`)) return 'said'
    return lookedAt.has(name) ? 'looked-at' : null
  }
}

/** @param columns filled cells per column, of tables that the plan pairs and of others */
export function notMapped(mapping: Mapping, plan: PairPlan, columns: readonly ColumnCoverage[]): readonly NotMapped[] {
  const wordSaid = wordOf(mapping)
  const found = new Map<string, NotMapped>()
  for (const { table, column, filled } of columns) {
    const targets = plan.bySource.get(table) ?? []
    const word = wordSaid(table, column)
    if (targets.length === 0 || filled === 0 || plan.leftBehind.has(table) || word === 'said') continue
    const held = found.get(`${table}\n${column}`)
    const one = held
      ? { ...held, filled: held.filled + filled }
      : judged({ table, column, filled }, targets, word === 'looked-at')
    if (one !== null) found.set(`${table}\n${column}`, one)
  }
  return [...found.values()]
}

/** @param isLookedAt somebody used the column to choose rows: it is asked about only where nothing carries what its name says */
function judged(
  { table, column, filled }: Pick<NotMapped, 'table' | 'column' | 'filled'>,
  targets: readonly BoundTable[],
  isLookedAt: boolean,
): NotMapped | null {
  const { name, certainty } = columnMeaning(column, table)
  const meaning = certainty === 1 ? name : ''
  if (isLookedAt && meaning === '') return null
  // What it is and how much of it: a name that says nothing is no likely status or time.
  const isMeant = (of: readonly string[]): boolean => (meaning === '' ? !usuallyNamed.includes(of) : of.includes(meaning))
  const asking = classified(table, targets)
    .map(({ target, safety }) => ({
      safety,
      elements: missingOf(target).flatMap(([element, of]) => (isMeant(of) ? [element] : [])),
      isAlways: alwaysNeeded[safety]?.has(meaning) === true && !(isLookedAt && isCarried(target, meaning)),
    }))
    .filter(({ elements, isAlways }) => elements.length > 0 || isAlways)
  const safety = safetyClasses.find((one) => asking.some((each) => each.safety === one))
  if (safety === undefined) return null
  return { table, column, filled, safety, elements: asking.flatMap(({ elements }) => elements), isGrave: meaning !== '' }
}

/** What is made of the table, with its class where treatment depends on it; where none is of such a class, the name of the table speaks for all. */
function classified(
  table: string,
  targets: readonly BoundTable[],
): readonly { readonly target: BoundTable; readonly safety: SafetyClass }[] {
  const all = targets.map((target) => ({ target, safety: safetyOf(target) })).filter(({ safety }) => caredFor.has(safety))
  const named = safetyByName(table)
  if (all.length > 0 || !named || !caredFor.has(named)) return all
  return targets.map((target) => ({ target, safety: named }))
}

/** Needed elements without a line, for the table that says what its record is; a table that only adds to records is not asked for the rest. */
function missingOf({ type, lines }: BoundTable): readonly (readonly [string, readonly string[]])[] {
  const needed = neededOf(type)
  const [head] = needed
  if (head === undefined || !isFilled(lines, head[0])) return []
  return needed.filter(([element]) => !isFilled(lines, element)).map(([element, of]) => [elementName(type, element), of])
}

/** Whether a line fills an element of this meaning: its condition may have decided what is written there. */
function isCarried({ type, lines }: BoundTable, meaning: string): boolean {
  return neededOf(type).some(([element, of]) => of.includes(meaning) && isFilled(lines, element))
}

function neededOf(type: string): (typeof neededByType)[string] {
  return neededByType[type] ?? neededByType[type.toLowerCase()] ?? []
}

function isFilled(lines: BoundTable['lines'], element: string): boolean {
  return lines.some(({ path }) => element.split('|').some((start) => (path.steps[0]?.name ?? '').startsWith(start)))
}

function elementName(type: string, element: string): string {
  return element
    .split('|')
    .map((name) => `${type}.${name}`)
    .join(' or ')
}

/** One finding per column: an error where treatment depends on it, a warning where its name does not say. */
export function notMappedFindings(list: readonly NotMapped[]): readonly Finding[] {
  const tally = new Tally()
  const classes = new Map<string, SafetyClass>()
  const at = { kind: 'artifact', path: 'mapping/fields.csv' } as const
  for (const { table, column, filled, safety, elements, isGrave } of list) {
    const place = `${table}.${column}`
    classes.set(place, safety)
    const facts = [
      { name: 'filled cells', value: filled },
      ...(elements.length > 0 ? [{ name: 'elements without a line', value: elements.join(', ') }] : []),
    ]
    const severity = isGrave ? 'error' : 'warning'
    tally.add({ code: notMappedCode, at, evidence: { facts } }, { place, input: null, inputName: null }, severity)
  }
  return tally.findings().map((finding) => {
    const safety = classes.get(finding.place)
    return safety === undefined ? finding : { ...finding, safety }
  })
}

/** Those that treatment depends on, beside the lines that could not be followed: no number speaks of them either. */
export function unmappedElements(list: readonly NotMapped[]): readonly NotCompared[] {
  return list
    .filter(({ isGrave }) => isGrave)
    .map(({ table, column, elements, safety }) => ({
      what: `${table}.${column}`,
      target: elements.join(', '),
      why: 'no line of the field map carries this column',
      safety,
      isOwed: true,
    }))
}
