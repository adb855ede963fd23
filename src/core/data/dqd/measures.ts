/** The checks that the definitions ask of one table, bound to its columns; what can not be computed says why. */
import {
  conceptRecordCompleteness,
  measurePersonCompleteness,
  measureValueCompleteness,
  sourceValueCompleteness,
} from './completeness.ts'
import { cdmDatatype, fkClass, fkDomain, isForeignKey, isPrimaryKey, isRequired, isStandardValidConcept } from './conformance.ts'
import { boundOf } from './days.ts'
import { asked, asks, type CheckType, type DefinitionRow, type DqdDefinitions } from './definitions.ts'
import type { Facts } from './facts.ts'
import type { Measure, MeasurePlan } from './place-check.ts'
import {
  observationPeriodOverlap,
  plausibleAfterBirth,
  plausibleGender,
  plausibleStartBeforeEnd,
  plausibleTemporalAfter,
  plausibleUnitConceptIds,
  plausibleUntilDeath,
  plausibleValue,
  withinVisitDates,
} from './plausibility.ts'
import { type DqdPlace, type DqdResult, inError, notApplicable } from './result.ts'

export interface BindContext {
  readonly definitions: DqdDefinitions
  readonly facts: Facts
  /** Stands for today in bounds that name it. */
  readonly asOf: string
  /** Names of the tables of the export, in lower case. */
  readonly present: ReadonlySet<string>
}

/** A check of the definitions at its place: a measure to be shown the rows, or a result that is known without them. */
export type Bound =
  | { readonly kind: 'measure'; readonly measure: Measure }
  | { readonly kind: 'known'; readonly result: DqdResult }

type Bind = (plan: MeasurePlan, context: BindContext, row: DefinitionRow, field: string) => Measure | string

/** What a check needs beside its own table; where that is absent the check is not applicable, never "all wrong". */
interface Asked {
  readonly name: string
  readonly on: (row: DefinitionRow) => boolean
  readonly tables?: (row: DefinitionRow) => readonly string[]
  readonly columns?: (row: DefinitionRow, field: string) => readonly string[]
  readonly bind: Bind
}

const lower = (row: DefinitionRow, column: string): string => row(column).toLowerCase()
const ownPerson = (_row: DefinitionRow, field: string): readonly string[] => [field, 'person_id']

