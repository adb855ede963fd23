/** Which records are compared at all: the union of several rules, each pair once, under the first rule that brings it together. */
import type { Comparison } from './comparisons.ts'
import type { LargeBlock } from './linkage-types.ts'
import { fieldAt, type People } from './people.ts'
import { soundex } from './similarity.ts'

export interface BlockingRule {
  readonly name: string
  /** Comparisons that the rule fixes, a first name its sex, too: not estimated from its pairs. */
  readonly fixes: readonly Comparison['name'][]
  /** True where the rule brings relatives together as much as records of one person: its pairs teach nothing about matches. */
  readonly householdToo?: boolean
  /** Keys of a record; records that share one are compared. */
  keys(people: People, record: number): readonly string[]
}

const birthOf = (people: People, record: number): string | null => people.text(record, 'birth')

/** Month and day in the other order, where that is a date at all. */
function swappedBirth(birth: string): string {
  return birth.slice(0, 4) + birth.slice(6, 8) + birth.slice(4, 6)
}

/** Both spellings of the date under one key, so that a swapped date meets the right one. */
function eitherOrder(birth: string): string {
  const swapped = swappedBirth(birth)
  return swapped < birth ? swapped : birth
}

function lastNames(people: People, record: number): string[] {
  const names = [people.text(record, 'family'), people.text(record, 'maiden')].filter((name) => name !== null)
  return [...new Set(names)]
}

const joined = (...parts: readonly (string | null)[]): readonly string[] => (parts.includes(null) ? [] : [parts.join('\n')])

export const blockingRules: readonly BlockingRule[] = [
  {
    name: 'birth date and sound of the last name',
    fixes: ['birth', 'family'],
    keys(people, record) {
      const birth = birthOf(people, record)
      if (birth === null) return []
      return [...new Set(lastNames(people, record).map((name) => `${birth}\n${soundex(name) || name}`))]
    },
  },
  { name: 'national identifier', fixes: ['nationalId'], keys: (people, record) => joined(people.text(record, 'nationalId')) },
  {
    name: 'telephone number',
    fixes: ['phone'],
    householdToo: true,
    keys: (people, record) => joined(people.text(record, 'phone')),
  },
  { name: 'record number', fixes: ['mrn'], keys: (people, record) => joined(people.text(record, 'mrn')) },
  {
    name: 'first name and postcode',
    fixes: ['given', 'sex', 'postcode'],
    keys: (people, record) => joined(people.text(record, 'given'), people.text(record, 'postcode')),
  },
  {
    name: 'birth date, day and month in either order, and last name',
    fixes: ['birth', 'family'],
    keys(people, record) {
      const birth = birthOf(people, record)
      return birth === null ? [] : lastNames(people, record).map((name) => `${eitherOrder(birth)}\n${name}`)
    },
  },
  {
    name: 'birth date and first name',
    fixes: ['birth', 'given', 'sex'],
    keys: (people, record) => joined(birthOf(people, record), people.text(record, 'given')),
  },
  {
    name: 'first and last name and birth year',
    fixes: ['given', 'sex', 'family', 'birth'],
    keys(people, record) {
      const year = birthOf(people, record)?.slice(0, 4) ?? null
      const names = [people.text(record, 'given'), people.text(record, 'family')]
      return names.includes(null) || year === null ? [] : [[...names.sort(), year].join('\n')]
    },
  },
  {
    name: 'address and birth year',
    fixes: ['address', 'birth'],
    householdToo: true,
    keys: (people, record) => joined(people.text(record, 'address'), birthOf(people, record)?.slice(0, 4) ?? null),
  },
]

/** Records of one block above this are not compared with each other under its rule, and that is told. */
export const blockMost = 1000

/** The blocks of one rule: each record's keys by number, and the records of each key. */
class Blocks {
  /** Two keys per record at most; 0 for none. */
  readonly keys: Int32Array
  readonly sizes: Int32Array
  readonly starts: Int32Array
  readonly members: Int32Array

