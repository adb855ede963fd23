/** The patients of all inputs, in typed arrays: every value is held once, a record is a row of numbers. */
import type { LinkPlace } from './linkage-types.ts'

/** Fields that are compared or blocked by, in the order of the columns of a row. */
export const comparedFields = [
  'given',
  'family',
  'maiden',
  'birth',
  'sex',
  'nationalId',
  'phone',
  'address',
  'postcode',
  'mrn',
] as const

export type ComparedField = (typeof comparedFields)[number]

/** A record as it was read, every field in the form it is compared in. */
export type PersonValues = Readonly<Record<ComparedField, string | null>>

/** 0 stands for "nothing recorded" in every field. */
export class Values {
  readonly texts: string[] = ['']
  readonly counts: number[] = [0]
  private readonly numbers = new Map<string, number>()

  add(text: string | null): number {
    if (text === null) return 0
    const known = this.numbers.get(text)
    if (known !== undefined) {
      this.counts[known] = (this.counts[known] ?? 0) + 1
      return known
    }
    this.numbers.set(text, this.texts.length)
    this.counts.push(1)
    return this.texts.push(text) - 1
  }

  /** Number of a text, 0 where nobody has it. */
  find(text: string): number {
    return this.numbers.get(text) ?? 0
  }
}

const width = comparedFields.length

export class People {
  size = 0
  /** Names of families and maiden names are one dictionary, so that they compare. */
  readonly values: Readonly<Record<ComparedField, Values>>
  private rows = new Int32Array(width * 1024)
  private places = new Float64Array(4 * 1024)
  private readonly ids: (string | null)[] = []
  /** Position in the order in which records are compared → position in which they were read. */
  private order: Uint32Array = new Uint32Array(0)

  constructor() {
    const families = new Values()
    this.values = {
      given: new Values(),
      family: families,
      maiden: families,
      birth: new Values(),
      sex: new Values(),
      nationalId: new Values(),
      phone: new Values(),
      address: new Values(),
      postcode: new Values(),
      mrn: new Values(),
    }
  }

  add(person: PersonValues, place: Omit<LinkPlace, 'number' | 'id'>, id: string | null): void {
    if (this.size * width === this.rows.length) this.grow()
    const at = this.size * width
    for (let i = 0; i < width; i++) {
      const field = comparedFields[i] as ComparedField
      this.rows[at + i] = this.values[field].add(person[field])
    }
    this.places.set([place.input, place.record, place.line, place.byte], this.size * 4)
    this.ids.push(id)
    this.size++
  }

  /** Puts the records in an order that follows their content alone: what is drawn or summed then never depends on the order of rows. */
  settle(): void {
    const keys = Array.from({ length: this.size }, (_, record) => this.contentOf(record))
    this.order = Uint32Array.from(keys.keys()).sort((a, b) => {
      const one = keys[a] ?? ''
      const two = keys[b] ?? ''
      return one < two ? -1 : one > two ? 1 : a - b
    })
    const rows = new Int32Array(this.size * width)
    this.order.forEach((read, at) => {
      rows.set(this.rows.subarray(read * width, (read + 1) * width), at * width)
    })
    this.rows = rows
  }

  /** Number of the value a record has in a field; 0 for none. */
  value(record: number, field: number): number {
    return this.rows[record * width + field] as number
  }

  text(record: number, field: ComparedField): string | null {
    const number = this.value(record, comparedFields.indexOf(field))
    return number === 0 ? null : (this.values[field].texts[number] ?? null)
  }

  id(record: number): string | null {
    return this.ids[this.order[record] ?? 0] ?? null
  }

  /** Where the record stands; `number` counts in the order of reading. */
  place(record: number): LinkPlace {
    const read = this.order[record] ?? 0
    const [input = 0, row = 0, line = 0, byte = 0] = this.places.subarray(read * 4, read * 4 + 4)
    return { input, number: read, record: row, line, byte, id: this.ids[read] ?? null }
  }

  private contentOf(record: number): string {
    let key = ''
    for (let i = 0; i < width; i++) {
      const field = comparedFields[i] as ComparedField
      key += `${this.values[field].texts[this.rows[record * width + i] as number] ?? ''}\n`
    }
    return `${key}${this.ids[record] ?? ''}`
  }

  private grow(): void {
    const rows = new Int32Array(this.rows.length * 2)
    rows.set(this.rows)
    this.rows = rows
    const places = new Float64Array(this.places.length * 2)
    places.set(this.places)
    this.places = places
  }
}

/** Position of a field in a row. */
export const fieldAt: Readonly<Record<ComparedField, number>> = {
  given: 0,
  family: 1,
  maiden: 2,
  birth: 3,
  sex: 4,
  nationalId: 5,
  phone: 6,
  address: 7,
  postcode: 8,
  mrn: 9,
}
