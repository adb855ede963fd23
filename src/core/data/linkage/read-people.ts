/** Patients from tables and FHIR files into one store, with what was found in each file. */

import type { NotEvaluated } from '../../finding.ts'
import { type ByteSource, stopIfAborted } from '../../operation.ts'
import type { ReadStatus } from '../model/events.ts'
import type { ResourceRecord, Row } from '../model/record.ts'
import type { ReadingChoices, SourceFormat } from '../model/source.ts'
import type { Content } from '../read/containers/content.ts'
import { type LineCounts, type LineStretch, readLines } from '../read/json/ndjson.ts'
import { readResources } from '../read/json/read-resources.ts'
import { lookInto, readAs } from '../read/look-into.ts'
import { rowsOfStretch, type TableStretch } from '../read/stretches/rows-of-stretch.ts'
import type { StretchEnds } from '../read/stretches/stretch-gate.ts'
import { type OpenTable, openTable, readTable, rowsOf } from '../read/table.ts'
import { type FoundColumn, findColumns } from './columns.ts'
import { patientFacts } from './fhir-patient.ts'
import type { LinkField, LinkInputReport, LinkPlace, LinkSource } from './linkage-types.ts'
import { addressOf, birthOf, type DateOrder, familyOf, givenOf, identifierOf, phoneOf, postcodeOf, sexOf } from './normalise.ts'
import type { PersonValues } from './people.ts'

/** Records looked at before the columns of a table are settled. */
const sampled = 1000
/** Fields without which two people of one name can not be told apart. */
const needed: readonly (readonly LinkField[])[] = [
  ['family', 'nationalId', 'mrn'],
  ['given', 'birth', 'nationalId', 'phone'],
]

/** Takes the people of a file in their order. */
export interface PeopleSink {
  add(person: PersonValues, place: Omit<LinkPlace, 'number' | 'id'>, id: string | null): void
}

/** A part of a file that is read by itself. */
export type PeopleStretch =
  | { readonly kind: 'table'; readonly stretch: TableStretch }
  | { readonly kind: 'lines'; readonly stretch: LineStretch }

/** How reading a file ended, and how many records or Patients it held. */
export interface PeopleEnd {
  readonly status: ReadStatus
  readonly records: number
}

/** What a part of a file was found to be. */
export type ReadPeople =
  | { readonly kind: 'table'; readonly ends: StretchEnds }
  | { readonly kind: 'lines'; readonly counts: LineCounts & { readonly bytes: number }; readonly patients: number }

export class PeopleReader {
  readonly notEvaluated: NotEvaluated[] = []
  private found: readonly FoundColumn[] = []
  private records = 0
  private status: ReadStatus = 'unreadable'
  private format: SourceFormat | null
  /** Makes a person of a row, once the columns are settled. */
  private take: ((row: Row) => void) | null = null
  private readonly given: LinkSource
  private readonly input: number
  private readonly people: PeopleSink

  constructor(given: LinkSource, input: number, people: PeopleSink) {
    this.given = given
    this.input = input
    this.people = people
    this.format = given.format
  }

  /** Yields the bytes done. */
  async *read(signal: AbortSignal): AsyncGenerator<number> {
    const content = await this.look(signal)
    if (content === null) return
    const format = readAs(this.format)
    if (format === 'csv') yield* this.readTable(content.source, content.reading, signal)
    else if (format === 'ndjson' || format === 'json' || format === 'bundle')
      yield* this.readPatients(content.source, format, signal)
  }

  /** Recognises the file; null where it holds nobody, which is told. */
  private async look(signal: AbortSignal): Promise<Content | null> {
    const { recognised, content } = await lookInto(this.given.source, this.given.reading, signal)
    if (recognised.kind !== 'format' || !content) {
      const words = recognised.kind === 'other' ? `${recognised.words}. ${recognised.advice}` : 'empty.'
      this.miss(`The file is ${words}`)
      return null
    }
    this.format ??= recognised.format
    const format = readAs(this.format)
    if (format === 'csv' || format === 'ndjson' || format === 'json' || format === 'bundle') return content
    this.miss(`The file is ${this.format}; patients are read from tables and FHIR resources.`)
    return null
  }

  /** Reads a stretch: its columns are those that the head of the file shows. Gives what the stretch was found to be. */
  async readStretch({ kind, stretch }: PeopleStretch, signal: AbortSignal): Promise<ReadPeople> {
    if (kind === 'lines') {
      const { content } = await lookInto(this.given.source, this.given.reading, signal)
      const lines = readLines(content?.source ?? this.given.source, stretch, signal, this.input)
      let patients = 0
      for (;;) {
        const step = await lines.next()
        if (step.done === true) return { kind, counts: step.value, patients }
        if (step.value.kind === 'resources') patients += this.takePatients(step.value.resources)
        stopIfAborted(signal)
      }
    }
    const table = await this.openHead(signal)
    const rows = rowsOfStretch(table, stretch, signal)
    for (;;) {
      const step = await rows.next()
      if (step.done === true) return { kind, ends: step.value }
      if (step.value.kind === 'rows') for (const row of step.value.rows) this.take?.(row)
      stopIfAborted(signal)
    }
  }

