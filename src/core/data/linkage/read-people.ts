/** Patients from tables and FHIR files into one store, with what was found in each file. */

import type { NotEvaluated } from '../../finding.ts'
import type { ByteSource } from '../../operation.ts'
import type { ReadStatus } from '../model/events.ts'
import type { Row } from '../model/record.ts'
import type { ReadingChoices, SourceFormat } from '../model/source.ts'
import { readResources } from '../read/json/read-resources.ts'
import { lookInto, readAs } from '../read/look-into.ts'
import { readTable } from '../read/table.ts'
import { type FoundColumn, findColumns } from './columns.ts'
import { patientFacts } from './fhir-patient.ts'
import type { LinkField, LinkInputReport, LinkSource } from './linkage-types.ts'
import { addressOf, birthOf, type DateOrder, familyOf, givenOf, identifierOf, phoneOf, postcodeOf, sexOf } from './normalise.ts'
import type { People, PersonValues } from './people.ts'

/** Records looked at before the columns of a table are settled. */
const sampled = 1000
/** Fields without which two people of one name can not be told apart. */
const needed: readonly (readonly LinkField[])[] = [
  ['family', 'nationalId', 'mrn'],
  ['given', 'birth', 'nationalId', 'phone'],
]

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
  private readonly people: People

  constructor(given: LinkSource, input: number, people: People) {
    this.given = given
    this.input = input
    this.people = people
    this.format = given.format
  }

  /** Yields the bytes done. */
  async *read(signal: AbortSignal): AsyncGenerator<number> {
    const { recognised, content } = await lookInto(this.given.source, this.given.reading, signal)
    if (recognised.kind !== 'format' || !content) {
      const words = recognised.kind === 'other' ? `${recognised.words}. ${recognised.advice}` : 'empty.'
      this.miss(`The file is ${words}`)
      return
    }
    this.format ??= recognised.format
    const format = readAs(this.format)
    if (format === 'csv') yield* this.readTable(content.source, content.reading, signal)
    else if (format === 'ndjson' || format === 'json' || format === 'bundle')
      yield* this.readPatients(content.source, format, signal)
    else this.miss(`The file is ${this.format}; patients are read from tables and FHIR resources.`)
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
        for (const { type, value, record, line, byte } of event.resources) {
          if (type !== 'Patient') continue
          patients++
          const facts = patientFacts(value)
          this.people.add(
            personOf((field) => facts[field] ?? '', 'year-first'),
            { input: this.input, record, line, byte },
            facts.id ?? null,
          )
        }
        yield event.done
      }
      if (event.kind === 'end') this.status = event.status
    }
    this.records = patients
    if (patients === 0) this.miss('The file holds no FHIR Patient.')
  }

  private miss(why: string): void {
    this.notEvaluated.push({ what: this.given.source.name, why })
  }
}

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
