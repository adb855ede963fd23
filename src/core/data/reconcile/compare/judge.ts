/** One patient judged: every entry of both sides gets a class, and every difference its code. */

import type { Outcome } from '../../crosswalk/compare/compare-field.ts'
import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import type { AllergyState, PairClass } from '../../crosswalk/plan/sides.ts'
import { noZones, type SideZones } from '../../meaning/compare-times.ts'
import { type Group, isCurrent, type LegacyItem, statementOf, type TargetItem, wasWithdrawn } from '../entries/items.ts'
import { type AlignedPair, align } from './align.ts'
import type { Assumed } from './assumed.ts'
import { codeOf } from './code-of.ts'
import { compareItems } from './compare-items.ts'
import type { PairCode } from './difference-codes.ts'
import { PairedRecords } from './follow-links.ts'
import type { ItemDifference, JudgedItem, JudgedPatient } from './judged-patient.ts'
import { noIds } from './link-ids.ts'
import { withSurplus } from './surplus.ts'

export function judge(group: Group, tables: readonly BoundTable[], assumed: Assumed = noZones): JudgedPatient {
  const judged: JudgedItem[][] = tables.map(() => [])
  const way: Way = { zones: assumed, paired: new PairedRecords(assumed.ids ?? noIds), limited: new Map() }
  const states = { legacy: stateOf(group.legacy, []), target: stateOf(group.target, group.listed) }
  let own: JudgedPatient['own'] = { legacy: null, target: null }
  let copies = 0
  const legacyByTable = byTable(group.legacy, tables.length)
  const targetByTable = byTable(group.target, tables.length)
  // Records that links lead to come first: of entries that are alike, the link tells which is which.
  for (const table of linkedFirst(tables)) {
    const items = judged[table.index] ?? []
    const all = legacyByTable[table.index] ?? none
    const untaken = all.filter((item) => item.untaken === true)
    const legacy = untaken.length === 0 ? all : all.filter((item) => item.untaken !== true)
    const lost = table.isPatients ? 'data/patient-lost' : table.domain === 'allergies' ? 'data/allergy-lost' : 'data/item-lost'
    items.push(...untaken.map((item) => alone(table, item, null, lost)))
    const target = targetByTable[table.index] ?? none
    if (legacy.length + target.length === 0) continue
    if (table.isPatients) {
      own = { legacy: legacy[0] ?? null, target: target[0] ?? null }
      copies = target.length - 1
      items.push(...judgePatients(table, legacy, target, assumed))
    } else if (table.domain === 'allergies') items.push(...judgeAllergies(table, legacy, target, states, way))
    else items.push(...judgeEntries(table, legacy, target, way))
    way.paired.add(items)
  }
  const items = judged.flat()
  if (copies > 0) markCopies(items)
  way.paired.follow(items)
  const patientOnBothSides = own.legacy !== null && own.target !== null
  return {
    key: group.key,
    own,
    states,
    stateChanged: patientOnBothSides && states.legacy !== states.target,
    items,
    limited: way.limited,
  }
}

/** What entries of one patient are paired by. */
interface Way {
  readonly zones: SideZones
  readonly paired: PairedRecords
  readonly limited: Map<string, number>
}

const orders = new WeakMap<readonly BoundTable[], readonly BoundTable[]>()

function linkedFirst(tables: readonly BoundTable[]): readonly BoundTable[] {
  const known = orders.get(tables)
  if (known) return known
  const order = [...tables.filter(({ isLinked }) => isLinked), ...tables.filter(({ isLinked }) => !isLinked)]
  orders.set(tables, order)
  return order
}

