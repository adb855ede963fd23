/** What checks of one table must know of others: persons, deaths, visits, concepts, and the keys that foreign keys point to. */
import { dayFrom, dayOf } from './days.ts'
import { IdTable } from './id-table.ts'

/** A cell of the record at hand by column name (lower case); null where it is empty or the column is absent. */
export type Read = (field: string) => string | null

interface Concept {
  readonly domain: string
  readonly className: string
  /** Standard and not invalidated. */
  readonly valid: boolean
}

export class Facts {
  readonly persons = new IdTable()
  /** By person: day of birth with a missing month or day as 01; NaN unknown. */
  private readonly births: number[] = []
  /** By person: BIRTH_DATETIME, or 01-Jun of the year, which is what plausibleTemporalAfter compares with. */
  private readonly birthDateTimes: number[] = []
  private readonly genders: string[] = []
  private readonly dead = new IdTable()
  private readonly deaths: number[] = []
  private readonly visits = new IdTable()
  private readonly visitDays: { start: number[]; end: number[] } = { start: [], end: [] }
  private readonly conceptIds = new IdTable()
  private readonly concepts: Concept[] = []
  /** Domain and class names are few: each is held once. */
  private readonly names = new Map<string, string>()
  private readonly keys = new Map<string, IdTable>()
  /** Concepts that fields name and CONCEPT does not hold. */
  private readonly lacking = new IdTable()

  /** Asks for the values of a key before any table is read. */
  want(table: string, field: string): void {
    this.keys.set(keyName(table, field), new IdTable())
  }

  /** Fields of a table that are to be indexed. */
  wanted(table: string): readonly string[] {
    return [...this.keys.keys()].filter((name) => name.startsWith(`${table}.`)).map((name) => name.slice(table.length + 1))
  }

  see(table: string, read: Read): void {
    for (const field of this.wanted(table)) {
      const text = read(field)
      if (text !== null) this.keys.get(keyName(table, field))?.add(text)
    }
    if (table === 'person') this.person(read)
    if (table === 'death') this.death(read)
    if (table === 'visit_occurrence') this.visit(read)
    if (table === 'concept') this.concept(read)
  }

  private person(read: Read): void {
    const id = read('person_id')
    if (id === null) return
    const person = this.persons.add(id)
    const year = Number(read('year_of_birth') ?? Number.NaN)
    const stated = dayOf(read('birth_datetime') ?? '')
    const parts = dayFrom(year, Number(read('month_of_birth') ?? 1), Number(read('day_of_birth') ?? 1))
    this.births[person] = stated ?? parts ?? Number.NaN
    this.birthDateTimes[person] = stated ?? dayFrom(year, 6, 1) ?? Number.NaN
    this.genders[person] = read('gender_concept_id') ?? ''
  }

  private death(read: Read): void {
    const id = read('person_id')
    const day = dayOf(read('death_date') ?? '')
    if (id !== null && day !== null) this.deaths[this.dead.add(id)] = day
  }

  private visit(read: Read): void {
    const id = read('visit_occurrence_id')
    if (id === null) return
    const visit = this.visits.add(id)
    this.visitDays.start[visit] = dayOf(read('visit_start_date') ?? '') ?? Number.NaN
    this.visitDays.end[visit] = dayOf(read('visit_end_date') ?? '') ?? Number.NaN
  }

  private concept(read: Read): void {
    const id = read('concept_id')
    if (id === null) return
    const valid = read('standard_concept') === 'S' && read('invalid_reason') === null
    this.concepts[this.conceptIds.add(id)] = {
      domain: this.name(read('domain_id') ?? ''),
      className: this.name(read('concept_class_id') ?? ''),
      valid,
    }
  }

  private name(text: string): string {
    const held = this.names.get(text)
    if (held !== undefined) return held
    this.names.set(text, text)
    return text
  }

  birth(person: string): number {
    return this.births[this.persons.find(person)] ?? Number.NaN
  }

  birthDateTime(person: string): number {
    return this.birthDateTimes[this.persons.find(person)] ?? Number.NaN
  }

  gender(person: string): string | null {
    return this.genders[this.persons.find(person)] ?? null
  }

  /** Day of death; NaN for those who live. */
  deathDay(person: string): number {
    return this.deaths[this.dead.find(person)] ?? Number.NaN
  }

  /** First and last day of a visit; null where there is no such visit. */
  visitOf(id: string): { readonly start: number; readonly end: number } | null {
    const visit = this.visits.find(id)
    if (visit < 0) return null
    return { start: this.visitDays.start[visit] ?? Number.NaN, end: this.visitDays.end[visit] ?? Number.NaN }
  }

  /** How many different concepts were asked for that CONCEPT does not hold. */
  get lackingConcepts(): number {
    return this.lacking.size
  }

  conceptOf(id: string): Concept | null {
    const found = this.concepts[this.conceptIds.find(id)] ?? null
    if (found === null) this.lacking.add(id)
    return found
  }

  hasKey(table: string, field: string, text: string): boolean {
    return (this.keys.get(keyName(table, field))?.find(text) ?? -1) >= 0
  }
}

function keyName(table: string, field: string): string {
  return `${table}.${field}`
}
