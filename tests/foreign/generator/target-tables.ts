/** The target as tables: OMOP 5.4, or a system of nobody's standard. */
import type { Choices } from './choices.ts'
import type { Kind, Value } from './facts.ts'
import { dayText, timeText } from './formats.ts'
import { elementOf, originOf, typeOf } from './target-paths.ts'
import type { TargetPerson, TargetRecord, TargetState } from './target-records.ts'
import { precisionOf } from './views.ts'

export interface TargetTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Id of the record in each row. */
  readonly ids: readonly string[]
}

const visitConcepts: Readonly<Record<string, string>> = { AMB: '9202', EMER: '9203', IMP: '9201', HH: '581476' }
const fields = [
  'id',
  'old',
  'person',
  'visit',
  'class',
  'code',
  'text',
  'start',
  'end',
  'status',
  'verification',
  'reaction',
  'detail',
  'value',
  'comparator',
  'unit',
] as const

function timeOf(choices: Choices, record: TargetRecord, field: 'start' | 'end'): string {
  const at = record[field]
  if (at === null) return ''
  if (field === 'start' && record.known !== 'all')
    return dayText(at, choices.zone, 'iso').slice(0, record.known === 'year' ? 4 : 7)
  if (precisionOf(choices, 'target', record.kind) === 'day') return dayText(at, choices.zone, 'iso')
  return timeText(at, choices.targetZone, choices.targetZone.name === 'Z' ? 'iso-z' : 'iso-local', 'iso')
}

function quantity(value: Value | null, part: 'number' | 'unit' | 'comparator'): string {
  return value?.kind === 'quantity' ? value[part] : ''
}

function cell(choices: Choices, record: TargetRecord, field: (typeof fields)[number]): string {
  switch (field) {
    case 'id':
      return record.id
    case 'old':
      return record.identifier
    case 'person':
      return record.owner
    case 'visit':
      return record.visit ?? ''
    case 'class':
      return choices.target === 'omop' ? (visitConcepts[record.concept.code] ?? '') : record.concept.code
    case 'code':
      return record.kind === 'visit' ? '' : record.concept.code
    case 'text':
      return record.concept.words
    case 'start':
    case 'end':
      return timeOf(choices, record, field)
    case 'reaction':
      return record.reaction?.words ?? ''
    case 'value':
      return quantity(record.value, 'number')
    case 'comparator':
      return quantity(record.value, 'comparator')
    case 'unit':
      return quantity(record.value, 'unit')
    default:
      return record[field]
  }
}

const kindsInOrder: readonly Kind[] = ['visit', 'problem', 'allergy', 'medicine', 'vaccine', 'result', 'vital', 'procedure']

function peopleTable(choices: Choices, people: readonly TargetPerson[]): TargetTable {
  const own = (['id', 'old', 'family', 'given', 'birth', 'sex', 'postcode', 'city', 'phone'] as const).flatMap((field) => {
    const column = elementOf(choices, 'person', field)
    return column === null ? [] : [{ field, column }]
  })
  const value = (person: TargetPerson, field: (typeof own)[number]['field']): string =>
    field === 'old' ? (choices.patientIds === 'carried' ? '' : person.identifier) : person[field]
  return {
    ...{ name: typeOf(choices, 'person'), columns: own.map(({ column }) => column), ids: people.map(({ id }) => id) },
    rows: people.map((person) => own.map(({ field }) => value(person, field))),
  }
}

export function targetTables(choices: Choices, state: TargetState): TargetTable[] {
  const made = new Map<string, { columns: string[]; rows: string[][]; ids: string[] }>()
  for (const kind of kindsInOrder) {
    const name = typeOf(choices, kind)
    const own = fields.flatMap((field) => {
      const column = elementOf(choices, kind, field)
      return column === null ? [] : [{ field, column }]
    })
    const origin = choices.target === 'omop' ? originOf[kind] : undefined
    const table = made.get(name) ?? { columns: [], rows: [], ids: [] }
    for (const column of [...own.map((one) => one.column), ...(origin ? [origin.column] : [])])
      if (!table.columns.includes(column)) table.columns.push(column)
    for (const record of state.records.filter((one) => one.kind === kind)) {
      const cells = new Map(own.map(({ field, column }) => [column, cell(choices, record, field)]))
      if (origin) cells.set(origin.column, origin.value)
      table.rows.push(table.columns.map((column) => cells.get(column) ?? ''))
      table.ids.push(record.id)
    }
    made.set(name, table)
  }
  // Rows of a table that took in a second kind are as wide as its header.
  const even = (row: readonly string[], width: number): string[] => Array.from({ length: width }, (_, i) => row[i] ?? '')
  const tables = [...made].map(([name, { columns, rows, ids }]) => ({
    name,
    columns,
    ids,
    rows: rows.map((row) => even(row, columns.length)),
  }))
  return [peopleTable(choices, state.people), ...tables]
}
