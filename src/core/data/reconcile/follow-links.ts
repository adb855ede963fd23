/** Links between the records of one patient, such as a result's link to its visit: each has to lead to what the linked row became. */
import type { Outcome } from './compare-field.ts'
import type { ItemDifference, JudgedItem } from './judge.ts'
import type { BoundTable } from './plan.ts'

/** Pairs whose link leads elsewhere, or nowhere, get that as a difference; what did not arrive is told by itself, not once per link to it. */
export function followLinks(items: JudgedItem[]): void {
  if (!items.some(({ table }) => table.links.length > 0)) return
  const became = new Map<string, JudgedItem[]>()
  const byName = new Map<string, JudgedItem>()
  for (const item of items) {
    for (const name of item.target?.names ?? []) byName.set(`${item.table.type}\n${name}`, item)
    if (item.legacy === null || item.target === null || !item.table.isLinked) continue
    for (const key of keysOf(item.legacy)) {
      const held = became.get(`${item.table.source}\n${key}`)
      if (held) held.push(item)
      else became.set(`${item.table.source}\n${key}`, [item])
    }
  }
  for (const [at, item] of items.entries()) {
    if (item.legacy === null || item.target === null) continue
    const differences: ItemDifference[] = []
    for (const [i, field] of item.table.links.entries()) {
      const key = item.legacy.links?.[i] ?? ''
      const linked = key === '' ? undefined : became.get(`${field.links}\n${key}`)
      const outcome = linked ? outcomeOf(linked, item.target.links?.[i] ?? [], byName) : null
      if (outcome === null) continue
      const lost = outcome.cls === 'lost' ? 'data/field-lost' : 'data/field-changed'
      differences.push({ code: item.domain === 'allergies' ? 'data/allergy-altered' : lost, field, outcome })
    }
    if (differences.length === 0) continue
    const cls = item.cls === 'same' || item.cls === 'same-after-rule' ? 'changed' : item.cls
    items[at] = { ...item, cls, differences: [...item.differences, ...differences] }
  }
}

/** The cells that links to a row name: those of its key and of its id, as legacy writes them. */
function keysOf({ table, raw }: NonNullable<JudgedItem['legacy']>): readonly string[] {
  const { key, id } = table.positions
  return [...(key.length === 1 ? key : []), ...id].map((i) => raw[i] ?? '').filter((text) => text !== '')
}

/** Null where the link leads to what the row became, or to a record that says the same: nobody can tell two of those apart. */
function outcomeOf(
  linked: readonly JudgedItem[],
  names: readonly string[],
  byName: ReadonlyMap<string, JudgedItem>,
): Outcome | null {
  const kind = linked[0]?.table.type ?? ''
  if (names.length === 0)
    return { cls: 'lost', kind: 'lost', words: `Its link to the ${kind} of this row did not arrive.`, facts: [] }
  // Without a name of the record nobody can say where the link leads.
  if (linked.some(({ target }) => !target?.names || names.some((name) => target.names?.includes(name)))) return null
  const found = names.map((name) => byName.get(`${kind}\n${name}`)).find((one) => one !== undefined)
  if (found && linked.some((one) => one.match?.rivals.length !== 0 || saysTheSame(one, found))) return null
  const words = found ? `It is linked to another ${kind}.` : `Its link leads to no ${kind} of this patient.`
  return { cls: 'changed', kind: 'changed', words, facts: [] }
}

function saysTheSame(a: JudgedItem, b: JudgedItem): boolean {
  return contentOf(a) === contentOf(b)
}

function contentOf({ table, target }: JudgedItem): string {
  return JSON.stringify(target?.values.filter((_, i) => !isName(table, i)))
}

function isName(table: BoundTable, i: number): boolean {
  const role = table.fields[i]?.role
  return role === 'key' || role === 'id'
}
