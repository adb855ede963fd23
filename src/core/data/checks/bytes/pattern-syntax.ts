/** Patterns of schemas as a tree: literals, classes, groups, alternation, counts and anchors. Whatever else there is has no tree. */

/** `set` holds one entry per ASCII character: 1 where it matches. Characters beyond ASCII match no set. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: Uint8Array }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly PatternNode[] }
  /** `most` is infinite where there is no upper limit. */
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly least: number; readonly most: number }
  | { readonly kind: 'begin' }
  | { readonly kind: 'end' }

/** Two dialects differ in what a dot and `\s` mean: in `re2` a dot is all but a line feed, and a vertical tab is no blank. */
export type PatternDialect = 're2' | 'ecma'

/** The tree, or null where the pattern uses more than this subset. */
export function parsePattern(source: string, dialect: PatternDialect): PatternNode | null {
  const parser = new Parser(source, dialect)
  return parser.whole()
}

const ranges: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  d: [[48, 57]],
  w: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
}
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, v: 11 }

/** Thrown inside the parser only. */
class Unsupported extends Error {}

class Parser {
  private at = 0
  private readonly source: string
  private readonly dialect: PatternDialect

  constructor(source: string, dialect: PatternDialect) {
    this.source = source
    this.dialect = dialect
  }

  whole(): PatternNode | null {
    try {
      const node = this.choice()
      return this.at === this.source.length ? node : null
    } catch (error) {
      if (error instanceof Unsupported) return null
      throw error
    }
  }

  /** The character `ahead` of the one at hand; empty at the end. */
  private peek(ahead = 0): string {
    return this.source.charAt(this.at + ahead)
  }

  private choice(): PatternNode {
    const parts = [this.sequence()]
    while (this.peek() === '|') {
      this.at++
      parts.push(this.sequence())
    }
    return parts.length === 1 ? (parts[0] as PatternNode) : { kind: 'choice', parts }
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = []
    while (this.at < this.source.length && this.peek() !== '|' && this.peek() !== ')') parts.push(this.repeated())
    return { kind: 'sequence', parts }
  }

  private repeated(): PatternNode {
    const part = this.atom()
    const counts = this.counts()
    if (counts === null) return part
    if (part.kind === 'begin' || part.kind === 'end') throw new Unsupported()
    // Lazy or greedy is the same for a yes or no; a second count is an error or possessive elsewhere.
    if (this.peek() === '?') this.at++
    if ('*+?{'.includes(this.peek()) && this.peek() !== '') throw new Unsupported()
    return { kind: 'repeat', part, ...counts }
  }

  private counts(): { least: number; most: number } | null {
    const simple = { '*': [0, Number.POSITIVE_INFINITY], '+': [1, Number.POSITIVE_INFINITY], '?': [0, 1] }[this.peek()]
    if (simple !== undefined) {
      this.at++
      return { least: simple[0] as number, most: simple[1] as number }
    }
    if (this.peek() !== '{') return null
    const parts = /^\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/.exec(this.source.slice(this.at))
    if (!parts) throw new Unsupported()
    this.at += parts[0].length
    const least = Number(parts[1])
    const most = parts[3] !== undefined ? Number(parts[3]) : parts[2] !== undefined ? Number.POSITIVE_INFINITY : least
    if (most < least) throw new Unsupported()
    return { least, most }
  }

  private atom(): PatternNode {
    const char = this.peek()
    this.at++
    if (char === '^') return { kind: 'begin' }
    if (char === '$') return { kind: 'end' }
    if (char === '(') return this.group()
    if (char === '[') return { kind: 'set', set: this.class() }
    if (char === '.') return { kind: 'set', set: this.dot() }
    if (char === '\\') return { kind: 'set', set: this.escaped() }
    if ('*+?{}]'.includes(char)) throw new Unsupported()
    this.at--
    return { kind: 'set', set: only(this.literal()) }
  }

  /** Code of the character at hand, which may take two units. */
  private literal(): number {
    const code = this.source.codePointAt(this.at)
    if (code === undefined) throw new Unsupported()
    this.at += code > 0xffff ? 2 : 1
    return code
  }

  private group(): PatternNode {
    if (this.peek() === '?') {
      const opening = /^\?(?::|P?<[A-Za-z_]\w*>)/.exec(this.source.slice(this.at))
      if (!opening) throw new Unsupported()
      this.at += opening[0].length
    }
    const node = this.choice()
    if (this.peek() !== ')') throw new Unsupported()
    this.at++
    return node
  }

  private dot(): Uint8Array {
    const set = new Uint8Array(128).fill(1)
    set[10] = 0
    if (this.dialect === 'ecma') set[13] = 0
    return set
  }

  /** What stands after a backslash. */
  private escaped(): Uint8Array {
    const char = this.peek()
    const shared = this.shorthand(char)
    if (shared) {
      this.at++
      return shared
    }
    return only(this.escapedCode())
  }

  private shorthand(char: string): Uint8Array | null {
    const lower = char.toLowerCase()
    if (lower !== 'd' && lower !== 'w' && lower !== 's') return null
    const set = new Uint8Array(128)
    if (lower === 's') {
      for (const code of [9, 10, 12, 13, 32]) set[code] = 1
      if (this.dialect === 'ecma') set[11] = 1
    } else for (const [from, to] of ranges[lower] ?? []) set.fill(1, from, to + 1)
    return char === lower ? set : negated(set)
  }

  private escapedCode(): number {
    const char = this.peek()
    const rest = this.source.slice(this.at)
    const hex = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))/.exec(rest)
    if (hex) {
      this.at += hex[0].length
      return Number.parseInt(hex[1] ?? hex[2] ?? '', 16)
    }
    this.at++
    const control = controls[char]
    if (control !== undefined) return control
    if (!/^[!-/:-@[-`{-~]$/.test(char)) throw new Unsupported()
    return char.charCodeAt(0)
  }

  private class(): Uint8Array {
    const set = new Uint8Array(128)
    const isNegated = this.peek() === '^'
    if (isNegated) this.at++
    if (this.peek() === ']') throw new Unsupported()
    while (this.peek() !== ']') this.item(set)
    this.at++
    return isNegated ? negated(set) : set
  }

  private item(set: Uint8Array): void {
    const shared = this.peek() === '\\' ? this.shorthand(this.peek(1)) : null
    if (shared) {
      this.at += 2
      if (this.peek() === '-' && this.peek(1) !== ']') throw new Unsupported()
      for (let code = 0; code < 128; code++) if (shared[code] === 1) set[code] = 1
      return
    }
    const from = this.member()
    let to = from
    if (this.peek() === '-' && this.peek(1) !== ']') {
      this.at++
      if (this.peek() === '\\' && /[dwsDWS]/.test(this.peek(1))) throw new Unsupported()
      to = this.member()
      if (to < from) throw new Unsupported()
    }
    if (from < 128) set.fill(1, from, Math.min(127, to) + 1)
  }

  private member(): number {
    // `[:alpha:]` means a class in one dialect and letters in the other.
    if (this.peek() === '[') throw new Unsupported()
    if (this.peek() !== '\\') return this.literal()
    this.at++
    return this.escapedCode()
  }
}

function only(code: number): Uint8Array {
  const set = new Uint8Array(128)
  if (code < 128) set[code] = 1
  return set
}

function negated(set: Uint8Array): Uint8Array {
  return set.map((matches) => 1 - matches)
}
