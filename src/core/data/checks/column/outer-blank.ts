/** Blanks before or after a value, where the column has none otherwise: `E11 ` is not `E11` to a computer. */
import { isBlank } from '../bytes/suspect.ts'
import { type Cell, cellEvidence } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, cellTraits, shapes } from '../contract/column-check.ts'

export const outerBlank: ColumnCheck = {
  code: 'data/outer-blank',
  title: 'Blanks before or after a value',
  why: 'A code with a blank behind it matches no list and no key, and nobody sees it on the screen.',
  remedy: 'Remove the blanks in the export or with a transform of the mapping, and compare again.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'form',
  scope: 'column',
  shapes: shapes.digits | shapes.numeric | shapes.date | shapes.hash | shapes.dayMonth | shapes.text,
  needs: cellTraits.outer,
  sampled: false,
  always: true,
  watch() {
    return new Blanks()
  },
}

/** Above this share blanks are how the column is written. */
export const mostPadded = 0.5
const mostSuspects = 10_000
/** Longer values, in bytes and in words, are sentences, which nobody looks up. */
export const longestValue = 60
const mostWords = 4

class Blanks implements ColumnWatch {
  wanted = false
  private count = 0
  private readonly cells: { readonly kept: number; readonly excerpt: string }[] = []

  see(cell: Cell): null {
    const { bytes, start, end } = cell
    if (end === start || end - start > longestValue || (!isBlank(bytes[start] as number) && !isBlank(bytes[end - 1] as number)))
      return null
    let words = 1
    for (let i = start + 1; i < end - 1; i++) if (bytes[i] === 32 && !isBlank(bytes[i + 1] as number)) words++
    if (words > mostWords) return null
    this.count++
    if (this.cells.length >= mostSuspects) return null
    this.wanted = true
    this.cells.push({ kept: this.cells.length, excerpt: cellEvidence(cell).excerpt ?? '' })
    return null
  }

  finish(_filled: number, whole: number) {
    if (this.count > Math.max(1, whole * mostPadded)) return []
    const rest = this.count > this.cells.length ? [{ name: 'cells with blanks', value: this.count }] : []
    return this.cells.map(({ kept, excerpt }) => ({ facts: [{ name: 'kind', value: kindOf(excerpt) }, ...rest], kept, excerpt }))
  }
}

function kindOf(text: string): string {
  const [before, after] = [/^\s/.test(text), /\s$/.test(text)]
  return before && after ? 'blanks before and after' : before ? 'blanks before' : 'blanks after'
}
