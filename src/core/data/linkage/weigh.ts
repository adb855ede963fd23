/** The weight of a pair: the prior and log2(m/u) of each level, with the frequency of the value where it agrees exactly. */
import { comparisons, silent } from './comparisons.ts'
import type { Parameters } from './estimate.ts'
import type { LinkReason } from './linkage-types.ts'
import { type ComparedField, fieldAt, type People } from './people.ts'

/** Comparisons that agree among relatives. */
const ofHome = comparisons.map(({ name }) => name === 'family' || name === 'phone' || name === 'address' || name === 'postcode')

export class Weights {
  readonly prior: number
  private readonly people: People
  private readonly byLevel: readonly Float64Array[]
  private readonly parameters: Parameters

  constructor(people: People, parameters: Parameters) {
    this.people = people
    this.parameters = parameters
    this.prior = Math.log2(parameters.prior / (1 - parameters.prior))
    this.byLevel = parameters.m.map((of, c) => of.map((m, level) => Math.log2(m / (parameters.u[c]?.[level] ?? 1))))
  }

  /** Bits, prior included. */
  total(levels: Int8Array, a: number): number {
    let weight = this.prior
    let home = 0
    for (let c = 0; c < levels.length; c++) {
      const bits = this.of(c, levels[c] as number, a)
      weight += bits
      if (ofHome[c]) home += bits
    }
    return weight + this.household(home)
  }

  /**
   * What relatives take away. Last name, address, postcode and telephone agree together among people of one home, as often as among
   * records of one person: their joint chance is that of strangers, or of a household, and never below the latter.
   */
  private household(home: number): number {
    return home <= 0 ? 0 : -Math.log2(2 ** -home + this.parameters.household) - home
  }

  /** Bits of one comparison; a rare value that agrees weighs more than a common one. */
  private of(comparison: number, level: number, a: number): number {
    if (level === silent) return 0
    const about = comparisons[comparison]
    if (level !== 0 || !about?.byFrequency) return this.byLevel[comparison]?.[level] ?? 0
    const { counts } = this.people.values[about.name as ComparedField]
    const count = counts[this.people.value(a, fieldAt[about.name as ComparedField])] ?? 1
    const chance = Math.max(1, count) / Math.max(1, this.people.size)
    return Math.log2((this.parameters.m[comparison]?.[0] ?? 1) / Math.min(1, chance))
  }

  /** The waterfall from the prior to the total, in words; values are sensitive. */
  why(levels: Int8Array, a: number, b: number): LinkReason[] {
    const reasons: LinkReason[] = [{ comparison: 'prior', level: '', weight: this.prior, words: 'before anything is compared' }]
    let home = 0
    comparisons.forEach((about, c) => {
      const level = levels[c] as number
      if (ofHome[c]) home += this.of(c, level, a)
      const said = about.levels[level]
      if (!said) return
      const field = about.name as ComparedField
      const values = [this.people.text(a, field), this.people.text(b, field)] as const
      reasons.push({ comparison: about.name, level: said.level, weight: this.of(c, level, a), words: said.words, values })
    })
    const shared = this.household(home)
    if (shared < 0) reasons.push({ comparison: 'household', level: '', weight: shared, words: 'relatives share a home, too' })
    return reasons
  }
}

export function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** -weight)
}
