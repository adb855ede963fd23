/** Identifiers of a table to dense numbers: integers in open addressing (12 bytes each at full load), other spellings in a map. */
export class IdTable {
  private slots = new Float64Array(64).fill(Number.NaN)
  private numbers = new Int32Array(64)
  private mask = 63
  private readonly texts = new Map<string, number>()
  size = 0

  /** The number of an identifier, given anew where it was not there. Numbers count from 0 in the order of first sight. */
  add(text: string): number {
    const id = integerOf(text)
    if (id === null) {
      const known = this.texts.get(text)
      if (known !== undefined) return known
      this.texts.set(text, this.size)
      return this.size++
    }
    const slot = this.slotOf(id)
    if (!Number.isNaN(this.slots[slot] as number)) return this.numbers[slot] as number
    this.slots[slot] = id
    this.numbers[slot] = this.size++
    if (this.size * 3 > this.slots.length * 2) this.grow()
    return this.size - 1
  }

  /** -1 where it is not there. */
  find(text: string): number {
    const id = integerOf(text)
    if (id === null) return this.texts.get(text) ?? -1
    const slot = this.slotOf(id)
    return Number.isNaN(this.slots[slot] as number) ? -1 : (this.numbers[slot] as number)
  }

  private slotOf(id: number): number {
    let slot = (Math.imul(id | 0, 0x9e3779b1) ^ Math.imul((id / 4294967296) | 0, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & this.mask
    for (;;) {
      const held = this.slots[slot] as number
      if (held === id || Number.isNaN(held)) return slot
      slot = (slot + 1) & this.mask
    }
  }

  private grow(): void {
    const { slots, numbers } = this
    this.slots = new Float64Array(slots.length * 2).fill(Number.NaN)
    this.numbers = new Int32Array(slots.length * 2)
    this.mask = this.slots.length - 1
    for (let i = 0; i < slots.length; i++) {
      const id = slots[i] as number
      if (Number.isNaN(id)) continue
      const slot = this.slotOf(id)
      this.slots[slot] = id
      this.numbers[slot] = numbers[i] as number
    }
  }
}

/** As SQL compares integer columns: `7` and `007` are one id. */
function integerOf(text: string): number | null {
  return /^-?\d{1,15}$/.test(text) ? Number(text) + 0 : null
}
