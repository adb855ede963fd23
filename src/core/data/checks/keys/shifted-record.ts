/** Records whose cells stand one column beside their own: an empty cell too many, or one that was lost. */
import { mostKept, type TableCheck, type TableJudge, type TableRow } from '../contract/table-check.ts'

export const shiftedRecord: TableCheck = {
  code: 'data/shifted-record',
  title: 'Records whose cells stand beside their columns',
  why: 'Every cell after the gap is read as something else: a code as a name, a name as a value.',
  remedy:
    'Look for a delimiter too many or too few in the export, often in a text without quotation marks. Export the records again.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'wrong-value',
  scope: 'keys',
  open({ on }) {
    return on.fields.length < 3
      ? 'It takes three columns or more, in their order.'
      : { fields: on.fields, judge: new Shifts(on.fields) }
  },
}

/** What a cell looks like; one letter each. */
function makeOf(text: string | null): string {
  const plain = text?.trim() ?? ''
  if (plain === '') return 'e'
  if (/^\d{4}-\d{2}-\d{2}/.test(plain) || /^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}/.test(plain)) return 'd'
  if (/^[-+]?\d+$/.test(plain)) return 'i'
  if (/^[-+]?\d*[.,]\d+$/.test(plain)) return 'n'
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(plain)) return 'u'
  if (/^\S*\d\S*$/.test(plain)) return 'c'
  return /\s/.test(plain) ? 't' : 'w'
}

export const fewest = 20
/** The make of a column is that of so many of its filled cells; another one is rare. */
export const usualShare = 0.9
const rareShare = 0.1
const mostMakes = 20_000
const mostOfMake = 1000
/** Cells that must stand beside their column. */
export const leastMoved = 2

interface Made {
  count: number
  readonly kept: number[]
}

class Shifts implements TableJudge {
  private readonly makes = new Map<string, Made>()
  private tested = 0
  private full = false
  private readonly fields: readonly string[]

  constructor(fields: readonly string[]) {
    this.fields = fields
  }

  see(row: TableRow): void {
    const make = this.fields.map((field) => makeOf(row.text(field))).join('')
    let made = this.makes.get(make)
    if (!made) {
      if (this.makes.size >= mostMakes || this.tested >= mostKept) {
        this.full = true
        return
      }
      made = { count: 0, kept: [] }
      this.makes.set(make, made)
    }
    this.tested++
    made.count++
    if (made.kept.length < mostOfMake) made.kept.push(row.keep())
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    const usual = this.fields.map((_, column) => this.usualOf(column))
    for (const [make, { count, kept }] of this.makes) {
      if (this.tested < fewest || count > this.tested * rareShare) continue
      const moved = Math.max(movedIn(make, usual, -1), movedIn(make, usual, 1))
      if (moved < leastMoved) continue
      for (const number of kept) report(number, [{ name: 'cells that look like those of the next column', value: moved }])
    }
    return { tested: this.tested, left: this.full ? 'Only the first records of the table were compared.' : null }
  }

  /** The make of nearly all filled cells of a column; null where there is none. */
  private usualOf(column: number): string | null {
    const counts = new Map<string, number>()
    let filled = 0
    for (const [make, { count }] of this.makes) {
      const own = make[column] ?? 'e'
      if (own === 'e') continue
      filled += count
      counts.set(own, (counts.get(own) ?? 0) + count)
    }
    for (const [own, count] of counts) if (count >= filled * usualShare) return own
    return null
  }
}

/** Columns in a row whose cells are unlike their own and like those of the column before (-1) or behind (1). */
function movedIn(make: string, usual: readonly (string | null)[], by: 1 | -1): number {
  let most = 0
  let run = 0
  for (let column = 0; column < usual.length; column++) {
    const own = make[column] ?? 'e'
    const [mine, other] = [usual[column] ?? null, usual[column + by] ?? null]
    const isMoved = own !== 'e' && mine !== null && own !== mine && other === own
    run = isMoved ? run + 1 : 0
    most = Math.max(most, run)
  }
  return most
}
