/** Numbers with a decimal comma in a column of numbers with a point: 81,5 among 81.5. */
import type { Cell } from './check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from './column-check.ts'

const table = (...more: readonly string[]): string =>
  `id,value\n${[...Array.from({ length: 40 }, (_, i) => `${60 + i}.${i % 10}`), ...more].map((one, i) => `${i},${one}`).join('\n')}\n`

export const mixedDecimal: ColumnCheck = {
  code: 'data/mixed-decimal',
  title: 'Decimal commas among decimal points',
  why: 'One system reads 81,5 as text, another as 815: a result is lost or ten times as large.',
  remedy: 'Find the source that writes commas. Export it with points, or convert these cells in the mapping.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  shapes: shapes.numeric,
  sampled: true,
  always: true,
  examples: {
    flags: [{ name: 'one weight with a comma', subject: { csv: table('"81,5"') } }],
    passes: [
      { name: 'points alone', subject: { csv: table() } },
      { name: 'thousands', subject: { csv: table('"1,250.5"') } },
    ],
  },
  watch() {
    return new Marks()
  },
}

const fewestPoints = 20
const mostShare = 0.2
const mostSuspects = 1000
const withComma = /^[-+]?\d+,\d+$/
const withPoint = /^[-+]?\d*\.\d+$/

class Marks implements ColumnWatch {
  wanted = false
  private points = 0
  private commas = 0
  private readonly cells: { readonly kept: number; readonly excerpt: string }[] = []

  see({ text }: Cell): null {
    if (withPoint.test(text)) this.points++
    else if (withComma.test(text)) {
      this.commas++
      if (this.cells.length < mostSuspects) {
        this.wanted = true
        this.cells.push({ kept: this.cells.length, excerpt: text })
      }
    }
    return null
  }

  finish() {
    if (this.points < fewestPoints || this.commas > this.points * mostShare) return []
    const facts = [{ name: 'numbers with a decimal point in this column', value: this.points }]
    return this.cells.map(({ kept, excerpt }) => ({ facts, kept, excerpt }))
  }
}