const fieldChecks: readonly Asked[] = [
  { name: 'isRequired', on: (row) => asks(row, 'isRequired'), bind: (plan, _context, _row, field) => isRequired(plan, field) },
  {
    name: 'cdmDatatype',
    on: (row) => lower(row, 'cdmDatatype') === 'integer',
    bind: (plan, _context, _row, field) => cdmDatatype(plan, field),
  },
  {
    name: 'isPrimaryKey',
    on: (row) => asks(row, 'isPrimaryKey'),
    bind: (plan, _context, _row, field) => isPrimaryKey(plan, field),
  },
  {
    name: 'isForeignKey',
    on: (row) => asks(row, 'isForeignKey'),
    tables: (row) => [lower(row, 'fkTableName')],
    bind: (plan, { facts }, row, field) =>
      isForeignKey(plan, field, facts, { table: lower(row, 'fkTableName'), field: lower(row, 'fkFieldName') }),
  },
  {
    name: 'fkDomain',
    on: (row) => asks(row, 'isForeignKey') && asked(row, 'fkDomain') !== null,
    tables: () => ['concept'],
    bind: (plan, { facts }, row, field) => fkDomain(plan, field, facts, row('fkDomain')),
  },
  {
    name: 'fkClass',
    on: (row) => asks(row, 'isForeignKey') && asked(row, 'fkClass') !== null,
    tables: () => ['concept'],
    bind: (plan, { facts }, row, field) => fkClass(plan, field, facts, row('fkClass')),
  },
  {
    name: 'isStandardValidConcept',
    on: (row) => asks(row, 'isStandardValidConcept'),
    tables: () => ['concept'],
    bind: (plan, { facts }, _row, field) => isStandardValidConcept(plan, field, facts),
  },
  {
    name: 'measureValueCompleteness',
    on: (row) => asks(row, 'measureValueCompleteness'),
    bind: (plan, _context, _row, field) => measureValueCompleteness(plan, field),
  },
  {
    name: 'standardConceptRecordCompleteness',
    on: (row) => asks(row, 'standardConceptRecordCompleteness'),
    bind: (plan, _context, _row, field) => conceptRecordCompleteness(plan, field),
  },
  {
    name: 'sourceConceptRecordCompleteness',
    on: (row) => asks(row, 'sourceConceptRecordCompleteness'),
    bind: (plan, _context, _row, field) => conceptRecordCompleteness(plan, field),
  },
  {
    name: 'sourceValueCompleteness',
    on: (row) => asks(row, 'sourceValueCompleteness'),
    columns: (row, field) => [field, lower(row, 'standardConceptFieldName')],
    bind: (plan, _context, row, field) => sourceValueCompleteness(plan, field, lower(row, 'standardConceptFieldName')),
  },
  { name: 'plausibleValueLow', on: (row) => asked(row, 'plausibleValueLow') !== null, bind: bindValue('low') },
  { name: 'plausibleValueHigh', on: (row) => asked(row, 'plausibleValueHigh') !== null, bind: bindValue('high') },
  {
    name: 'plausibleTemporalAfter',
    on: (row) => asks(row, 'plausibleTemporalAfter'),
    tables: (row) => [lower(row, 'plausibleTemporalAfterTableName')],
    columns: (row, field) => [field, ofPerson(row) ? 'person_id' : lower(row, 'plausibleTemporalAfterFieldName')],
    bind: (plan, { facts }, row, field) =>
      plausibleTemporalAfter(plan, field, facts, {
        table: lower(row, 'plausibleTemporalAfterTableName'),
        field: lower(row, 'plausibleTemporalAfterFieldName'),
      }),
  },
  {
    name: 'plausibleDuringLife',
    on: (row) => asks(row, 'plausibleDuringLife'),
    tables: () => ['death'],
    columns: ownPerson,
    bind: (plan, { facts }, _row, field) => plausibleUntilDeath(plan, field, facts),
  },
  {
    name: 'plausibleBeforeDeath',
    on: (row) => asks(row, 'plausibleBeforeDeath'),
    tables: () => ['death'],
    columns: ownPerson,
    bind: (plan, { facts }, _row, field) => plausibleUntilDeath(plan, field, facts),
  },
  {
    name: 'plausibleAfterBirth',
    on: (row) => asks(row, 'plausibleAfterBirth'),
    tables: () => ['person'],
    columns: ownPerson,
    bind: (plan, { facts }, _row, field) => plausibleAfterBirth(plan, field, facts),
  },
  {
    name: 'plausibleStartBeforeEnd',
    on: (row) => asks(row, 'plausibleStartBeforeEnd'),
    columns: (row, field) => [field, lower(row, 'plausibleStartBeforeEndFieldName')],
    bind: (plan, _context, row, field) => plausibleStartBeforeEnd(plan, field, lower(row, 'plausibleStartBeforeEndFieldName')),
  },
  {
    name: 'withinVisitDates',
    on: (row) => asks(row, 'withinVisitDates'),
    tables: () => ['visit_occurrence'],
    columns: (_row, field) => [field, 'visit_occurrence_id'],
    bind: (plan, { facts }, _row, field) => withinVisitDates(plan, field, facts),
  },
]

const conceptChecks: readonly Asked[] = [
  {
    name: 'plausibleGender',
    on: (row) => asked(row, 'plausibleGender') !== null,
    tables: () => ['person'],
    columns: ownPerson,
    bind: (plan, { facts }, row, field) => plausibleGender(plan, field, facts, row('conceptId'), row('plausibleGender')),
  },
  {
    name: 'plausibleUnitConceptIds',
    on: (row) => asked(row, 'plausibleUnitConceptIds') !== null,
    columns: (_row, field) => [field, 'value_as_number', 'unit_concept_id'],
    bind: (plan, _context, row, field) =>
      plausibleUnitConceptIds(
        plan,
        field,
        row('conceptId'),
        row('plausibleUnitConceptIds')
          .split(',')
          .map((unit) => unit.trim()),
      ),
  },
]

