/**
 * A share of the patients judged by itself, and added to the account of the whole: sums of what there is nothing to tell of, and every
 * other entry as it was judged. Shares are added in the order of patients, so that the account is the one of a single run.
 */
import type { BoundField, BoundTable } from '../../crosswalk/plan/plan.ts'
import type { Assumed } from '../compare/assumed.ts'
import { withJoinedRows } from '../compare/joined-rows.ts'
import { judge } from '../compare/judge.ts'
import type { ItemDifference, JudgedItem, JudgedPatient } from '../compare/judged-patient.ts'
import type { QuietSums } from '../compare/quiet.ts'
import { inOrder } from '../entries/item-log.ts'
import type { Group, LegacyItem, TargetItem } from '../entries/items.ts'
import { ReconcileAccount, type TornTables } from './account.ts'
import type { TotalsRecord } from './control-totals.ts'

/** Plain data; holds values of the data. */
export interface JudgedShare {
  readonly totals: TotalsRecord
  /** Target records, and distinct keys, by table. */
  readonly targets: readonly number[]
  readonly keys: readonly Readonly<Record<'legacy' | 'target', number>>[]
  readonly quiet: QuietSums
  /** In the order of patients. */
  readonly rest: readonly RestOfPatient[]
}

/** What is left to settle of a patient. */
interface RestOfPatient extends Pick<JudgedPatient, 'key' | 'states' | 'stateChanged' | 'limited'> {
  readonly own: { readonly legacy: Bare<LegacyItem> | null; readonly target: Bare<TargetItem> | null }
  readonly repeated: readonly Pick<Bare<LegacyItem>, 'table' | 'place'>[]
  /** Null where all entries were settled. */
  readonly items: readonly BareJudged[] | null
}

/** With the position of its table in place of the table. */
type Bare<Item> = Omit<Item, 'table'> & { readonly table: number }

interface BareJudged extends Pick<JudgedItem, 'cls' | 'outcomes'> {
  readonly table: number
  readonly legacy: Bare<LegacyItem> | null
  readonly target: Bare<TargetItem> | null
  readonly differences: readonly (Omit<ItemDifference, 'field'> & { readonly field: number | null })[]
  readonly match: {
    readonly method: NonNullable<JudgedItem['match']>['method']
    readonly rivals: readonly Bare<TargetItem>[]
  } | null
}

/**
 * @param aliases keys of patients that only met after normalising  @param torn tables that were not read whole
 * @param tick called now and then
 */
export function judgeShare(
  groups: Map<string, Group>,
  tables: readonly BoundTable[],
  assumed: Assumed,
  aliases: ReadonlySet<string>,
  torn: TornTables,
  tick: () => void,
): JudgedShare {
  const account = new ReconcileAccount(tables, [], [], aliases, '', 0, true)
  account.assumed = assumed
  account.torn = torn
  const targets = tables.map(() => 0)
  const rest: RestOfPatient[] = []
  let judgedSoFar = 0
  for (const key of inOrder(groups)) {
    const read = groups.get(key)
    if (!read) continue
    groups.delete(key)
    const repeated = account.keys.addGroup(read)
    const group = withJoinedRows(read)
    account.totals.add(group)
    for (const { table } of group.target) targets[table.index] = (targets[table.index] ?? 0) + 1
    const judged = judge(group, tables, assumed)
    const left = account.settleQuiet(group, judged)
    if (left !== null || repeated.length > 0) rest.push(restOf(judged, left, repeated))
    if (++judgedSoFar % 2000 === 0) tick()
  }
  return { totals: account.totals.record(), targets, keys: account.keys.own, quiet: account.quiet, rest }
}

/** Adds a share to the account of the whole. */
export function addShare(account: ReconcileAccount, share: JudgedShare, tables: readonly BoundTable[]): void {
  account.totals.addLater(share.totals)
  account.addQuiet(share.quiet)
  for (const [i, { source }] of tables.entries()) {
    const targets = share.targets[i] ?? 0
    if (targets > 0) account.ledger.of(source).target += targets
    const own = account.keys.own[i]
    if (own) for (const side of ['legacy', 'target'] as const) own[side] += share.keys[i]?.[side] ?? 0
  }
  for (const { repeated, items, ...patient } of share.rest) {
    for (const item of repeated) account.reportRepeated(dressed(item, tables))
    if (items === null) continue
    const judged = items.map((item) => judgedOf(item, tables))
    const own = {
      legacy: patient.own.legacy && dressed<LegacyItem>(patient.own.legacy, tables),
      target: patient.own.target && dressed<TargetItem>(patient.own.target, tables),
    }
    const legacy = judged.flatMap((item) => item.legacy ?? [])
    account.settle({ key: patient.key, legacy }, { ...patient, own, items: judged })
  }
}

function restOf(
  { key, own, states, stateChanged, limited }: JudgedPatient,
  items: readonly JudgedItem[] | null,
  repeated: readonly (LegacyItem | TargetItem)[],
): RestOfPatient {
  return {
    ...{ key, states, stateChanged, limited },
    own: { legacy: own.legacy && bare(own.legacy), target: own.target && bare(own.target) },
    repeated: repeated.map(({ table, place }) => ({ table: table.index, place })),
    items: items === null ? null : items.map(bareJudged),
  }
}

function bareJudged({ table, cls, legacy, target, outcomes, differences, match }: JudgedItem): BareJudged {
  return {
    ...{ table: table.index, cls, outcomes },
    legacy: legacy && bare(legacy),
    target: target && bare(target),
    differences: differences.map(({ field, ...one }) => ({ ...one, field: field && table.fields.indexOf(field) })),
    match: match && { method: match.method, rivals: match.rivals.map(bare) },
  }
}

function judgedOf(
  { table: at, cls, outcomes, legacy, target, differences, match }: BareJudged,
  tables: readonly BoundTable[],
): JudgedItem {
  const table = tableAt(at, tables)
  return {
    ...{ domain: table.domain, table, cls, outcomes },
    legacy: legacy && dressed<LegacyItem>(legacy, tables),
    target: target && dressed<TargetItem>(target, tables),
    differences: differences.map(({ field, ...one }) => ({
      ...one,
      field: field === null ? null : (table.fields[field] as BoundField),
    })),
    match: match && { method: match.method, rivals: match.rivals.map((rival) => dressed<TargetItem>(rival, tables)) },
  }
}

function bare<Item extends { readonly table: BoundTable }>(item: Item): Bare<Item> {
  return { ...item, table: item.table.index }
}

function dressed<Item extends { readonly table: BoundTable }>(item: Bare<Item>, tables: readonly BoundTable[]): Item {
  return { ...item, table: tableAt(item.table, tables) } as object as Item
}

function tableAt(index: number, tables: readonly BoundTable[]): BoundTable {
  const table = tables[index]
  if (!table) throw new Error('The plan has no such table')
  return table
}
