/**
 * Questions about one column of a block that the SIMD kernel indexed, asked of all its cells at once. A question lists the rows that it
 * can not settle: who asks looks at these cells alone. Code: `scripts/structural-index/kernel.as.ts`.
 */

/** Cells in which each byte has to be in a range of its place; `calendar` as in the kernel. */
interface RangesQuestion {
  readonly kind: 'ranges'
  readonly table: Uint8Array
  readonly ranges: number
  readonly length: number
  readonly calendar: 0 | 1 | 2
}

/** Cells in which each byte has to be in the set of its place. */
interface PlacesQuestion {
  readonly kind: 'places'
  readonly table: Uint8Array
  readonly kinds: number
  readonly length: number
}

/** Numbers with at most one `point` (0 for none); by decimals, 16 lowest and 16 highest whole numbers. */
interface NumbersQuestion {
  readonly kind: 'numbers'
  readonly table: Uint8Array
  readonly point: number
}

/** Cells of one byte that the table of 256 allows. */
interface LettersQuestion {
  readonly kind: 'letters'
  readonly table: Uint8Array
}

/** Cells of so many bytes. */
interface LengthsQuestion {
  readonly kind: 'lengths'
  readonly least: number
  readonly most: number
}

/** What the kernel can ask of the cells of a column for a test of them: whatever it does not list passes the test. */
export type ColumnQuestion = RangesQuestion | PlacesQuestion | NumbersQuestion | LettersQuestion | LengthsQuestion

/** The cells asked about: cell `i` of `count` stands at `at + i * step`. */
export interface Cells {
  readonly at: number
  readonly step: number
  readonly count: number
}

/** The part of the kernel that answers. */
export interface QuestionKernel {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly table: { readonly value: number }
  readonly found: { readonly value: number }
  ranges(at: number, step: number, count: number, ranges: number, length: number, calendar: number): number
  places(at: number, step: number, count: number, kinds: number, length: number): number
  numbers(at: number, step: number, count: number, point: number): number
  letters(at: number, step: number, count: number): number
  lengths(at: number, step: number, count: number, least: number, most: number): number
  blanks(at: number, step: number, count: number, withEmpty: number): number
  emptyCells(): number
  ordered(at: number, step: number, count: number): number
  suspects(at: number, step: number, count: number): number
}

const mostPlaces = 48
const mostRanges = 3
/** Each costs a look at every cell. */
const mostKinds = 6
const tableBytes = 512
const longest = 2 ** 31 - 1

/** The question of a form of so many places, each with the bytes (256) that may stand there; null where it is too long or too mixed. */
export function placesQuestion(sets: readonly Uint8Array[], calendar: 0 | 1 | 2 = 0): RangesQuestion | PlacesQuestion | null {
  if (sets.length === 0 || sets.length > mostPlaces) return null
  return rangesQuestion(sets, calendar) ?? (calendar === 0 ? setsQuestion(sets) : null)
}

function rangesQuestion(sets: readonly Uint8Array[], calendar: 0 | 1 | 2): RangesQuestion | null {
  const all = sets.map(rangesOf)
  const ranges = Math.max(...all.map(({ length }) => length))
  if (ranges > mostRanges || all.some(({ length }) => length === 0)) return null
  const table = new Uint8Array(2 * mostRanges * mostPlaces)
  for (const [place, own] of all.entries())
    for (let range = 0; range < mostRanges; range++) {
      // A place of fewer ranges has its first one again.
      const [low, span] = own[range] ?? (own[0] as Range)
      table[2 * range * mostPlaces + place] = low
      table[(2 * range + 1) * mostPlaces + place] = span
    }
  return { kind: 'ranges', table, ranges, length: sets.length, calendar }
}

/** A lowest byte, and how many follow it. */
type Range = readonly [number, number]

