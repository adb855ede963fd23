/** Lines for rows that became parts of one panel: shown by components of the target whose codes are those of rows. */

import type { JsonObject, JsonValue } from '../../model/record.ts'
import { quotedValue } from '../mapping/element-path.ts'
import type { FieldLine } from '../mapping/mapping.ts'
import type { ColumnFit } from './column-fit.ts'
import { newLine } from './proposed-line.ts'
import type { LegacyTable, TargetTable } from './samples.ts'

interface Panel {
  readonly code: string
  readonly system: string
  readonly words: string
  readonly resources: number
  /** Component codes by the member that holds their value. */
  readonly parts: ReadonlyMap<string, ReadonlySet<string>>
}

const objectOf = (value: JsonValue | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
const listOf = (value: JsonValue | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.map(objectOf) : [])
const codingOf = (value: JsonValue | undefined): JsonObject => listOf(objectOf(value).coding)[0] ?? {}

function panelsOf({ panels }: TargetTable): readonly Panel[] {
  const found = new Map<string, { system: string; words: string; resources: number; parts: Map<string, Set<string>> }>()
  for (const one of panels) {
    const { code, system, display } = codingOf(one.code)
    if (typeof code !== 'string') continue
    const text = objectOf(one.code).text ?? display
    const held = found.get(code) ?? { system: String(system ?? ''), words: String(text ?? code), resources: 0, parts: new Map() }
    found.set(code, held)
    held.resources++
    for (const part of listOf(one.component)) {
      const { code: own } = codingOf(part.code)
      const member = Object.keys(part).find((name) => name.startsWith('value')) ?? ''
      if (typeof own === 'string' && member !== '') held.parts.set(member, (held.parts.get(member) ?? new Set()).add(own))
    }
  }
  return [...found].map(([code, rest]) => ({ code, ...rest }))
}

/** The element of a component that holds the value of a cell. */
const elementOf: Readonly<Record<string, readonly [element: string, rule: string]>> = {
  valueQuantity: ['valueQuantity.value', 'number-format'],
  valueCodeableConcept: ['valueCodeableConcept.text', 'copy'],
  valueString: ['valueString', 'copy'],
  valueInteger: ['valueInteger', 'number-format'],
  valueDateTime: ['valueDateTime', 'date-time'],
  valueBoolean: ['valueBoolean', 'copy'],
}

/** @param fits what the columns of the table fill in records of their own */
export function panelLines(table: LegacyTable, target: TargetTable, fits: readonly ColumnFit[]): readonly FieldLine[] {
  const by = (meaning: string): ColumnFit | undefined => fits.find((one) => one.meaning === meaning)
  const [code, value, when] = [by('code'), by('value'), by('date') ?? by('start')]
  const patient = by('patient')
  if (!code || !value || !when || !patient) return []
  const known = new Set(code.column.cells)
  const lines: FieldLine[] = []
  const inPanels = new Set<string>()
  for (const panel of panelsOf(target)) {
    const parts = [...new Set([...panel.parts.values()].flatMap((codes) => [...codes]))].filter((one) => known.has(one))
    const all = [...panel.parts.values()].reduce((sum, codes) => sum + codes.size, 0)
    if (parts.length < 2 || parts.length < 0.8 * all) continue
    for (const one of parts) inPanels.add(one)
    lines.push(...ofPanel(table, panel, parts, { code, value, when, unit: by('unit'), description: by('description') }))
    for (const shared of fits.filter(({ meaning }) => ['patient', 'encounter', 'category'].includes(meaning)))
      if (!shared.field.target.includes('.where(') && (shared.meaning !== 'category' || isOne(shared, code, parts)))
        lines.push(
          newLine(
            table.name,
            [shared.column.name],
            shared.links === null ? 'copy' : 'reference',
            shared.links === null ? {} : { table: shared.links },
            shared.field.target.replace(/^Observation/, selectorOf(panel)),
          ),
        )
  }
  if (lines.length === 0) return []
  const rest = newLine(table.name, ['*'], 'filter', { rest: 'yes' }, 'Observation')
  return [...lines, { ...rest, reason: 'Rows of panels are parts of other records' }]
}

/** Whether all rows of a panel say the same in a column: else they could not be one record. */
function isOne({ column }: ColumnFit, code: ColumnFit, parts: readonly string[]): boolean {
  const said = new Set(column.cells.filter((_, row) => parts.includes(code.column.cells[row] ?? '')))
  return said.size === 1
}

const selectorOf = ({ code }: Panel): string => `Observation.where(code.coding.code=${quotedValue(code)})`

function ofPanel(
  { name }: LegacyTable,
  panel: Panel,
  parts: readonly string[],
  {
    code,
    value,
    when,
    unit,
    description,
  }: {
    readonly code: ColumnFit
    readonly value: ColumnFit
    readonly when: ColumnFit
    readonly unit: ColumnFit | undefined
    readonly description: ColumnFit | undefined
  },
): readonly FieldLine[] {
  const selector = selectorOf(panel)
  const column = code.column.name
  const part = `${selector}.component.where(code.coding.code={${column}})`
  const isOne = panel.parts.size === 1
  const reason = `Parts of “${panel.words}”: ${panel.resources} records of the target hold them as components`
  const lines: FieldLine[] = [
    { ...newLine(name, [column], 'filter', { in: parts.join('|') }, selector), reason },
    { ...newLine(name, [when.column.name], 'group', {}, selector), reason },
    newLine(name, [''], 'constant', { value: panel.code, system: panel.system, role: 'code' }, `${selector}.code`),
    newLine(
      name,
      [when.column.name],
      when.column.sample.type === 'date' ? 'date' : 'date-time',
      {},
      `${selector}.${when.field.target.replace(/^Observation\./, '')}`,
    ),
  ]
  for (const [member, codes] of panel.parts) {
    const [element, rule] = elementOf[member] ?? [`${member}`, 'copy']
    const own = parts.filter((one) => codes.has(one))
    const only = isOne ? {} : { when: `${column}=${own.join('|')}` }
    if (own.length === 0) continue
    lines.push(newLine(name, [value.column.name], rule, only, `${part}.${element}`))
    if (unit && member === 'valueQuantity')
      lines.push(newLine(name, [unit.column.name], 'copy', only, `${part}.valueQuantity.unit`))
  }
  if (description) lines.push(newLine(name, [description.column.name], 'copy', {}, `${part}.code.text`))
  return lines
}
