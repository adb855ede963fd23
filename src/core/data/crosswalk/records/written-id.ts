/** What the target calls a written row, and whether a link can make that of what legacy calls it. */
import type { Carried } from '../../model/carried.ts'
import type { BoundField, BoundTable } from '../plan/plan.ts'
import type { CarriedLine } from './made-row.ts'

/** The text of a value that can stand as a name; null for any other. */
export function nameText(value: Carried | null): string | null {
  if (value?.kind === 'code') return value.code
  return value?.kind === 'text' || value?.kind === 'number' ? value.text : null
}

/** Whether the line makes what links call the record: by its role, or because it fills the id of a resource. */
export function writesId({ role, path: { type, steps } }: BoundField): boolean {
  return role === 'id' || (steps.length === 1 && steps[0]?.name === 'id' && /^[A-Z]/.test(type))
}

/** The only line of the key, where one column holds it; null for any other key. */
export function soleKey({ lines }: BoundTable): BoundField | null {
  const [own, another] = lines.filter(({ role }) => role === 'key')
  return own !== undefined && another === undefined && own.columns.length === 1 ? own : null
}

/** Whether the rules make the id of any row of what a link to it says; if not, the id that each row was given is noted. */
export function followsLink(table: BoundTable): boolean {
  const line = table.lines.find(writesId)
  const own = soleKey(table)
  if (line === undefined) return own === null || /^[A-Z]/.test(table.type) || isPlain(own)
  const keys = table.lines.filter(({ role }) => role === 'key')
  return (
    line.columns.length === 1 && line.when === null && keys.every((key) => isPlain(key) && key.columns[0] === line.columns[0])
  )
}

function isPlain({ rule, columns, when }: BoundField): boolean {
  return rule === 'copy' && columns.length === 1 && when === null
}

/** What the target calls a row by the lines of the table; null where no line says it. */
export function writtenId({ lines }: BoundTable, carried: readonly CarriedLine[]): string | null {
  const own = carried.filter(({ field }) => lines.includes(field))
  const named = own.find(({ field }) => writesId(field)) ?? own.find(({ field }) => field.role === 'key')
  return nameText(named?.carried ?? null)
}
