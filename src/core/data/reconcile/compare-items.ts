/** All fields of a legacy entry beside those of a target record, units read together with their numbers. */
import type { SideZones } from '../meaning/compare-times.ts'
import { type Comparing, compareField, type Outcome } from './compare-field.ts'
import type { LegacyItem, TargetItem } from './items.ts'
import type { BoundTable } from './plan.ts'
import { holdsSystem, holdsUnit, isSignElsewhere, unitsBeside } from './unit-beside.ts'

/** In the order of the fields of the table. */
export function compareItems(legacy: LegacyItem, target: TargetItem, zones: SideZones): readonly Outcome[] {
  const { table } = legacy
  const ways = waysOf(table, zones)
  const outcomes: Outcome[] = new Array(ways.length)
  for (let i = 0; i < ways.length; i++) outcomes[i] = compareOne(legacy, target, i, ways)
  return withConvertedUnits(table, withoutOthers(legacy, outcomes))
}

function compareOne(legacy: LegacyItem, target: TargetItem, i: number, ways: readonly Comparing[]): Outcome {
  const way = ways[i] as Comparing
  const beside = unitsOf(legacy, target, i)
  const how = beside === null ? way : { ...way, beside }
  return compareField(legacy.raw[i] ?? '', legacy.carried[i] ?? null, target.values[i] ?? [], how)
}

interface Ways {
  readonly zones: SideZones
  readonly list: readonly Comparing[]
}

const known = new WeakMap<BoundTable, Ways>()

function waysOf(table: BoundTable, zones: SideZones): readonly Comparing[] {
  const held = known.get(table)
  if (held?.zones === zones) return held.list
  const list = table.fields.map(
    (field): Comparing => ({
      rule: field.rule,
      tuning: field.tuning,
      zones,
      doses: table.domain === 'medicines' && isAmount(field.path.plain),
      isUnit: holdsUnit(field),
      isSystem: holdsSystem(field),
      beside: null,
      isSignElsewhere: isSignElsewhere(table, field),
    }),
  )
  known.set(table, { zones, list })
  return list
}

/** What a patient is given, by the name of the element or column. */
function isAmount(path: string): boolean {
  return /dose|dosage|quantity|strength|amount|rate/i.test(path)
}

function unitsOf(legacy: LegacyItem, target: TargetItem, i: number): Comparing['beside'] {
  const at = unitsBeside(legacy.table)[i]
  if (!at) return null
  const wanted = (position: number): string => {
    const carried = legacy.carried[position]
    return carried?.kind === 'text' ? carried.text : carried?.kind === 'code' ? carried.code : ''
  }
  const found = (position: number): string => {
    const value = target.values[position]?.[0]
    return typeof value === 'string' ? value : ''
  }
  return {
    legacy: { unit: wanted(at.unit), code: wanted(at.code) },
    target: { unit: found(at.unit), code: found(at.code) },
  }
}

const others = new WeakMap<BoundTable, readonly (readonly number[])[]>()

/** By position the other lines that fill the same place, such as a line per condition. */
function othersOf(table: BoundTable): readonly (readonly number[])[] {
  const held = others.get(table)
  if (held) return held
  const names = table.fields.map(({ path }) => JSON.stringify(path.steps))
  const list = names.map((name, i) => names.flatMap((other, j) => (other === name && j !== i ? [j] : [])))
  others.set(table, list)
  return list
}

/** What one line finds at a place that another line of the row filled has not appeared. */
function withoutOthers({ table, carried }: LegacyItem, outcomes: Outcome[]): Outcome[] {
  for (const [i, same] of othersOf(table).entries())
    if (outcomes[i]?.cls === 'appeared' && same.some((j) => (carried[j] ?? null) !== null)) outcomes[i] = absent
  return outcomes
}

const absent: Outcome = { cls: 'absent', words: null }

/** Another unit is no difference where the number was converted with it. */
function withConvertedUnits(table: BoundTable, outcomes: Outcome[]): readonly Outcome[] {
  for (const [i, beside] of unitsBeside(table).entries()) {
    const number = outcomes[i]
    if (beside === null || number?.cls !== 'same-after-rule' || number.by !== 'unit-converted') continue
    for (const at of [beside.unit, beside.code]) if (outcomes[at]?.cls === 'changed') outcomes[at] = number
  }
  return outcomes
}
