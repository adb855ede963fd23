/** Links between the records of one patient, such as a result's link to its visit: each has to lead to what the linked row became. */

import type { Outcome } from '../../crosswalk/compare/compare-field.ts'
import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import { type LegacyItem, namesOfRow, type TargetItem } from '../entries/items.ts'
import type { ItemDifference, JudgedItem } from './judged-patient.ts'
import { type LinkIds, namesOfItem } from './link-ids.ts'

/** What the linked rows of one patient became, table after table as they are paired. */
export class PairedRecords {
  private readonly became = new Map<string, JudgedItem[]>()
  private readonly byName = new Map<string, JudgedItem>()
  private readonly ids: LinkIds

  constructor(ids: LinkIds) {
    this.ids = ids
  }

  add(items: readonly JudgedItem[]): void {
    for (const item of items) {
      if (!item.table.isLinked) continue
      for (const name of this.namesOf(item) ?? []) this.byName.set(`${item.table.type}\n${name}`, item)
      if (item.legacy === null || item.target === null) continue
      for (const key of namesOfRow(item.legacy)) {
        const held = this.became.get(`${item.table.source}\n${key}`)
        if (held) held.push(item)
        else this.became.set(`${item.table.source}\n${key}`, [item])
      }
    }
  }

  /** How many links of the two lead to the same, less those that do not: a fact for or against their being one entry. */
  agreement(from: LegacyItem, to: TargetItem): number {
    let sum = 0
    for (const [i] of from.table.links.entries()) {
      const linked = this.linkedBy(from, i)
      const names = to.links?.[i] ?? []
      if (linked === undefined || names.length === 0 || linked.some((one) => this.namesOf(one) === null)) continue
      sum += this.isOneOf(linked, names) ? 1 : -1
    }
    return sum
  }

  /** Pairs whose link leads elsewhere, or nowhere, get that as a difference; what did not arrive is told by itself, not once per link to it. */
  follow(items: JudgedItem[]): void {
    for (const [at, item] of items.entries()) {
      if (item.legacy === null || item.target === null || item.table.links.length === 0) continue
      const differences: ItemDifference[] = []
      for (const [i, field] of item.table.links.entries()) {
        const linked = this.linkedBy(item.legacy, i)
        const outcome = linked ? this.outcomeOf(linked, item.target.links?.[i] ?? []) : null
        if (outcome === null) continue
        const lost = outcome.cls === 'lost' ? 'data/field-lost' : 'data/field-changed'
        differences.push({ code: item.domain === 'allergies' ? 'data/allergy-altered' : lost, field, outcome })
      }
      if (differences.length === 0) continue
      const cls = item.cls === 'same' || item.cls === 'same-after-rule' ? 'changed' : item.cls
      items[at] = { ...item, cls, differences: [...item.differences, ...differences] }
    }
  }

  private linkedBy({ table, links }: LegacyItem, i: number): readonly JudgedItem[] | undefined {
    const key = links?.[i] ?? ''
    return key === '' ? undefined : this.became.get(`${table.links[i]?.links}\n${key}`)
  }

  private namesOf({ target }: JudgedItem): readonly string[] | null {
    return target === null ? null : namesOfItem(target, this.ids)
  }

  private isOneOf(linked: readonly JudgedItem[], names: readonly string[]): boolean {
    return linked.some((one) => this.namesOf(one)?.some((name) => names.includes(name)))
  }

  /** Null where the link leads to what the row became, or to a record that nobody can tell from it. */
  private outcomeOf(linked: readonly JudgedItem[], names: readonly string[]): Outcome | null {
    const kind = linked[0]?.table.type ?? ''
    if (names.length === 0)
      return { cls: 'lost', kind: 'lost', words: `Its link to the ${kind} of this row did not arrive.`, facts: [] }
    // Without a name of the record nobody can say where the link leads.
    if (linked.some((one) => this.namesOf(one) === null) || this.isOneOf(linked, names)) return null
    const found = names.map((name) => this.byName.get(`${kind}\n${name}`)).find((one) => one !== undefined)
    if (found && linked.some((one) => one.match?.rivals.length !== 0 || isAlike(one, found))) return null
    const words = found ? `It is linked to another ${kind}.` : `Its link leads to no ${kind} of this patient.`
    return { cls: 'changed', kind: 'changed', words, facts: [] }
  }
}

/** Whether nothing tells the two apart: they say the same, and not both have a key of their own. */
function isAlike(a: JudgedItem, b: JudgedItem): boolean {
  return !(a.match?.method === 'key' && b.match?.method === 'key') && contentOf(a) === contentOf(b)
}

function contentOf({ table, target }: JudgedItem): string {
  return JSON.stringify(target?.values.filter((_, i) => !isName(table, i)))
}

function isName(table: BoundTable, i: number): boolean {
  const role = table.fields[i]?.role
  return role === 'key' || role === 'id'
}
