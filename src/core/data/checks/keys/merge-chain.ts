/** Merged identifiers: each must lead, in one step, to a patient that exists. */
import type { Fact } from '../../../finding.ts'
import { mostKept, type TableCheck, type TableJudge } from '../contract/table-check.ts'

export const mergeChain: TableCheck = {
  code: 'data/merge-chain',
  title: 'Merged identifiers that lead in a circle, to nobody, or over several steps',
  why: 'Records of a merged patient follow the chain: in a circle or at a missing end they are lost, and most loaders follow one step only.',
  remedy:
    'Write the last surviving identifier beside every merged one, and settle circles with the people who merged the patients.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'keys',
  open({ on }) {
    if (on.fields.length !== 2) return 'It takes the identifier and the column of the identifier it was merged into.'
    return { fields: on.fields, judge: new Chains(on.fields[0] ?? '', on.fields[1] ?? '') }
  },
}

class Chains implements TableJudge {
  /** Number of each identifier seen, as record or as survivor. */
  private readonly numbers = new Map<string, number>()
  private readonly exists: boolean[] = []
  /** Edges by number; -1 where the identifier survives. */
  private readonly into: number[] = []
  private readonly edges: { readonly from: number; readonly kept: number }[] = []
  private full = false
  private readonly id: string
  private readonly survivor: string

  constructor(id: string, survivor: string) {
    this.id = id
    this.survivor = survivor
  }

  see(row: Parameters<TableJudge['see']>[0]): void {
    const id = row.text(this.id)?.trim()
    const survivor = row.text(this.survivor)?.trim()
    if (id === undefined || this.full) return
    if (this.numbers.size >= mostKept) {
      this.full = true
      return
    }
    const from = this.numberOf(id)
    this.exists[from] = true
    if (survivor === undefined || survivor === id) return
    this.into[from] = this.numberOf(survivor)
    this.edges.push({ from, kept: row.keep() })
  }

  private numberOf(id: string): number {
    const known = this.numbers.get(id)
    if (known !== undefined) return known
    const number = this.numbers.size
    this.numbers.set(id, number)
    this.exists.push(false)
    this.into.push(-1)
    return number
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    // An identifier of the part that was not read would look like one that is missing.
    if (this.full) return { tested: 0, left: `There are more than ${mostKept} identifiers; merges were not followed.` }
    for (const { from, kept } of this.edges) {
      const facts = this.verdict(from)
      if (facts) report(kept, facts)
    }
    return { tested: this.edges.length, left: null }
  }

  private verdict(from: number): readonly Fact[] | null {
    let steps = 1
    let at = this.into[from] as number
    // Brent's way of finding a circle: a mark that jumps ahead to where we are at every power of two.
    let mark = from
    let power = 1
    for (; this.into[at] !== -1; steps++) {
      if (at === mark) return [{ name: 'kind', value: 'circle' }]
      if (steps === power) {
        mark = at
        power *= 2
      }
      at = this.into[at] as number
    }
    if (this.exists[at] !== true)
      return [
        { name: 'kind', value: 'survivor missing' },
        { name: 'steps', value: steps },
      ]
    return steps > 1
      ? [
          { name: 'kind', value: 'several steps' },
          { name: 'steps', value: steps },
        ]
      : null
  }
}