function rangesOf(set: Uint8Array): Range[] {
  const found: Range[] = []
  for (let low = 0; low < 128; low++) {
    if (set[low] !== 1) continue
    let high = low
    while (high < 127 && set[high + 1] === 1) high++
    found.push([low, high - low])
    low = high
  }
  return found
}

function setsQuestion(sets: readonly Uint8Array[]): PlacesQuestion | null {
  const kinds = new Map<string, Uint8Array>()
  for (const [place, set] of sets.entries()) {
    const ascii = set.subarray(0, 128)
    const name = ascii.join('')
    const row = kinds.get(name) ?? rowOf(ascii)
    row[16 + place] = 255
    kinds.set(name, row)
  }
  if (kinds.size > mostKinds) return null
  const table = Uint8Array.from([...kinds.values()].flatMap((row) => [...row]))
  return { kind: 'places', table, kinds: kinds.size, length: sets.length }
}

/** A set of ASCII bytes by their lower half, a bit for each upper half, and room for its places. */
function rowOf(ascii: Uint8Array): Uint8Array {
  const row = new Uint8Array(16 + mostPlaces)
  for (const [byte, isIn] of ascii.entries()) if (isIn === 1) row[byte & 15] = (row[byte & 15] as number) | (1 << (byte >> 4))
  return row
}

/** `lowest` and `highest` by number of decimals, from 0 to 15. */
export function numbersQuestion(lowest: Float64Array, highest: Float64Array, point: number): NumbersQuestion {
  return { kind: 'numbers', table: new Uint8Array(Float64Array.of(...lowest, ...highest).buffer), point }
}

/** Who answers questions about the columns of a block. */
export interface Kernels {
  /** The rows that were listed last. */
  readonly found: Int32Array
  /** Empty cells of the column that `blanks` was asked about last. */
  readonly empty: number
  ask(question: ColumnQuestion, cells: Cells): number
  blanks(firstBytes: Uint8Array, withEmpty: boolean, cells: Cells): number
  ordered(cells: Cells): number
  suspects(cells: Cells): number
}

export class ColumnKernels implements Kernels {
  /** The rows that were listed last. */
  readonly found: Int32Array
  private readonly kernel: QuestionKernel
  private readonly table: Uint8Array

  /** @param mostRows of a block */
  constructor(kernel: QuestionKernel, mostRows: number) {
    this.kernel = kernel
    this.found = new Int32Array(kernel.memory.buffer, kernel.found.value, mostRows)
    this.table = new Uint8Array(kernel.memory.buffer, kernel.table.value, tableBytes)
  }

  /** Lists the filled cells that the question does not settle; gives how many. */
  ask(question: ColumnQuestion, { at, step, count }: Cells): number {
    const { kernel } = this
    if (question.kind === 'lengths')
      return kernel.lengths(at, step, count, Math.min(question.least, longest), Math.min(question.most, longest))
    this.table.set(question.table)
    if (question.kind === 'letters') return kernel.letters(at, step, count)
    if (question.kind === 'numbers') return kernel.numbers(at, step, count, question.point)
    if (question.kind === 'places') return kernel.places(at, step, count, question.kinds, question.length)
    return kernel.ranges(at, step, count, question.ranges, question.length, question.calendar)
  }

  /** Lists the filled cells with one of these first bytes (256) and, where asked for, the empty ones. */
  blanks(firstBytes: Uint8Array, withEmpty: boolean, { at, step, count }: Cells): number {
    this.table.set(firstBytes)
    return this.kernel.blanks(at, step, count, withEmpty ? 1 : 0)
  }

  /** Empty cells of the column that `blanks` was asked about last. */
  get empty(): number {
    return this.kernel.emptyCells()
  }

  /** Lists what may be a date of numbers such as 3/4/1990. */
  ordered({ at, step, count }: Cells): number {
    return this.kernel.ordered(at, step, count)
  }

  /** Lists what can be damaged by itself, apart from control characters. */
  suspects({ at, step, count }: Cells): number {
    return this.kernel.suspects(at, step, count)
  }
}
