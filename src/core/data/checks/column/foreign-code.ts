/** Codes that are written like those of another code system than the rest of their column: J20.9 among SNOMED CT numbers. */
import { isCodeName } from '../../knowledge/column-words.ts'
import type { Cell } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from '../contract/column-check.ts'

export const foreignCode: ColumnCheck = {
  code: 'data/foreign-code',
  title: 'Codes written like those of another code system',
  why: 'A code of ICD-10 under the system of SNOMED CT means nothing there: the diagnosis is not found, or is read as another one.',
  remedy: 'Look up the records in the legacy system. Load these codes with their own system, or translate them in the mapping.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  shapes: shapes.digits | shapes.numeric | shapes.text | shapes.date | shapes.dayMonth,
  sampled: true,
  always: true,
  watch({ field, type }) {
    return isCodeName(field) && (type === null || type === 'string') ? new Forms() : null
  },
}

/** Ways in which code systems write their codes; what has none of them says nothing. */
const forms: readonly (readonly [string, RegExp])[] = [
  ['numbers, as in SNOMED CT and RxNorm', /^\d{1,18}$/],
  ['numbers with a check digit, as in LOINC', /^\d{1,5}-\d$/],
  ['a letter and digits, as in ICD-10', /^[A-TV-Z]\d[\dA-Z](\.[\dA-Z]{1,4})?$/],
  ['letters and digits in five steps, as in ATC', /^[A-V]\d{2}[A-Z]{2}\d{2}$/],
  ['numbers with two hyphens, as in NDC', /^\d{4,5}-\d{3,4}-\d{1,2}$/],
]
export const fewest = 20
export const leastShare = 0.95
const mostPlaces = 10_000

class Forms implements ColumnWatch {
  wanted = false
  private places = 0
  private seen = 0
  private readonly counts = forms.map(() => 0)
  private readonly cells = forms.map((): { readonly kept: number; readonly excerpt: string }[] => [])

  see(cell: Cell): null {
    this.seen++
    const text = cell.text.trim()
    const form = forms.findIndex(([, pattern]) => pattern.test(text))
    if (form < 0) return null
    const count = (this.counts[form] ?? 0) + 1
    this.counts[form] = count
    // A form that is usual has no places to tell.
    if (count > Math.max(fewest, this.seen * (1 - leastShare) * 2) || count > mostPlaces) return null
    this.wanted = true
    this.cells[form]?.push({ kept: this.places++, excerpt: cell.text })
    return null
  }

  finish(filled: number) {
    const usual = this.counts.indexOf(Math.max(...this.counts))
    const count = this.counts[usual] ?? 0
    if (count < fewest || count < filled * leastShare) return []
    const rest = [{ name: 'codes of the usual form', value: count }]
    return this.cells.flatMap((cells, form) =>
      form === usual
        ? []
        : cells.map(({ kept, excerpt }) => ({
            facts: [
              { name: 'written as', value: forms[form]?.[0] ?? '' },
              { name: 'the others are', value: forms[usual]?.[0] ?? '' },
              ...rest,
            ],
            kept,
            excerpt,
          })),
    )
  }
}
