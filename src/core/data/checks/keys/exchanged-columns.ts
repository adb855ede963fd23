/** Two columns whose headings stand over each other's values: every end before its start, words under the heading of a code. */

import { asWhen, orderOf } from '../../model/value.ts'
import { textParam } from '../contract/record-check.ts'
import type { TableCheck, TableJudge, TableRow } from '../contract/table-check.ts'

export const exchangedColumns: TableCheck = {
  code: 'data/exchanged-columns',
  title: 'Two columns under each other’s headings',
  why: 'Each value is loaded into the field of the other: every stay ends before it begins, and names stand where codes belong.',
  remedy: 'Exchange the two headings in the export, or the two columns in the mapping. Then check the file again.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'keys',
  open({ on, params }) {
    const [first, second] = on.fields
    if (first === undefined || second === undefined || on.fields.length !== 2)
      return 'It takes two columns: what comes first and what comes after, or the code and the words for it.'
    const kind = params.kind ?? 'order'
    const sex = textParam(params, 'sex')
    if (kind === 'name' && sex !== null) return { fields: [first, second, sex], judge: new Names(first, second, sex) }
    if (kind !== 'order' && kind !== 'code') return 'params.kind is order, code, or name with params.sex, the column of the sex.'
    return { fields: on.fields, judge: new Exchange(first, second, kind === 'order' ? isReversed : isWordsForCode) }
  },
}

/** True where the record speaks for an exchange, false where it speaks against it, null where it says nothing. */
type Speaks = (row: TableRow, first: string, second: string) => boolean | null

function isReversed(row: TableRow, first: string, second: string): boolean | null {
  const [from, to] = [asWhen(row.value(first)), asWhen(row.value(second))]
  if (!from || !to) return null
  const order = orderOf(from, to)
  return order === null || order === 0 ? null : order > 0
}

const words = /\p{L}{3,}.*[\s(]|^\p{L}{5,}$/u
const code = /^[\w.-]*\d[\w.-]*$/

function isWordsForCode(row: TableRow, first: string, second: string): boolean | null {
  const [one, other] = [row.text(first)?.trim(), row.text(second)?.trim()]
  if (!one || !other) return null
  return areWordsAndCode(one, other)
}

/** True where the first is words as people read them and the second is written as a code. */
export function areWordsAndCode(one: string, other: string): boolean {
  return words.test(one) && code.test(other)
}

export const fewest = 8
export const share = 0.8

class Exchange implements TableJudge {
  private tested = 0
  private against = 0
  private kept: number | null = null
  private readonly first: string
  private readonly second: string
  private readonly speaks: Speaks

  constructor(first: string, second: string, speaks: Speaks) {
    this.first = first
    this.second = second
    this.speaks = speaks
  }

  see(row: TableRow): void {
    const speaks = this.speaks(row, this.first, this.second)
    if (speaks === null) return
    this.tested++
    if (!speaks) this.against++
    else this.kept ??= row.keep()
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    const exchanged = this.tested - this.against
    if (this.kept !== null && this.tested >= fewest && exchanged >= this.tested * share)
      report(this.kept, [
        { name: 'records that speak for it', value: exchanged },
        { name: 'records tested', value: this.tested },
      ])
    return { tested: this.tested, left: null }
  }
}

/** A name tells little of the sex below so many records; a column needs so many records whose names say something. */
const fewestOfName = 3
const fewestNamed = 30
/** First names are nearly all of one sex, last names of both. */
const leastOfGiven = 0.92
const mostOfFamily = 0.8

/** Of first and last names the first ones go with the sex. */
class Names implements TableJudge {
  private readonly firsts = new Map<string, Map<string, number>>()
  private readonly lasts = new Map<string, Map<string, number>>()
  private tested = 0
  private kept: number | null = null
  private readonly first: string
  private readonly last: string
  private readonly sex: string

  constructor(first: string, last: string, sex: string) {
    this.first = first
    this.last = last
    this.sex = sex
  }

  see(row: TableRow): void {
    const [first, last, sex] = [this.first, this.last, this.sex].map((field) => row.text(field)?.trim().toLowerCase())
    if (!first || !last || !sex || this.firsts.size + this.lasts.size > mostNames) return
    this.tested++
    this.kept ??= row.keep()
    for (const [names, name] of [
      [this.firsts, first],
      [this.lasts, last],
    ] as const) {
      const sexes = names.get(name) ?? new Map<string, number>()
      sexes.set(sex, (sexes.get(sex) ?? 0) + 1)
      names.set(name, sexes)
    }
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    const [first, last] = [ofOneSex(this.firsts), ofOneSex(this.lasts)]
    if (this.kept !== null && first !== null && last !== null && first <= mostOfFamily && last >= leastOfGiven)
      report(this.kept, [
        { name: `records whose ${this.last} goes with their sex, in a hundred`, value: Math.round(last * 100) },
        { name: `records whose ${this.first} does`, value: Math.round(first * 100) },
      ])
    return { tested: this.tested, left: null }
  }
}

const mostNames = 200_000

/** Share of records that have the usual sex of their name; null where too few names are seen often enough. */
function ofOneSex(names: ReadonlyMap<string, ReadonlyMap<string, number>>): number | null {
  let all = 0
  let usual = 0
  for (const sexes of names.values()) {
    const counts = [...sexes.values()]
    const total = counts.reduce((sum, count) => sum + count, 0)
    if (total < fewestOfName) continue
    all += total
    usual += Math.max(...counts)
  }
  return all < fewestNamed ? null : usual / all
}
