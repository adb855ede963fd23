/** The patient of the record that is being read: looked at only when something was found in it. */
import { type Hash64, hash64 } from '../../hash64.ts'
import type { ReadProblem } from '../model/events.ts'
import { type CellTexts, textOf } from '../read/text/cell-text.ts'
import type { RecordView } from '../read/text/record-view.ts'

/** Cells of a key as one hash; null where a part is empty. Parts are closed by their length, so that no separator can occur in them. */
export function keyHash(
  view: RecordView,
  columns: readonly number[],
  texts: CellTexts,
  isNull: (view: RecordView, column: number) => boolean,
): Hash64 | null {
  let key = ''
  for (const column of columns) {
    if (column >= view.count || isNull(view, column)) return null
    const text = textOf(texts, view, column).trim()
    if (text === '') return null
    key += columns.length === 1 ? text : `${text.length}:${text}`
  }
  return hash64(key)
}

/** Patients of the two sides are counted apart, as their keys may be others. */
export function saltedHash({ high, low }: Hash64, side: string | null): Hash64 {
  return side === null ? { high, low } : { high: high ^ (side === 'target' ? 0x3c6ef372 : 0x1b873593), low }
}

/** Problems that are about no record, so that the record after them must not be blamed. */
const ofNoRecord = ['data/blank-line', 'data/repeated-header', 'data/footer', 'data/record-too-long', 'data/endless-record']
/** Problems wait for the record they belong to; more than this is not kept waiting. */
const waitingLimit = 64

export class RecordPatient {
  private view: RecordView | null = null
  /** How many cells at the head of the record stand in their columns. */
  private placed = 0
  private known: number | null = null
  private waiting: ReadProblem[] = []
  private readonly numberOf: (view: RecordView) => number
  private readonly columns: readonly number[]
  private readonly tell: (problem: ReadProblem) => void

  /** `numberOf` gives the number of the patient that the columns of a record name, 0 for none. */
  constructor(numberOf: (view: RecordView) => number, columns: readonly number[], tell: (problem: ReadProblem) => void) {
    this.numberOf = numberOf
    this.columns = columns
    this.tell = tell
  }

  /** Called with every record before it is judged; cells that may stand in other columns, as in a ragged record, name nobody. */
  see(view: RecordView, placed: number): void {
    this.view = view
    this.placed = placed
    this.known = null
    if (this.waiting.length > 0) this.flush()
  }

  /** Number of the patient of a record; 0 where it names none or is not the one being read. */
  of(record: number): number {
    const { view } = this
    if (view === null || view.record !== record || this.columns.some((column) => column >= this.placed)) return 0
    this.known ??= this.numberOf(view)
    return this.known
  }

  /** A problem inside a record is told by the reader before the record itself: it waits for its patient. */
  problem(problem: ReadProblem): void {
    const { at, code } = problem.sighting
    if (at.kind !== 'cell' || ofNoRecord.includes(code)) {
      this.tell(problem)
      return
    }
    this.waiting.push(problem)
    if (this.waiting.length > waitingLimit) this.flush()
  }

  /** At the end of the file. */
  flush(): void {
    const told = this.waiting
    this.waiting = []
    for (const problem of told) this.tell(problem)
  }
}

/** True where a sighting of this code can be about the patient of a record at all. */
export function isOfRecord(code: string): boolean {
  return !ofNoRecord.includes(code)
}
