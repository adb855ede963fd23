/** The profile of one column: counts and a bounded dictionary; what does not fit in it is said, not guessed. */
import { compareMoments, dateParser, type Moment } from './checks/calendar.ts'
import { compareDecimals, type Decimal, decimalOf } from './checks/decimal.ts'
import { codePoints } from './checks/length.ts'

export interface FieldProfile {
  readonly field: string
  readonly filled: number
  /** Cells without a value, by spelling; the empty cell is `''`. */
  readonly nulls: Readonly<Record<string, number>>
  /** Exact up to the size of the dictionary; null above it. */
  readonly distinct: number | null
  /** Cells that could be of each type. */
  readonly types: Readonly<Record<string, number>>
  /** Of numbers or dates where all filled cells are such; otherwise of the texts by code units. Sensitive where the column is. */
  readonly min: string | null
  readonly max: string | null
  readonly length: { readonly min: number; readonly max: number }
  /** Shapes such as `AA-9999`, most frequent first. */
  readonly patterns: readonly { readonly shape: string; readonly count: number }[]
}

const dictionaryLimit = 10_000
const shapeLimit = 500

export const dateCandidates: readonly { readonly type: 'date' | 'datetime'; readonly format: string }[] = [
  { type: 'date', format: 'default' },
  { type: 'datetime', format: 'default' },
  { type: 'date', format: '%d/%m/%Y' },
  { type: 'date', format: '%m/%d/%Y' },
  { type: 'date', format: '%d.%m.%Y' },
  { type: 'date', format: '%Y/%m/%d' },
  { type: 'date', format: '%Y%m%d' },
  { type: 'datetime', format: '%d/%m/%Y %H:%M' },
  { type: 'datetime', format: '%m/%d/%Y %H:%M' },
  { type: 'datetime', format: '%Y-%m-%d %H:%M' },
]
const parsers = dateCandidates.map(({ type, format }) => dateParser(type, format))

interface Traits {
  readonly shape: string
  readonly isBoolean: boolean
  readonly isDecimal: boolean
  readonly isInteger: boolean
  readonly leadsZero: boolean
  readonly dates: readonly number[]
}

export class ColumnProfile {
  filled = 0
  total = 0
  readonly nullCounts = new Map<string, number>()
  /** Values with their counts; null once there are too many. */
  values: Map<string, number> | null = new Map()
  private shapes: Map<string, number> | null = new Map()
  private readonly known = new Map<string, Traits>()
  integers = 0
  decimals = 0
  booleans = 0
  leadingZeros = 0
  readonly dates = new Array<number>(dateCandidates.length).fill(0)
  private lowest: Decimal | null = null
  private highest: Decimal | null = null
  private lowestText: string | null = null
  private highestText: string | null = null
  private numberTexts: [string, string] = ['', '']
  private first: Moment | null = null
  private last: Moment | null = null
  private dateTexts: [string, string] = ['', '']
  shortest = Number.POSITIVE_INFINITY
  longest = 0
  readonly field: string
  private readonly nulls: readonly string[]

  constructor(field: string, nulls: readonly string[]) {
    this.field = field
    this.nulls = nulls
  }

  see(text: string): void {
    this.total++
    if (text === '' || this.nulls.includes(text)) {
      this.nullCounts.set(text, (this.nullCounts.get(text) ?? 0) + 1)
      return
    }
    this.filled++
    const known = this.known.get(text)
    const traits = known ?? this.traitsOf(text)
    if (known === undefined && this.known.size < dictionaryLimit) this.known.set(text, traits)
    this.count(text, traits)
  }