/** Where the patient is there twice, the copies of his records are part of that one difference, which counts them. */
function markCopies(items: JudgedItem[]): void {
  const known = new Set<string>()
  for (const { legacy, target } of items) if (legacy && target) known.add(contentOf(target))
  let count = 0
  for (const [i, item] of items.entries())
    if (item.legacy === null && item.target && !item.table.isPatients && known.has(contentOf(item.target))) {
      items[i] = { ...item, differences: [] }
      count++
    }
  const at = items.findIndex(
    ({ legacy, differences }) => legacy === null && differences.some(({ code }) => code === 'data/duplicate-patient'),
  )
  const twice = items[at]
  if (twice === undefined || count === 0) return
  const outcome: Outcome = {
    cls: 'appeared',
    kind: 'appeared',
    words: `${count} ${count === 1 ? 'record of the patient is' : 'records of the patient are'} there twice as well.`,
    facts: [{ name: 'records that are there twice', value: count }],
  }
  items[at] = { ...twice, differences: [{ code: 'data/duplicate-patient', field: null, outcome }] }
}

/** What a record says, without the keys that a second load gives anew. */
function contentOf({ table, values }: TargetItem): string {
  const said = values.filter((_, i) => table.fields[i]?.role !== 'key' && table.fields[i]?.role !== 'id')
  return `${table.index}\n${JSON.stringify(said)}`
}

const none: readonly never[] = []

function byTable<Item extends LegacyItem | TargetItem>(items: readonly Item[], tables: number): readonly (Item[] | undefined)[] {
  const lists: (Item[] | undefined)[] = new Array(tables).fill(undefined)
  for (const item of items) {
    const list = lists[item.table.index]
    if (list === undefined) lists[item.table.index] = [item]
    else list.push(item)
  }
  return lists
}

function stateOf(items: readonly (LegacyItem | TargetItem)[], listed: readonly AllergyState[]): AllergyState {
  const stated: AllergyState[] = [...listed]
  for (const item of items) {
    if (item.table.domain !== 'allergies' || !isCurrent(item)) continue
    const state = statementOf(item)
    if (state === null) return 'known'
    stated.push(state)
  }
  if (stated.includes('none')) return 'none'
  return stated.includes('unavailable') ? 'unavailable' : 'not-recorded'
}

/** The first record of each side is compared; further ones are the same patient twice. */
function judgePatients(
  table: BoundTable,
  legacy: readonly LegacyItem[],
  target: readonly TargetItem[],
  zones: SideZones,
): JudgedItem[] {
  const [from = null, ...legacyAgain] = legacy
  const [to = null, ...targetAgain] = target
  const first =
    from && to ? judgePair(from, to, byKey, zones) : alone(table, from, to, from ? 'data/patient-lost' : 'data/patient-appeared')
  return [
    first,
    ...legacyAgain.map((item) => alone(table, item, null, 'data/duplicate-patient')),
    ...targetAgain.map((item) => alone(table, null, item, 'data/duplicate-patient')),
  ]
}

function judgeEntries(
  table: BoundTable,
  legacy: readonly LegacyItem[],
  target: readonly TargetItem[],
  { zones, paired, limited: all }: Way,
): JudgedItem[] {
  const { pairs, lost, appeared, limited } = align(legacy, target, zones, paired)
  if (limited > 0) all.set(table.source, (all.get(table.source) ?? 0) + limited)
  return [
    ...pairs.map((pair) => judgePair(pair.from, pair.to, pair, zones)),
    ...lost.map((item) => judgeLost(table, item)),
    ...appeared.map((item) => alone(table, null, item, 'data/item-appeared')),
  ]
}

