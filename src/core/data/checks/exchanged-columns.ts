/** Two columns whose headings stand over each other's values: every end before its start, words under the heading of a code. */

import type { JsonObject } from '../record.ts'
import { orderOf } from '../rules/value.ts'
import type { TableCheck, TableJudge, TableRow } from './table-check.ts'

const fields = [
  { name: 'start', type: 'date' },
  { name: 'stop', type: 'date' },
]
const rules = [{ on: 'table', check: 'data/exchanged-columns', fields: ['start', 'stop'] }]
const table = (from: string, to: string): string =>
  `start,stop\n${Array.from({ length: 12 }, () => `${from},${to}`).join('\n')}\n`
const schema: JsonObject = { fields, 'x-carryover': { rules } }

export const exchangedColumns: TableCheck = {
  code: 'data/exchanged-columns',
  title: 'Two columns under each other’s headings',
  why: 'Each value is loaded into the field of the other: every stay ends before it begins, and names stand where codes belong.',
  remedy: 'Exchange the two headings in the export, or the two columns in the mapping. Then check the file again.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'keys',
  examples: {
    flags: [{ name: 'every stop before its start', subject: { csv: table('2020-03-04', '2020-03-01'), schema } }],
    passes: [{ name: 'starts before stops', subject: { csv: table('2020-03-01', '2020-03-04'), schema } }],
  },
  open({ on, params }) {
    const [first, second] = on.fields
    if (first === undefined || second === undefined || on.fields.length !== 2)
      return 'It takes two columns: what comes first and what comes after, or the code and the words for it.'
    const kind = params.kind ?? 'order'
    if (kind !== 'order' && kind !== 'code') return 'params.kind is order or code.'
    return { fields: on.fields, judge: new Exchange(first, second, kind === 'order' ? isReversed : isWordsForCode) }
  },
}

/** True where the record speaks for an exchange, false where it speaks against it, null where it says nothing. */
type Speaks = (row: TableRow, first: string, second: string) => boolean | null

function isReversed(row: TableRow, first: string, second: string): boolean | null {
  const [from, to] = [row.value(first), row.value(second)]
  if (typeof from !== 'object' || typeof to !== 'object' || from?.kind !== 'when' || to?.kind !== 'when') return null
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

const fewest = 8
const share = 0.8

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