  /** What is true of a value is found once, however often it occurs. */
  private traitsOf(text: string): Traits {
    const points = codePoints(text)
    if (points < this.shortest) this.shortest = points
    if (points > this.longest) this.longest = points
    if (this.lowestText === null || text < this.lowestText) this.lowestText = text
    if (this.highestText === null || text > this.highestText) this.highestText = text
    const isDecimal = this.number(text)
    return {
      shape: shapeOf(text),
      isBoolean: text === 'true' || text === 'false',
      isDecimal,
      isInteger: isDecimal && /^[-+]?\d+$/.test(text),
      leadsZero: isDecimal && /^[-+]?0\d/.test(text),
      dates: points >= 8 && points <= 32 ? this.date(text) : [],
    }
  }

  private count(text: string, traits: Traits): void {
    if (traits.isBoolean) this.booleans++
    if (traits.isDecimal) this.decimals++
    if (traits.isInteger) this.integers++
    if (traits.leadsZero) this.leadingZeros++
    for (const i of traits.dates) this.dates[i] = (this.dates[i] ?? 0) + 1
    if (this.values) {
      this.values.set(text, (this.values.get(text) ?? 0) + 1)
      if (this.values.size > dictionaryLimit) this.values = null
    }
    if (!this.shapes) return
    this.shapes.set(traits.shape, (this.shapes.get(traits.shape) ?? 0) + 1)
    if (this.shapes.size > shapeLimit) this.shapes = null
  }

  private number(text: string): boolean {
    const first = text.charCodeAt(0)
    if (first > 57 || first < 43) return false
    const value = decimalOf(text)
    if (value === null) return false
    if (this.lowest === null || compareDecimals(value, this.lowest) < 0) {
      this.lowest = value
      this.numberTexts[0] = text
    }
    if (this.highest === null || compareDecimals(value, this.highest) > 0) {
      this.highest = value
      this.numberTexts[1] = text
    }
    return true
  }

  /** Candidates of `dateCandidates` that can read the text. */
  private date(text: string): number[] {
    const first = text.charCodeAt(0)
    if (first < 48 || first > 57) return []
    const fitting: number[] = []
    parsers.forEach((parse, i) => {
      const moment = parse?.(text)
      if (!moment) return
      fitting.push(i)
      if (this.first === null || compareMoments(moment, this.first) < 0) {
        this.first = moment
        this.dateTexts[0] = text
      }
      if (this.last === null || compareMoments(moment, this.last) > 0) {
        this.last = moment
        this.dateTexts[1] = text
      }
    })
    return fitting
  }

  profile(): FieldProfile {
    const types: Record<string, number> = {}
    if (this.integers > 0) types.integer = this.integers
    if (this.decimals > 0) types.number = this.decimals
    if (this.booleans > 0) types.boolean = this.booleans
    dateCandidates.forEach(({ type, format }, i) => {
      const n = this.dates[i] ?? 0
      if (n > 0) types[format === 'default' ? type : `${type} ${format}`] = n
    })
    const [min, max] = this.extremes()
    return {
      field: this.field,
      filled: this.filled,
      nulls: Object.fromEntries(this.nullCounts),
      distinct: this.values?.size ?? null,
      types,
      min,
      max,
      length: { min: this.filled === 0 ? 0 : this.shortest, max: this.longest },
      patterns: [...(this.shapes ?? [])]
        .map(([shape, count]) => ({ shape, count }))
        .sort((a, b) => b.count - a.count || (a.shape < b.shape ? -1 : 1))
        .slice(0, 10),
    }
  }

  private extremes(): readonly [string | null, string | null] {
    if (this.filled === 0) return [null, null]
    if (this.decimals === this.filled) return this.numberTexts
    if (this.dates.some((n) => n === this.filled)) return this.dateTexts
    return [this.lowestText, this.highestText]
  }
}

/** Letters become A or a, digits 9; runs over eight are cut, so that free text does not make a shape per cell. */
function shapeOf(text: string): string {
  return text
    .slice(0, 60)
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{L}/gu, (letter) => (letter === 'A' ? 'A' : 'a'))
    .replace(/\d/g, '9')
    .replace(/(.)\1{8,}/gu, '$1$1$1$1$1$1$1$1…')
}