const tableChecks: readonly Asked[] = [
  {
    name: 'measurePersonCompleteness',
    on: (row) => asks(row, 'measurePersonCompleteness'),
    tables: () => ['person'],
    columns: () => ['person_id'],
    bind: (plan, { facts }) => measurePersonCompleteness(plan, facts),
  },
  {
    name: 'measureObservationPeriodOverlap',
    on: (row) => asks(row, 'measureObservationPeriodOverlap'),
    columns: () => ['person_id', 'observation_period_start_date', 'observation_period_end_date'],
    bind: (plan) => observationPeriodOverlap(plan),
  },
]

/** Checks that this program knows; the others of the definitions are listed as not evaluated. */
export const knownChecks: ReadonlySet<string> = new Set(
  ['cdmTable', 'cdmField'].concat([...tableChecks, ...fieldChecks, ...conceptChecks].map(({ name }) => name)),
)

function ofPerson(row: DefinitionRow): boolean {
  return lower(row, 'plausibleTemporalAfterTableName') === 'person'
}

function bindValue(side: 'low' | 'high'): Bind {
  return (plan, { asOf }, row, field) => {
    const text = row(side === 'low' ? 'plausibleValueLow' : 'plausibleValueHigh')
    const bound = boundOf(text, asOf)
    return bound === null
      ? `The bound “${text}” is not one of the forms that can be read.`
      : plausibleValue(plan, field, side, bound)
  }
}

/** All checks of one table. `columns` are its column names in lower case, null where the table is not part of the export. */
export function measuresOf(table: string, columns: ReadonlySet<string> | null, context: BindContext): Bound[] {
  const { definitions } = context
  const here = (row: DefinitionRow): boolean => lower(row, 'cdmTableName') === table
  const bound: Bound[] = []
  const add = (list: readonly Asked[], rows: readonly DefinitionRow[], placeOf: (row: DefinitionRow) => DqdPlace): void => {
    for (const row of rows.filter(here))
      for (const one of list) if (one.on(row)) bound.push(...bind(one, row, placeOf(row), columns, context))
  }
  add(tableChecks, definitions.tables, () => ({ table, field: null, concept: null }))
  add(fieldChecks, definitions.fields, (row) => ({ table, field: lower(row, 'cdmFieldName'), concept: null }))
  add(conceptChecks, definitions.concepts, (row) => ({ table, field: lower(row, 'cdmFieldName'), concept: row('conceptId') }))
  return bound
}

function bind(
  one: Asked,
  row: DefinitionRow,
  place: DqdPlace,
  columns: ReadonlySet<string> | null,
  context: BindContext,
): Bound[] {
  const check: CheckType | undefined = context.definitions.types.get(one.name)
  if (!check) return []
  const known = (result: DqdResult): Bound[] => [{ kind: 'known', result }]
  if (columns === null) return known(notApplicable(check, place, `The table ${place.table} is not part of the export.`))
  const field = place.field ?? ''
  const needs = one.columns?.(row, field) ?? (place.field === null ? [] : [field])
  const lacking = needs.filter((column) => !columns.has(column))
  if (lacking.length > 0) return known(notApplicable(check, place, `The table has no column ${lacking.join(', ')}.`))
  const absent = (one.tables?.(row) ?? []).filter((table) => !context.present.has(table))
  if (absent.length > 0) return known(notApplicable(check, place, `The table ${absent.join(', ')} is not part of the export.`))
  const threshold = row(`${one.name}Threshold`)
  const plan: MeasurePlan = { check, place, threshold: threshold === '' ? null : Number(threshold), needs }
  const measure = one.bind(plan, context, row, field)
  return typeof measure === 'string' ? known(inError(check, place, measure)) : [{ kind: 'measure', measure }]
}
