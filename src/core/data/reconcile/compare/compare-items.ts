/** All fields of a legacy entry beside those of a target record, units read together with their numbers. */

import { type Comparing, compareField, conversionOf, type Outcome } from '../../crosswalk/compare/compare-field.ts'
import { holdsSystem, holdsUnit } from '../../crosswalk/compare/field-kind.ts'
import { codings } from '../../crosswalk/plan/elements.ts'
import type { BoundField, BoundTable } from '../../crosswalk/plan/plan.ts'
import { systemOf } from '../../meaning/code-systems.ts'
import { type EqualRule, ruleName } from '../../meaning/rules.ts'
import { type Substance, substanceOf } from '../../meaning/substances.ts'
import type { LegacyItem, TargetItem } from '../entries/items.ts'
import type { Assumed } from './assumed.ts'
import { type KnownDigits, precisionAt } from './number-digits.ts'
import { isSignElsewhere, unitsBeside } from './unit-beside.ts'

/** In the order of the fields of the table. */
export function compareItems(legacy: LegacyItem, target: TargetItem, assumed: Assumed): readonly Outcome[] {
  const { table } = legacy
  const ways = waysOf(table, assumed)
  const outcomes: Outcome[] = new Array(ways.length)
  const conversions: (EqualRule | null)[] = new Array(ways.length).fill(null)
  for (let i = 0; i < ways.length; i++) {
    const how = howOf(legacy, target, i, ways)
    outcomes[i] = compareOne(legacy, target, i, how, assumed.digits)
    conversions[i] = conversionOf(how)?.by ?? null
  }
  return withConvertedUnits(table, withoutOthers(legacy, outcomes), conversions)
}

/** With the units that stand beside a number, and what it measures. */
function howOf(legacy: LegacyItem, target: TargetItem, i: number, ways: readonly Comparing[]): Comparing {
  const way = ways[i] as Comparing
  const beside = unitsOf(legacy, target, i)
  if (beside === null && !way.isUnit && legacy.carried[i]?.kind !== 'quantity') return way
  return { ...way, beside, substance: measuredBy(legacy, target) }
}

function compareOne(legacy: LegacyItem, target: TargetItem, i: number, how: Comparing, digits: KnownDigits | undefined): Outcome {
  const by = (column: Comparing['column']): Outcome =>
    compareField(
      legacy.raw[i] ?? '',
      legacy.carried[i] ?? null,
      target.values[i] ?? [],
      column === null ? how : { ...how, column },
    )
  const outcome = by(null)
  const { rule, role } = legacy.table.fields[i] as BoundField
  // An id that the load did not take from the field map was given by the target; links to it are compared by themselves.
  if (rule === 'record-id' && role === 'id' && outcome.cls === 'changed') return ownId
  // The other numbers of the column are asked only where a rounding is in question.
  if (digits === undefined || !isRounding(outcome)) return outcome
  return by(precisionAt(digits, legacy, i))
}

const ownId: Outcome = { cls: 'same-after-rule', words: 'an id that the target gave', by: null }

function isRounding(outcome: Outcome): boolean {
  return outcome.cls === 'same-after-rule' ? outcome.by === 'rounded-0' : 'kind' in outcome && roundings.has(outcome.kind)
}

const roundings: ReadonlySet<string> = new Set(['less-precise', 'amount'])

interface Ways {
  readonly zones: Assumed
  readonly list: readonly Comparing[]
}

const known = new WeakMap<BoundTable, Ways>()

function waysOf(table: BoundTable, zones: Assumed): readonly Comparing[] {
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
      substance: null,
      codes: codesOf(table, field.path.plain),
      isSignElsewhere: isSignElsewhere(table, field),
      column: null,
    }),
  )
  known.set(table, { zones, list })
  return list
}

/** A reason or a diagnosis names what the patient has, whatever the record is. */
function codesOf({ type, domain }: BoundTable, path: string): Comparing['codes'] {
  if (domain === 'problems' || /reason|diagnosis|indication|condition/i.test(path.slice(type.length))) return 'diagnosis'
  return /^procedure/i.test(type) ? 'procedure' : null
}

/** What a patient is given, by the name of the element or column. */
function isAmount(path: string): boolean {
  return /dose|dosage|quantity|strength|amount|rate/i.test(path)
}

function unitsOf(legacy: LegacyItem, target: TargetItem, i: number): Comparing['beside'] {
  const at = unitsBeside(legacy.table)[i]
  if (!at) return null
  const wanted = (positions: readonly number[]): string => {
    const carried = positions.map((position) => legacy.carried[position] ?? null).find((one) => one !== null)
    return carried?.kind === 'text' ? carried.text : carried?.kind === 'code' ? carried.code : ''
  }
  const found = ([position = -1]: readonly number[]): string => {
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
function withoutOthers({ table, carried, leftBehind = [] }: LegacyItem, outcomes: Outcome[]): Outcome[] {
  // Legacy has a value there, and a person said that it is not carried.
  for (const i of leftBehind) if (outcomes[i]?.cls === 'appeared') outcomes[i] = absent
  for (const [i, same] of othersOf(table).entries())
    if (outcomes[i]?.cls === 'appeared' && same.some((j) => (carried[j] ?? null) !== null)) outcomes[i] = absent
  return outcomes
}

const absent: Outcome = { cls: 'absent', words: null }

/** A unit is told with its number where a known factor leads from one to the other, whether the number follows it or not. */
function withConvertedUnits(
  table: BoundTable,
  outcomes: Outcome[],
  conversions: readonly (EqualRule | null)[],
): readonly Outcome[] {
  for (const [i, beside] of unitsBeside(table).entries()) {
    const by = conversions[i] ?? null
    if (beside === null || by === null) continue
    for (const at of [...beside.unit, ...beside.code])
      if (outcomes[at]?.cls === 'changed') outcomes[at] = { cls: 'same-after-rule', words: ruleName(by), by }
  }
  return outcomes
}

/** What the record measures, by a LOINC code of legacy, else of the target. */
function measuredBy({ table, carried }: LegacyItem, { values }: TargetItem): Substance | null {
  const { code } = table.positions
  const was = code.flatMap((at) => {
    const one = carried[at]
    return one?.kind === 'code' ? [one] : []
  })
  const is = code.flatMap((at) => (values[at] ?? []).flatMap(codings))
  for (const side of [was, is])
    for (const one of side) {
      const found = systemOf(one.system) === loinc ? substanceOf(one.code) : null
      if (found !== null) return found
    }
  return null
}

const loinc = systemOf('http://loinc.org')