  constructor(people: People, rule: BlockingRule) {
    const numbers = new Map<string, number>()
    this.keys = new Int32Array(people.size * 2)
    const counts = [0]
    for (let record = 0; record < people.size; record++) {
      rule.keys(people, record).forEach((key, at) => {
        let number = numbers.get(key)
        if (number === undefined) {
          number = counts.length
          numbers.set(key, number)
          counts.push(0)
        }
        counts[number] = (counts[number] ?? 0) + 1
        if (at < 2) this.keys[record * 2 + at] = number
      })
    }
    this.sizes = Int32Array.from(counts)
    this.starts = new Int32Array(counts.length + 1)
    for (let number = 0; number < counts.length; number++)
      this.starts[number + 1] = (this.starts[number] as number) + (this.sizes[number] as number)
    this.members = new Int32Array(this.starts[counts.length] as number)
    const next = this.starts.slice()
    for (let i = 0; i < this.keys.length; i++) {
      const key = this.keys[i] as number
      if (key === 0) continue
      const slot = next[key] as number
      next[key] = slot + 1
      this.members[slot] = i >> 1
    }
  }

  /** True where the rule compares the two records. */
  meet(a: number, b: number): boolean {
    for (let i = 0; i < 2; i++) {
      const key = this.keys[a * 2 + i] as number
      if (key === 0 || (this.sizes[key] as number) > blockMost) continue
      if (key === this.keys[b * 2] || key === this.keys[b * 2 + 1]) return true
    }
    return false
  }

  get large(): number[] {
    return [...this.sizes.keys()].filter((key) => (this.sizes[key] as number) > blockMost)
  }
}

export class Blocking {
  private readonly people: People
  private readonly rules: readonly BlockingRule[]
  private readonly blocks: readonly Blocks[]

  constructor(people: People, rules: readonly BlockingRule[] = blockingRules) {
    this.people = people
    this.rules = rules
    this.blocks = rules.map((rule) => new Blocks(people, rule))
  }

  /** Records gone through by all rules together: the measure of progress. */
  get work(): number {
    return this.people.size * this.rules.length
  }

  /**
   * Every pair once, with the number of its rule; yields the work done every so often.
   * @param from work that is passed over  @param to where it ends, so that shares of the work make up the whole
   */
  *pairs(see: (a: number, b: number, rule: number) => void, from = 0, to = this.work): Generator<number> {
    const { size } = this.people
    for (let at = from; at < to; at++) {
      const rule = Math.floor(at / size)
      const a = at % size
      this.pairsOf(this.blocks[rule] as Blocks, rule, a, see)
      if ((a & 0xfff) === 0xfff) yield at
    }
    yield to
  }

  private pairsOf(own: Blocks, rule: number, a: number, see: (a: number, b: number, rule: number) => void): void {
    const first = own.keys[a * 2] as number
    for (let i = 0; i < 2; i++) {
      const key = own.keys[a * 2 + i] as number
      if (key === 0 || (own.sizes[key] as number) > blockMost) continue
      for (let at = own.starts[key] as number; at < (own.starts[key + 1] as number); at++) {
        const b = own.members[at] as number
        if (b <= a) continue
        // Met under the first of two keys already.
        if (i === 1 && this.shares(own, first, b)) continue
        if (!this.metBefore(rule, a, b)) see(a, b, rule)
      }
    }
  }

  private shares(own: Blocks, key: number, b: number): boolean {
    if (key === 0 || (own.sizes[key] as number) > blockMost) return false
    return own.keys[b * 2] === key || own.keys[b * 2 + 1] === key
  }

  private metBefore(rule: number, a: number, b: number): boolean {
    for (let before = 0; before < rule; before++) if (this.blocks[before]?.meet(a, b)) return true
    return false
  }

  largeBlocks(): LargeBlock[] {
    return this.rules.flatMap(({ name }, rule) => {
      const blocks = this.blocks[rule] as Blocks
      return blocks.large.map((key) => {
        const records = blocks.sizes[key] as number
        return { rule: name, records, pairsNotCompared: (records * (records - 1)) / 2 }
      })
    })
  }
}

/** Records that agree in everything a strict rule asks for: one national identifier, or names, birth date and sex. */
export function isStrictMatch(people: People, a: number, b: number): boolean {
  const same = (field: keyof typeof fieldAt): boolean => {
    const value = people.value(a, fieldAt[field])
    return value !== 0 && value === people.value(b, fieldAt[field])
  }
  return same('birth') && (same('nationalId') || (same('given') && same('family') && same('sex')))
}
