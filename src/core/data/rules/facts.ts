/** What rules must know of other tables: a column by key, each distinct text once, in typed arrays under a budget that is said when it ends. */
import { hash32 } from '../../random.ts'

/** Bytes that the facts of all tables of a run may still take. */
export interface FactBudget {
  left: number
}

export const defaultFactBudget = 96 << 20

/** Values of some columns of one table, found by the text of one key column. The first record of a key counts. */
export class FactTable {
  /** Name of the table whose facts these are. */
  readonly table: string
  readonly key: string
  /** True once the budget was used up: then nothing may be asked. */
  full = false
  complete = false
  /** Not all of the table was shown: what is missing here may stand there. */
  torn = false
  /** Records whose key an earlier record has. */
  repeated = 0
  /** Keys by two hashes of 32 bits: 100,000 keys meet falsely with a chance below 1e-9. */
  private slots = new Int32Array(0)
  private mask = -1
  private firsts = new Int32Array(0)
  private seconds = new Int32Array(0)
  private size = 0
  private readonly columns = new Map<string, Int32Array<ArrayBuffer>>()
  private readonly numbers = new Map<string, number>()
  private readonly texts: string[] = ['']
  private readonly budget: FactBudget

  constructor(table: string, key: string, budget: FactBudget) {
    this.table = table
    this.key = key
    this.budget = budget
  }

  /** True where a key that is not here is not in the table. */
  get canBeAsked(): boolean {
    return !this.full && !this.torn
  }

  get fields(): readonly string[] {
    return [...this.columns.keys()]
  }

  /** Asks for a column before the table is read. */
  want(field: string): void {
    if (!this.columns.has(field)) this.columns.set(field, new Int32Array(0))
  }

  add(key: string, textOf: (field: string) => string | null): void {
    if (this.full || (this.size >= this.firsts.length && !this.grow())) return
    const [a, b] = [hash32(key, 0x51ed270b) | 0, hash32(key, 0x2545f491) | 0]
    const slot = this.slotOf(a, b)
    if (this.slots[slot] !== 0) {
      this.repeated++
      return
    }
    const row = this.size++
    this.slots[slot] = this.size
    this.firsts[row] = a
    this.seconds[row] = b
    for (const [field, column] of this.columns) {
      const text = textOf(field)
      if (text !== null) column[row] = this.numberOf(text)
    }
  }

  has(key: string): boolean {
    return this.rowOf(key) >= 0
  }

  /** Null where the key is unknown or its record has nothing there. */
  value(key: string, field: string): string | null {
    const row = this.rowOf(key)
    const number = row < 0 ? 0 : (this.columns.get(field)?.[row] ?? 0)
    return number === 0 ? null : (this.texts[number] ?? null)
  }

  /** Row of a key in the order of first sight, or -1. */
  private rowOf(key: string): number {
    if (this.mask < 0) return -1
    return (this.slots[this.slotOf(hash32(key, 0x51ed270b) | 0, hash32(key, 0x2545f491) | 0)] as number) - 1
  }

  private numberOf(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    this.budget.left -= 80 + 2 * text.length
    const number = this.texts.push(text) - 1
    this.numbers.set(text, number)
    return number
  }

  private slotOf(a: number, b: number): number {
    let slot = (a ^ (b << 1)) & this.mask
    for (;;) {
      const row = (this.slots[slot] as number) - 1
      if (row < 0 || (this.firsts[row] === a && this.seconds[row] === b)) return slot
      slot = (slot + 1) & this.mask
    }
  }

  private grow(): boolean {
    const rows = Math.max(1024, this.firsts.length * 2)
    const bytes = (rows - this.firsts.length) * (16 + 4 * this.columns.size)
    if (bytes > this.budget.left) {
      this.full = true
      return false
    }
    this.budget.left -= bytes
    this.firsts = longer(this.firsts, rows)
    this.seconds = longer(this.seconds, rows)
    for (const [field, column] of this.columns) this.columns.set(field, longer(column, rows))
    this.slots = new Int32Array(rows * 2)
    this.mask = rows * 2 - 1
    for (let row = 0; row < this.size; row++)
      this.slots[this.slotOf(this.firsts[row] as number, this.seconds[row] as number)] = row + 1
    return true
  }
}

function longer(from: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length)
  to.set(from)
  return to
}
