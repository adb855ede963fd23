/** What people said about records that did not arrive one to one: a CSV file with side, table, record, state, into, reason and by. */
import { csvText, parseCsvText } from '../../../values/csv-text.ts'
import type { MappingProblem } from '../../crosswalk/mapping/mapping.ts'
import type { Side } from '../../model/source.ts'
import type { Explanation } from './result.ts'

export const explanationColumns = ['side', 'table', 'record', 'state', 'into', 'reason', 'by'] as const
const legacyStates = ['merged', 'filtered', 'archived', 'rejected'] as const
const targetStates = ['already-there', 'generated'] as const

/** Lines that can not be followed are named and left out: an explanation without reason and name explains nothing. */
export function readExplanations(
  file: string,
  text: string,
): { readonly explained: readonly Explanation[]; readonly problems: readonly MappingProblem[] } {
  const [header, ...records] = parseCsvText(text)
  const problems: MappingProblem[] = []
  const explained: Explanation[] = []
  const missing = explanationColumns.filter((column) => !header?.cells.includes(column))
  if (missing.length > 0) {
    problems.push({ file, line: 1, words: `The header lacks ${missing.join(', ')}; it takes ${explanationColumns.join(',')}.` })
    return { explained, problems }
  }
  for (const { line, cells } of records) {
    const cell = (column: string): string => cells[header?.cells.indexOf(column) ?? -1] ?? ''
    const side: Side | undefined = (['legacy', 'target'] as const).find((one) => one === cell('side'))
    const states = side === 'target' ? targetStates : legacyStates
    const state = states.find((one) => one === cell('state'))
    const complain = (words: string): number => problems.push({ file, line, words })
    if (!side) complain(`The side “${cell('side')}” is neither legacy nor target.`)
    else if (!state) complain(`The state “${cell('state')}” is none of ${states.join(', ')}.`)
    else if (cell('reason') === '' || cell('by') === '') complain('An explanation needs a reason and a name.')
    else if (state === 'merged' && cell('into') === '') complain('A merge names the record that survives in the column into.')
    else
      explained.push({
        side,
        table: cell('table'),
        record: cell('record'),
        state,
        into: cell('into'),
        reason: cell('reason'),
        by: cell('by'),
      })
  }
  return { explained, problems }
}

export function writeExplanations(explained: readonly Explanation[]): string {
  return csvText([
    explanationColumns,
    ...explained.map((one) => [one.side, one.table, one.record, one.state, one.into, one.reason, one.by]),
  ])
}

/** Explanations by what they explain. */
export class Explained {
  private readonly lines = new Map<string, Explanation>()
  private readonly used = new Set<Explanation>()

  constructor(explained: readonly Explanation[]) {
    for (const one of explained) this.lines.set(nameOf(one.side, one.table, one.record), one)
  }

  /** The line for one record: by key first, then by its number in the file, then for all of the patient, then for the whole table. */
  of(side: Side, table: string, key: string, record: number, patient: string): Explanation | null {
    if (this.lines.size === 0) return null
    const found = this.find(side, table, key, record, patient)
    if (found) this.used.add(found)
    return found
  }

  /** Takes back a line that turned out to explain nothing. */
  drop(one: Explanation): void {
    const name = nameOf(one.side, one.table, one.record)
    if (this.lines.get(name) === one) this.lines.delete(name)
  }

  /** Lines that no record asked for. */
  unused(): readonly Explanation[] {
    return [...this.lines.values()].filter((one) => !this.used.has(one))
  }

  private find(side: Side, table: string, key: string, record: number, patient: string): Explanation | null {
    return (
      (key === '' ? undefined : this.lines.get(nameOf(side, table, key))) ??
      this.lines.get(nameOf(side, table, `record:${record}`)) ??
      this.ofPatient(side, table, patient) ??
      this.lines.get(nameOf(side, table, '*')) ??
      null
    )
  }

  private ofPatient(side: Side, table: string, patient: string): Explanation | undefined {
    if (patient === '') return undefined
    const record = `patient:${patient}`
    return this.lines.get(nameOf(side, table, record)) ?? this.lines.get(nameOf(side, '*', record))
  }
}

function nameOf(side: Side, table: string, record: string): string {
  return `${side}\n${table}\n${record}`
}