/** Statements ("NKDA", an entry "No known allergy") speak about the list, not about a substance: they make the state, and are paired with each other alone. */
function judgeAllergies(
  table: BoundTable,
  legacy: readonly LegacyItem[],
  target: readonly TargetItem[],
  states: JudgedPatient['states'],
  way: Way,
): JudgedItem[] {
  const [substances, statements] = withoutStatements(legacy)
  const [arrived, stated] = withoutStatements(target)
  const items = judgeEntries(table, substances, arrived, way)
  const { pairs, lost: said, appeared: written } = align(statements, stated, way.zones, way.paired)
  items.push(...pairs.map((pair) => judgePair(pair.from, pair.to, pair, way.zones)))
  for (let i = 0; i < Math.max(said.length, written.length); i++) {
    const [from, to] = [said[i] ?? null, written[i] ?? null]
    const kept = states.legacy === states.target && (from !== null || states.target !== 'known')
    const item: JudgedItem = {
      domain: table.domain,
      table,
      cls: kept ? 'same-after-rule' : from === null ? 'appeared' : to === null ? 'lost' : 'changed',
      legacy: from,
      target: to,
      outcomes: [],
      differences: [],
      match: null,
    }
    // A changed state is one difference of the patient; a statement beside real allergies is an entry too many.
    const contradicts = !kept && states.legacy === states.target && from === null
    items.push(contradicts ? alone(table, null, to, 'data/item-appeared') : item)
  }
  return items
}

/** Entries about a substance, and those that state something about the list. */
function withoutStatements<Item extends LegacyItem | TargetItem>(items: readonly Item[]): readonly [Item[], Item[]] {
  const substances: Item[] = []
  const statements: Item[] = []
  for (const item of items) (statementOf(item) === null ? substances : statements).push(item)
  return [substances, statements]
}

function alone(table: BoundTable, legacy: LegacyItem | null, target: TargetItem | null, code: PairCode): JudgedItem {
  const differences = [{ code, field: null, outcome: null }]
  return {
    domain: table.domain,
    table,
    cls: legacy ? 'lost' : 'appeared',
    legacy,
    target,
    outcomes: [],
    differences,
    match: null,
  }
}

function judgeLost(table: BoundTable, item: LegacyItem): JudgedItem {
  if (wasWithdrawn(item))
    return {
      domain: table.domain,
      table,
      cls: 'same-after-rule',
      legacy: item,
      target: null,
      outcomes: [],
      differences: [],
      match: null,
    }
  return alone(table, item, null, table.domain === 'allergies' && isCurrent(item) ? 'data/allergy-lost' : 'data/item-lost')
}

const byKey = { method: 'key', rivals: [] } as const

function judgePair(
  legacy: LegacyItem,
  target: TargetItem,
  { method, rivals }: Pick<AlignedPair, 'method' | 'rivals'>,
  zones: SideZones,
): JudgedItem {
  const { table } = legacy
  const outcomes = withSurplus(legacy, target, table.fields, compareItems(legacy, target, zones))
  const differences: ItemDifference[] = []
  const [was, is] = [isCurrent(legacy), isCurrent(target)]
  const allergies = table.domain === 'allergies'
  if (was !== is) {
    const code: PairCode = is
      ? allergies
        ? 'data/allergy-resurrected'
        : 'data/item-resurrected'
      : allergies
        ? 'data/allergy-lost'
        : 'data/item-lost'
    differences.push({ code, field: table.fields.find(({ role }) => role === 'status') ?? null, outcome: null })
  }
  outcomes.forEach((outcome, i) => {
    const field = table.fields[i]
    if (!field || !('kind' in outcome)) return
    // A status that is another is told by what it makes of the entry; one that is gone is told as well, since it is the cause.
    if (field.role === 'status' && was !== is && outcome.cls !== 'lost') return
    const code = codeOf(outcome.kind, table.domain)
    if (code === 'data/allergy-altered' && differences.some((one) => one.code === code)) return
    differences.push({ code, field, outcome })
  })
  const worst = outcomes.some(({ cls }) => cls === 'changed' || cls === 'lost' || cls === 'appeared')
  const cls: PairClass =
    is && !was
      ? 'resurrected'
      : worst
        ? 'changed'
        : outcomes.some((one) => one.cls === 'same-after-rule')
          ? 'same-after-rule'
          : 'same'
  return { domain: table.domain, table, cls, legacy, target, outcomes, differences, match: { method, rivals } }
}
