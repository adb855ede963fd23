/** Seeded chance of the foreign-like migrations: xoshiro128** (Blackman, Vigna 2018), seeded by splitmix32 over the letters of a name. */
export class Chance {
  readonly name: string
  private readonly state: Uint32Array

  constructor(name: string) {
    this.name = name
    let seed = 0x811c9dc5
    for (const letter of name) seed = Math.imul(seed ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
    this.state = new Uint32Array(4).map(() => {
      seed = (seed + 0x9e3779b9) >>> 0
      let mixed = seed
      mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
      return (mixed ^ (mixed >>> 15)) >>> 0
    })
  }

  /** Draws of their own for one part, so that a change in another part does not move them. */
  of(part: string): Chance {
    return new Chance(`${this.name}/${part}`)
  }

  /** In [0, 1). */
  draw(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.state
    const turned = Math.imul(b, 5)
    const result = Math.imul((turned << 7) | (turned >>> 25), 9) >>> 0
    const next3 = d ^ b
    const next2 = c ^ a
    this.state[1] = b ^ next2
    this.state[0] = a ^ next3
    this.state[2] = next2 ^ (b << 9)
    this.state[3] = (next3 << 11) | (next3 >>> 21)
    return result / 0x1_0000_0000
  }

  /** A whole number of both ends and what lies between. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.draw() * (to - from + 1))
  }

  yes(share = 0.5): boolean {
    return this.draw() < share
  }

  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.draw() * list.length)]
    if (found === undefined) throw new Error(`nothing to pick from in ${this.name}`)
    return found
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((item) => ({ item, at: this.draw() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  }

  digits(length: number): string {
    return Array.from({ length }, (_, i) => String(this.whole(i === 0 ? 1 : 0, 9))).join('')
  }

  hex(length: number): string {
    return Array.from({ length }, () => this.whole(0, 15).toString(16)).join('')
  }

  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`
  }
}