  /** What a run says of a file that tasks read. @param hasGaps some of it they did not read */
  async told({ status, records }: PeopleEnd, hasGaps: boolean, signal: AbortSignal): Promise<void> {
    if ((await this.look(signal)) === null) return
    this.status = status
    this.records = records
    if (readAs(this.format) === 'csv') await this.openHead(signal)
    else if (records === 0 && !hasGaps) this.miss(noPatients)
  }

  /** Opens the table, and settles its columns by its first records. */
  private async openHead(signal: AbortSignal): Promise<OpenTable> {
    const { content } = await lookInto(this.given.source, this.given.reading, signal)
    const { source, reading } = content ?? this.given
    const table = await openTable(source, reading, this.input, signal)
    const head: Row[] = []
    for await (const event of rowsOf(table, (sink) => table.read(sink, signal))) {
      if (event.kind === 'rows') head.push(...event.rows)
      if (head.length >= sampled) break
    }
    this.take = this.settleColumns(table.structure.header, head, reading)
    return table
  }

  report(): LinkInputReport {
    const { format, records, status, found } = this
    return { name: this.given.source.name, format, records, status, columns: found }
  }

  private async *readTable(source: ByteSource, reading: ReadingChoices, signal: AbortSignal): AsyncGenerator<number> {
    let header: readonly string[] = []
    let waiting: Row[] | null = []
    const settle = (rows: readonly Row[]): void => {
      this.take = this.settleColumns(header, rows, reading)
      for (const row of rows) this.take?.(row)
      waiting = null
    }
    for await (const event of readTable(source, reading, signal, this.input)) {
      if (event.kind === 'structure') header = event.structure.header
      if (event.kind === 'rows') {
        if (waiting) {
          waiting.push(...event.rows)
          if (waiting.length >= sampled) settle(waiting)
        } else for (const row of event.rows) this.take?.(row)
        yield event.done
      }
      if (event.kind === 'end') {
        if (waiting) settle(waiting)
        this.status = event.status
        this.records = event.records
      }
    }
  }

  /** What makes a person of a row; null where the table holds too little to tell people apart. */
  private settleColumns(header: readonly string[], rows: readonly Row[], reading: ReadingChoices): ((row: Row) => void) | null {
    const sample = rows.slice(0, sampled).map(({ cells }) => cells)
    const { found, dateOrder, problems } = findColumns(header, sample, this.given.columns, reading.dateOrder)
    this.found = found
    for (const problem of problems) this.miss(problem)
    const fields = new Set(found.map(({ field }) => field))
    if (needed.some((some) => !some.some((field) => fields.has(field)))) {
      this.miss(
        'No columns were found that tell patients apart (names, birth date, identifiers); name them with the choice of columns.',
      )
      return null
    }
    const at = new Map(found.map(({ field, column }) => [field, header.indexOf(column)] as const))
    return ({ cells, record, line, byte }) => {
      const facts = (field: LinkField): string => cells[at.get(field) ?? -1] ?? ''
      this.people.add(
        personOf(facts, dateOrder),
        { input: this.input, record, line, byte },
        facts('id').trim() || facts('mrn').trim() || null,
      )
    }
  }

  private async *readPatients(
    source: ByteSource,
    format: 'ndjson' | 'json' | 'bundle',
    signal: AbortSignal,
  ): AsyncGenerator<number> {
    let patients = 0
    for await (const event of readResources(source, format, signal, this.input)) {
      if (event.kind === 'resources') {
        patients += this.takePatients(event.resources)
        yield event.done
      }
      if (event.kind === 'end') this.status = event.status
    }
    this.records = patients
    if (patients === 0) this.miss(noPatients)
  }

  /** Gives how many Patients there are among them. */
  private takePatients(resources: readonly ResourceRecord[]): number {
    let patients = 0
    for (const { type, value, record, line, byte } of resources) {
      if (type !== 'Patient') continue
      patients++
      const facts = patientFacts(value)
      const place = { input: this.input, record, line, byte }
      this.people.add(
        personOf((field) => facts[field] ?? '', 'year-first'),
        place,
        facts.id ?? null,
      )
    }
    return patients
  }

  private miss(why: string): void {
    this.notEvaluated.push({ what: this.given.source.name, why })
  }
}

const noPatients = 'The file holds no FHIR Patient.'

function personOf(facts: (field: LinkField) => string, dateOrder: DateOrder): PersonValues {
  return {
    given: givenOf(facts('given')),
    family: familyOf(facts('family')),
    maiden: familyOf(facts('maiden')),
    birth: birthOf(facts('birth'), dateOrder)?.toString() ?? null,
    sex: sexOf(facts('sex')),
    nationalId: identifierOf(facts('nationalId')),
    phone: phoneOf(facts('phone')),
    address: addressOf(facts('address')),
    postcode: postcodeOf(facts('postcode')),
    mrn: identifierOf(facts('mrn'), 1),
  }
}
