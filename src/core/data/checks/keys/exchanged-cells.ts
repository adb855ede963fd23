/** Records in which two cells changed places: a first name among the last names and a last name among the first. */

import { mostKept, type TableCheck, type TableJudge, type TableRow } from '../contract/table-check.ts'
import { areWordsAndCode } from './exchanged-columns.ts'

export const exchangedCells: TableCheck = {
  code: 'data/exchanged-cells',
  title: 'Two values of a record in each other’s columns',
  why: 'A patient whose names changed places is not found by either, and is entered a second time.',
  remedy: 'Look at the records in the legacy system. Exchange the two values before the load.',
  severity: 'warning',
  kahn: { category: 'plausibility', sub: 'atemporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'keys',
  open({ on, params }) {
    const [first, second] = on.fields
    if (first === undefined || second === undefined || on.fields.length !== 2) return 'It takes the two columns.'
    if (params.kind === 'code') return { fields: on.fields, judge: new Codes(first, second) }
    const also = Array.isArray(params.likeSecond) ? params.likeSecond.map(String) : []
    return { fields: [...on.fields, ...also], judge: new Exchanges(first, second, also) }
  },
}

interface Pair {
  readonly first: string
  readonly second: string
  count: number
  readonly kept: number[]
}

const mostOfPair = 1000
/** Where more values are found in both columns, they hold the same kind of thing. */
export const mostShared = 0.05
/** Names that serve as both need more: each far more often in the other column than in its own. */
export const leastOdds = 3
const leastTogether = 40

interface Seen {
  readonly other: number
  readonly own: number
}

/** Half a record is added to both, so that what was never seen is rare and not impossible. */
function oddsOf({ other, own }: Seen): number {
  return (other + 0.5) / (own + 0.5)
}

class Exchanges implements TableJudge {
  private readonly pairs = new Map<string, Pair>()
  private readonly others = new Map<string, number>()
  private tested = 0
  private full = false
  private readonly first: string
  private readonly second: string
  /** Columns that hold the same kind of value as the second one, such as names before marriage. */
  private readonly also: readonly string[]

  constructor(first: string, second: string, also: readonly string[]) {
    this.first = first
    this.second = second
    this.also = also
  }

  see(row: TableRow): void {
    const [first, second] = [folded(row.text(this.first)), folded(row.text(this.second))]
    for (const field of this.also) {
      const text = folded(row.text(field))
      if (text) this.others.set(text, (this.others.get(text) ?? 0) + 1)
    }
    if (!first || !second) return
    if (this.tested >= mostKept) {
      this.full = true
      return
    }
    this.tested++
    const name = JSON.stringify([first, second])
    let pair = this.pairs.get(name)
    if (!pair) {
      pair = { first, second, count: 0, kept: [] }
      this.pairs.set(name, pair)
    }
    pair.count++
    if (pair.kept.length < mostOfPair) pair.kept.push(row.keep())
  }

  /** Different records count once: a patient with many rows is no more evidence than one. */
  finish(report: Parameters<TableJudge['finish']>[0]) {
    const [firsts, seconds] = [new Map<string, number>(), new Map<string, number>(this.others)]
    for (const { first, second } of this.pairs.values()) {
      firsts.set(first, (firsts.get(first) ?? 0) + 1)
      seconds.set(second, (seconds.get(second) ?? 0) + 1)
    }
    const shared = [...firsts.keys()].filter((text) => seconds.has(text)).length
    const isRarelyShared = shared <= Math.max(1, firsts.size * mostShared)
    const odd = [...this.pairs.values()].filter(({ first, second }) => {
      if (first === second) return false
      // How often each is seen elsewhere: in the other column, and in its own beside this record.
      const away = { other: seconds.get(first) ?? 0, own: (firsts.get(first) ?? 1) - 1 }
      const back = { other: firsts.get(second) ?? 0, own: (seconds.get(second) ?? 1) - 1 }
      if (isRarelyShared && away.other > 0 && away.own === 0 && back.own === 0) return true
      return oddsOf(away) >= leastOdds && oddsOf(back) >= leastOdds && oddsOf(away) * oddsOf(back) >= leastTogether
    })
    for (const { kept, first, second } of odd)
      for (const number of kept)
        report(number, [
          { name: `records that have the first value under ${this.second}`, value: seconds.get(first) ?? 0 },
          { name: `other records that have the second value under ${this.first}`, value: firsts.get(second) ?? 0 },
        ])
    return { tested: this.tested, left: this.full ? `Only the first ${mostKept} records were compared.` : null }
  }
}

/** Systems write names in capitals and in small letters. */
function folded(text: string | null): string | undefined {
  return text?.trim().toLowerCase()
}

/** Of a code and the words for it the form alone tells which is which. */
class Codes implements TableJudge {
  private readonly kept: number[] = []
  private tested = 0
  private readonly code: string
  private readonly words: string

  constructor(code: string, words: string) {
    this.code = code
    this.words = words
  }

  see(row: TableRow): void {
    const [code, words] = [row.text(this.code)?.trim(), row.text(this.words)?.trim()]
    if (!code || !words) return
    this.tested++
    if (this.kept.length < mostKept && areWordsAndCode(code, words)) this.kept.push(row.keep())
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    const usual = this.tested - this.kept.length
    for (const number of this.kept) report(number, [{ name: 'records whose two values stand as usual', value: usual }])
    return { tested: this.tested, left: null }
  }
}
