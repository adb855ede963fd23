/** Cells compared, field by field: equal, equal after rule, different, missing, added, with what kind of different. */
import type { JudgedItem } from './judge.ts'
import type { BoundTable } from './plan.ts'
import type { FieldBalance } from './result.ts'

const kinds = ['same', 'sameAfterRule', 'changed', 'lost', 'appeared', 'truncated', 'replaced', 'nullReason'] as const

type Counts = Record<(typeof kinds)[number], number>

export class FieldAccount {
  private readonly tables: readonly BoundTable[]
  private readonly counts: readonly (readonly Counts[])[]

  constructor(tables: readonly BoundTable[]) {
    this.tables = tables
    this.counts = tables.map(({ fields }) => fields.map(noCounts))
  }

  /** `excluded` cells left with their record by a rule or a person, so they are neither lost nor different. */
  add(item: JudgedItem, excluded: boolean): void {
    const counts = this.counts[item.table.index] ?? []
    for (let i = 0; i < counts.length; i++) {
      const count = counts[i] as Counts
      const outcome = item.outcomes[i]
      if (outcome === undefined) {
        if (excluded || item.cls === 'same' || item.cls === 'same-after-rule') continue
        if (item.legacy && item.legacy.carried[i] != null) count.lost++
        else if (item.target && (item.target.values[i]?.length ?? 0) > 0) count.appeared++
        continue
      }
      if (outcome.cls === 'same') count.same++
      else if (outcome.cls === 'same-after-rule') count.sameAfterRule++
      else if (outcome.cls !== 'absent') count[outcome.cls]++
      if (!('kind' in outcome)) continue
      if (outcome.kind === 'cut') count.truncated++
      else if (outcome.kind === 'damaged') count.replaced++
      else if (outcome.kind === 'null-reason') count.nullReason++
    }
  }

  /** All counts in a fixed order. */
  sums(): number[] {
    return this.counts.flat().flatMap((count) => kinds.map((kind) => count[kind]))
  }

  /** @param sums as another account of the same tables gives them */
  addSums(sums: readonly number[]): void {
    let at = 0
    for (const count of this.counts.flat()) for (const kind of kinds) count[kind] += sums[at++] ?? 0
  }

  result(): FieldBalance[] {
    return this.tables.flatMap((table) =>
      table.fields.map((field, i) => ({
        field: fieldName(table, i),
        table: table.source,
        column: field.label,
        target: field.path.plain,
        rule: field.ruleWords,
        ...(this.counts[table.index]?.[i] ?? noCounts()),
      })),
    )
  }
}

export function fieldName(table: BoundTable, index: number): string {
  const field = table.fields[index]
  return `${table.source}.${field?.label ?? ''} → ${field?.path.plain ?? ''}`
}

function noCounts(): Counts {
  return { same: 0, sameAfterRule: 0, changed: 0, lost: 0, appeared: 0, truncated: 0, replaced: 0, nullReason: 0 }
}
