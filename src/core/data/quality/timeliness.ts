/** How long after something happened it was recorded: the columns are declared, and the as-of date is no clock. */
import { dateParser } from '../../values/calendar.ts'
import { dateCandidates } from '../columns/date-traits.ts'
import { dayNumber } from '../columns/day-number.ts'
import type { Measure } from '../model/measure.ts'
import type { JsonObject } from '../model/record.ts'
import { type CellTexts, textOf } from '../read/text/cell-text.ts'
import type { RecordView } from '../read/text/record-view.ts'
import { measureOf } from './measure.ts'

/** Documentation later than this many days counts as late, unless the schema says otherwise. */
const usualLimit = 7

export interface TimelinessColumns {
  readonly occurred: string
  readonly recorded: string
  /** In days. */
  readonly within: number
}

/** `x-carryover: {occurred, recorded, recordedWithinDays}` of a schema; null where the two columns are not named. */
export function timelinessColumns(schema: JsonObject | null): TimelinessColumns | null {
  const declared = schema?.['x-carryover']
  if (typeof declared !== 'object' || declared === null || Array.isArray(declared)) return null
  const { occurred, recorded, recordedWithinDays: within } = declared as JsonObject
  if (typeof occurred !== 'string' || typeof recorded !== 'string') return null
  return { occurred, recorded, within: typeof within === 'number' && within >= 0 ? within : usualLimit }
}

const parsers = (isMonthFirst: boolean) =>
  dateCandidates
    .filter(({ format }) => !format.startsWith(isMonthFirst ? '%d/%m' : '%m/%d'))
    .map(({ type, format }) => dateParser(type, format))

/** Records in time among those with both dates. A record written before it happened is not in time. */
export class Timeliness {
  private inTime = 0
  private both = 0
  private others = 0
  private readonly occurred: number
  private readonly recorded: number
  private readonly within: number
  private readonly parsers: ReturnType<typeof parsers>

  constructor(header: readonly string[], columns: TimelinessColumns, isMonthFirst: boolean) {
    this.occurred = header.indexOf(columns.occurred)
    this.recorded = header.indexOf(columns.recorded)
    this.within = columns.within
    this.parsers = parsers(isMonthFirst)
  }

  see(view: RecordView, texts: CellTexts): void {
    const from = this.day(view, texts, this.occurred)
    const to = this.day(view, texts, this.recorded)
    if (from === null || to === null) {
      this.others++
      return
    }
    this.both++
    if (to >= from && to - from <= this.within) this.inTime++
  }

  private day(view: RecordView, texts: CellTexts, column: number): number | null {
    if (column < 0 || column >= view.count) return null
    const text = textOf(texts, view, column)
    for (const parse of this.parsers) {
      const moment = parse?.(text)
      if (moment) return dayNumber(moment.year, moment.month, moment.day)
    }
    return null
  }

  measure(): Measure {
    return measureOf(this.inTime, this.both, { notApplicable: this.others })
  }
}
