/** Cells compared, field by field: equal, equal after rule, different, missing, added, with what kind of different. */

import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import { type EqualRule, equalRules, ruleName } from '../../meaning/rules.ts'
import type { JudgedItem } from '../compare/judged-patient.ts'
import type { FieldBalance } from './result.ts'

const kinds = ['same', 'sameAfterRule', 'changed', 'lost', 'appeared', 'truncated', 'replaced', 'nullReason'] as const

type Counts = Record<(typeof kinds)[number], number> & { readonly by: Map<EqualRule, number> }

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
      if ('by' in outcome && outcome.by !== null) count.by.set(outcome.by, (count.by.get(outcome.by) ?? 0) + 1)
      if (!('kind' in outcome)) continue
      if (outcome.kind === 'cut') count.truncated++
      else if (outcome.kind === 'damaged') count.replaced++
      else if (outcome.kind === 'null-reason') count.nullReason++
    }
  }

  /** All counts in a fixed order. */
  sums(): number[] {
    return this.counts
      .flat()
      .flatMap((count) => [...kinds.map((kind) => count[kind]), ...equalRules.map((rule) => count.by.get(rule) ?? 0)])
  }

  /** @param sums as another account of the same tables gives them */
  addSums(sums: readonly number[]): void {
    let at = 0
    for (const count of this.counts.flat()) {
      for (const kind of kinds) count[kind] += sums[at++] ?? 0
      for (const rule of equalRules) {
        const more = sums[at++] ?? 0
        if (more > 0) count.by.set(rule, (count.by.get(rule) ?? 0) + more)
      }
    }
  }

  result(): FieldBalance[] {
    return this.tables.flatMap((table) =>
      table.fields.map((field, i) => ({
        field: fieldName(table, i),
        table: table.source,
        column: field.label,
        target: field.path.plain,
        rule: field.ruleWords,
        ...balanceOf(this.counts[table.index]?.[i] ?? noCounts()),
      })),
    )
  }
}

function balanceOf({ by, ...counts }: Counts): Omit<Counts, 'by'> & Pick<FieldBalance, 'equalBy'> {
  const equalBy = equalRules.flatMap((rule) => {
    const count = by.get(rule) ?? 0
    return count === 0 ? [] : [{ rule, name: ruleName(rule), count }]
  })
  return { ...counts, equalBy }
}

export function fieldName(table: BoundTable, index: number): string {
  const field = table.fields[index]
  return `${table.source}.${field?.label ?? ''} → ${field?.path.plain ?? ''}`
}

function noCounts(): Counts {
  return { same: 0, sameAfterRule: 0, changed: 0, lost: 0, appeared: 0, truncated: 0, replaced: 0, nullReason: 0, by: new Map() }
}
