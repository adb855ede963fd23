/** The rows of the Mapping page: every line of the field map and every legacy column that no line speaks of, with its filled cells. */

import { editMapping, type MappingEdit } from '../../../../core/data/crosswalk/edit.ts'
import type { FieldLine, Mapping } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import { columnStates, stateOfColumn, coverageOf as sumCoverage } from '../../../../core/data/crosswalk/plan/coverage.ts'
import type { Coverage } from '../../../../core/data/crosswalk/plan/crosswalk.ts'
import { bindCondition, conditionWords, isRowRule, rowRuleWords } from '../../../../core/data/crosswalk/plan/row-rules.ts'
import { transformNamed } from '../../../../core/data/crosswalk/transforms/index.ts'
import type { ValidateResult } from '../../../../core/data/model/validation.ts'

export const mappingTabs = ['unmapped', 'suggested', 'confirmed', 'not-carried'] as const
export type MappingTab = (typeof mappingTabs)[number]

export const tabWords: Readonly<Record<MappingTab, string>> = {
  unmapped: 'Unmapped',
  suggested: 'Suggested',
  confirmed: 'Confirmed',
  'not-carried': 'Deliberately not carried',
}

export interface MappingEntry {
  /** Stable while the line stays where it is: its number, or table and column where no line stands for it. */
  readonly key: string
  /** Index of the line, or null for a column without one. */
  readonly at: number | null
  readonly line: FieldLine
  readonly tab: MappingTab
  /** Filled cells of its columns; null where the files were not read in this session. */
  readonly filled: number | null
}

/** Filled cells by legacy table and column, as the last run counted them. */
export type Filled = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Null where nothing was read in this session. */
export function filledCells(validation: Pick<ValidateResult, 'inputs' | 'quality'> | null): Filled | null {
  if (!validation) return null
  const filled = new Map<string, Map<string, number>>()
  for (const { input, field, completeness } of validation.quality) {
    const report = validation.inputs[input]
    if (report?.side !== 'legacy') continue
    const table = filled.get(report.table) ?? new Map<string, number>()
    table.set(field, (table.get(field) ?? 0) + completeness.n)
    filled.set(report.table, table)
  }
  return filled.size === 0 ? null : filled
}

export function mappingEntries(mapping: Mapping, filled: Filled | null): readonly MappingEntry[] {
  const named = new Set(
    mapping.fields.flatMap((line) => {
      const condition = bindCondition(line)
      const decides = condition !== null && typeof condition !== 'string' ? condition.columns : []
      // A filter looks at a column without carrying it.
      return [...(line.rule === 'filter' ? [] : line.fields), ...decides].map((field) => `${line.source}.${field}`)
    }),
  )
  const lines = mapping.fields.map(
    (line, at): MappingEntry => ({
      key: String(at + 1),
      at,
      line,
      tab: line.status,
      filled: filled && line.fields.reduce((sum, field) => sum + (filled.get(line.source)?.get(field) ?? 0), 0),
    }),
  )
  const without = [...(filled ?? [])].flatMap(([table, columns]) =>
    [...columns]
      .filter(([column]) => !named.has(`${table}.${column}`) && !named.has(`${table}.*`))
      .map(
        ([column, n]): MappingEntry => ({
          key: `${table}.${column}`,
          at: null,
          line: emptyLine(table, column),
          tab: 'unmapped',
          filled: n,
        }),
      ),
  )
  return [...lines, ...without].sort(
    (a, b) => order(a.line.source, b.line.source) || (a.at ?? Number.MAX_SAFE_INTEGER) - (b.at ?? Number.MAX_SAFE_INTEGER),
  )
}

/** A line for a column that nobody has decided about. */
export function emptyLine(table: string, column: string): FieldLine {
  return {
    source: table,
    fields: [column],
    rule: '',
    params: new Map(),
    target: '',
    required: false,
    status: 'unmapped',
    reason: '',
    by: '',
  }
}

/** Filled legacy cells by what the map says of their column, counted as reconciliation counts them. Null where nothing was read. */
export function coverageOf(mapping: Mapping, filled: Filled | null): Coverage | null {
  if (!filled) return null
  const states = columnStates(mapping)
  return sumCoverage(
    [...filled].flatMap(([table, columns]) =>
      [...columns].map(([column, n]) => ({ table, column, filled: n, state: stateOfColumn(states, table, column) })),
    ),
  )
}

/** What a person's word makes of a line: carried by its rule, left behind for its reason, or nothing yet. */
export function decidingEdit({ at, line }: MappingEntry, by: string): MappingEdit | null {
  if (at === null) return null
  if (proposesToLeave(line)) return { kind: 'not-carried', at, reason: line.reason, by }
  return line.rule !== '' && (line.target !== '' || isRowRule(line.rule)) ? { kind: 'confirm-line', at, by } : null
}

/** A proposal that nothing is carried, with the reason a person would give. */
export function proposesToLeave({ status, rule, reason }: FieldLine): boolean {
  return status === 'suggested' && rule === '' && reason !== ''
}

/** Whether confirming the line loses something: a column that goes nowhere, or rows that no target takes. */
export function leavesBehind(line: FieldLine): boolean {
  return proposesToLeave(line) || (line.status === 'suggested' && line.rule === 'filter' && line.target === '')
}

/** Decides lines one after the other; those that can not be decided stay as they are, and the first of them says why. */
export function decideMany(
  mapping: Mapping,
  entries: readonly MappingEntry[],
  by: string,
): { readonly edits: readonly MappingEdit[]; readonly refused: readonly { readonly name: string; readonly why: string }[] } {
  const edits: MappingEdit[] = []
  const refused: { name: string; why: string }[] = []
  for (const entry of entries) {
    const edit = decidingEdit(entry, by)
    const tried = edit ? editMapping(mapping, edit) : null
    if (edit && tried?.ok) edits.push(edit)
    else refused.push({ name: lineName(entry.line), why: tried && !tried.ok ? tried.why : 'It has no target or no rule yet.' })
  }
  return { edits, refused }
}

/** "patients.BIRTHDATE", "all rows of claims", or the kind of record that only the target has. */
export function lineName({ source, fields, target }: FieldLine): string {
  if (source === '') return target
  return fields.join() === '*' ? `all columns of ${source}` : `${source}.${fields.join(' + ')}`
}

/** The rule of a line in words; its name where the program does not know it. */
export function ruleWords(line: Pick<FieldLine, 'rule' | 'params' | 'fields'>): string {
  const { rule, params } = line
  if (isRowRule(rule)) return rowRuleWords(line)
  return rule === '' ? 'no rule yet' : `${transformNamed(rule)?.words(params) ?? rule}${conditionWords(line)}`
}

export function filterEntries(entries: readonly MappingEntry[], tab: MappingTab, text: string): readonly MappingEntry[] {
  const wanted = text.trim().toLowerCase()
  return entries.filter(({ tab: own, line }) => own === tab && (wanted === '' || wordsOf(line).toLowerCase().includes(wanted)))
}

/** All that a line says: a code stands in a condition or a constant as often as in a target. */
function wordsOf({ source, fields, target, rule, params, reason }: MappingEntry['line']): string {
  return [source, ...fields, target, rule, ...[...params].flat(), reason].join(' ')
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
