/** Rows of a table → events; how the table is stored is known to whoever hands the rows in. */
import { type ColumnMapping, type LogRole, namesRoles } from './columns.ts'
import { OrderedTimes } from './date-order.ts'
import type { EventLog, LogProblem } from './event-log.ts'
import { InstantReader } from './instants.ts'
import { LogBuilder } from './log-builder.ts'
import { ProblemTally } from './problem-tally.ts'

/** One record as ranges of bytes in UTF-8, without quotes; valid during the call only. */
export interface LogRow {
  readonly bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly count: number
  readonly line: number
}

const encoder = new TextEncoder()

export class TableLog {
  private readonly builder = new LogBuilder()
  private readonly instants = new InstantReader()
  private readonly times: OrderedTimes
  private readonly tally = new ProblemTally()
  private readonly columns: Readonly<Record<LogRole, number>>
  private readonly mapping: ColumnMapping
  /** Attribute name of each column; -1 for those with a role. */
  private readonly attributes: readonly { readonly of: 'event' | 'case'; readonly name: number }[]
  private bytes: Uint8Array = new Uint8Array(0)
  private from = 0
  private to = 0

  constructor(mapping: ColumnMapping, header: readonly string[]) {
    const of = (role: LogRole): number => mapping.roles[role]?.column ?? -1
    this.mapping = mapping
    this.times = new OrderedTimes(this.instants, mapping.form, mapping.ambiguous)
    this.columns = {
      case: of('case'),
      activity: of('activity'),
      timestamp: of('timestamp'),
      start: of('start'),
      resource: of('resource'),
      lifecycle: of('lifecycle'),
      instance: of('instance'),
      order: of('order'),
    }
    // A column of roles that stands for the resource stays an attribute as well: roles and people are judged differently.
    const taken = new Set(Object.values(this.columns))
    this.attributes = header.map((name, index) => {
      const isCase = name.startsWith('case:')
      const store = isCase ? this.builder.caseAttributes : this.builder.eventAttributes
      return {
        of: isCase ? 'case' : 'event',
        name:
          taken.has(index) && !(index === this.columns.resource && namesRoles(name))
            ? -1
            : store.nameOf(isCase ? name.slice(5) : name),
      }
    })
  }

  /** `text` gives the cells that can not be taken as they stand: with doubled quotes, or in another encoding; null for all others. */
  row(row: LogRow, text: (cell: number) => string | null): void {
    const { builder, columns, tally } = this
    const place = { line: row.line }
    const take = (cell: number): boolean => this.take(row, cell, text)
    if (!take(columns.case))
      tally.add('row-without-case', 'Rows name no case; they are kept together as one case without a name.', place)
    const ofCase = builder.cases.code(this.bytes, this.from, this.to)
    if (!take(columns.activity)) {
      tally.add('event-without-activity', 'Rows name no activity; they are left out.', place)
      return
    }
    builder.clear()
    const { draft } = builder
    draft.activity = builder.activities.code(this.bytes, this.from, this.to)
    const { times } = this
    times.clear()
    if (take(columns.timestamp)) this.time('time', place)
    else if (columns.timestamp >= 0)
      tally.add('event-without-time', 'Rows carry no time; their cases keep the order of the file.', place)
    draft.offset = this.instants.offset
    if (take(columns.start)) this.time('begun', place)
    const turned = times.turnedRows()
    if (turned) builder.retime(turned.time, turned.begun)
    draft.time = times.row.time
    draft.begun = times.row.begun
    times.keep()
    if (take(columns.resource)) draft.resource = builder.resources.code(this.bytes, this.from, this.to)
    if (take(columns.lifecycle)) draft.transition = builder.transitions.code(this.bytes, this.from, this.to)
    if (take(columns.instance)) draft.instance = builder.instances.code(this.bytes, this.from, this.to)
    if (take(columns.order)) draft.order = numberOf(this.bytes, this.from, this.to)
    const event = builder.events
    for (let cell = 0; cell < this.attributes.length; cell++) {
      const attribute = this.attributes[cell]
      if (!attribute || attribute.name < 0 || !take(cell)) continue
      if (attribute.of === 'event') builder.eventAttributes.add(event, attribute.name, this.bytes, this.from, this.to)
      else builder.caseAttributes.add(ofCase, attribute.name, this.bytes, this.from, this.to)
    }
    builder.add(ofCase)
  }

  /** `mapping` says which order of dates was used in the end, and why. */
  finish(name: string): { readonly log: EventLog; readonly problems: readonly LogProblem[]; readonly mapping: ColumnMapping } {
    const { builder, tally } = this
    const lost = [...builder.eventAttributes.notKept, ...builder.caseAttributes.notKept]
    const { times } = this
    const mapping: ColumnMapping = {
      ...this.mapping,
      form: times.form,
      formWhy: times.settledBy ?? this.mapping.formWhy,
      ambiguous: times.open,
    }
    if (times.open)
      tally.add(
        'day-or-month',
        'Times such as 03/04/2024 were read with the day before the month; no row decides it. Say how dates are written where that is wrong.',
        null,
      )
    const log = builder.finish(name, null)
    if (lost.length > 0)
      tally.add(
        'attributes-not-kept',
        `Columns with too many values to filter by are not kept: ${lost.slice(0, 8).join(', ')}.`,
        null,
        lost.length,
      )
    return { log, problems: tally.list(), mapping }
  }

  /** Points at the bytes of a cell; false where it is empty or absent. */
  private take(row: LogRow, cell: number, text: (cell: number) => string | null): boolean {
    this.from = this.to
    if (cell < 0 || cell >= row.count) return false
    const written = text(cell)
    if (written === null) {
      this.bytes = row.bytes
      this.from = row.starts[cell] as number
      this.to = row.ends[cell] as number
    } else {
      this.bytes = encoder.encode(written)
      this.from = 0
      this.to = this.bytes.length
    }
    return this.to > this.from
  }

  private time(what: 'time' | 'begun', place: { readonly line: number }): void {
    if (!this.times.read(what, this.bytes, this.from, this.to, place.line))
      this.tally.add(
        'time-not-read',
        'Times are not written like those of the first rows; these events count without a time.',
        place,
      )
  }
}

/** A whole number of a column that orders events; NaN for anything else. */
function numberOf(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] as number) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}
