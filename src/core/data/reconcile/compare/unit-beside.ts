/** Which fields hold the unit of which number: `valueQuantity.value` beside `valueQuantity.unit`, or the value and unit columns of a target table. */
import { holdsUnit } from '../../crosswalk/compare/field-kind.ts'
import type { BoundField, BoundTable } from '../../crosswalk/plan/plan.ts'

/** By position of a number the positions of the lines that make its unit and its unit code: several where each holds for some rows. */
export interface UnitBeside {
  readonly unit: readonly number[]
  readonly code: readonly number[]
}

const known = new WeakMap<BoundTable, readonly (UnitBeside | null)[]>()

export function unitsBeside(table: BoundTable): readonly (UnitBeside | null)[] {
  const found = known.get(table)
  if (found) return found
  const list = table.fields.map((field, i) => besideOf(table.fields, field, i))
  known.set(table, list)
  return list
}

/** Whether another line carries the sign before a number: its comparator, or the operator column of a target table. */
export function isSignElsewhere({ fields }: Pick<BoundTable, 'fields'>, { path }: Pick<BoundField, 'path'>): boolean {
  const whole = path.plain.replace(/\.value$/, '')
  return fields.some(({ path: other }) =>
    /^[a-z]/.test(path.type) ? /operator|comparator/i.test(other.plain) : other.plain === `${whole}.comparator`,
  )
}

function besideOf(fields: readonly BoundField[], field: BoundField, at: number): UnitBeside | null {
  const { path } = field
  const last = path.steps.at(-1)?.name ?? ''
  if (path.steps.length === 1 && /^[a-z]/.test(path.type)) {
    if (!/^value(?:_|$)|_value$|^result/i.test(last) || holdsUnit(field)) return null
    const units = fields.flatMap((one, i) => (one.path.type === path.type && holdsUnit(one) ? [i] : []))
    const [first] = units
    const isOne = units.every((i) => fields[i]?.path.plain === fields[first ?? 0]?.path.plain)
    return first !== undefined && isOne ? { unit: units, code: [] } : null
  }
  const whole = last === 'value' ? path.plain.slice(0, -'.value'.length) : path.plain
  const name = filtersOf(field, last === 'value' ? 1 : 0)
  const of = (part: string): readonly number[] =>
    fields.flatMap((one, i) => (i !== at && one.path.plain === `${whole}.${part}` && filtersOf(one, 1) === name ? [i] : []))
  const beside = { unit: of('unit'), code: of('code') }
  return beside.unit.length + beside.code.length === 0 ? null : beside
}

/** Filters on the way, so that the unit of one component is not that of another. */
function filtersOf({ path }: BoundField, without: number): string {
  return JSON.stringify(path.steps.slice(0, path.steps.length - without))
}
