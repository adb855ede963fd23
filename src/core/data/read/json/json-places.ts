/** Where the elements of one JSON document stand: line, column and byte by path, looked up in the bytes when somebody asks. */

export interface JsonSpot {
  /** Physical, 1-based. */
  readonly line: number
  /** Characters (code points) from the start of the line, 1-based. */
  readonly column: number
  /** Offset in the bytes that were read. */
  readonly byte: number
}

/** One entry of a Bundle: its own first byte, and the stretch of its resource; `to` is 0 where it has none. */
export interface EntrySpan {
  readonly at: number
  readonly from: number
  readonly to: number
}

/** Members by name, or items by index: where each value begins. */
type Children = ReadonlyMap<string, number> | readonly number[]

const quote = 0x22
const back = 0x5c
const openObject = 0x7b
const openList = 0x5b
const lineFeed = 10

/** Bytes from one mark to the next: so much is counted again for one place. */
const stride = 1 << 14
/** Children kept of what was looked into; beyond it they are looked up again. */
const mostKept = 100_000

/** The document is well-formed: somebody has parsed it. `from` is the first byte after a mark of the encoding. */
export class JsonPlaces {
  private readonly bytes: Uint8Array
  private readonly from: number
  /** Lines above, and characters since the start of the line, at every stride. */
  private marks: { readonly lines: Uint32Array; readonly columns: Uint32Array } | null = null
  private readonly top = new Map<number, Children>()
  private readonly kept = new Map<number, Children>()
  private keptCount = 0

  constructor(bytes: Uint8Array, from: number) {
    this.bytes = bytes
    this.from = this.afterSpace(from)
  }

  /** Lines of the document. */
  get lines(): number {
    return this.spot(this.bytes.length).line
  }

  /** The entries of a Bundle, found in one pass; empty where `entry` is no list. */
  entries(): readonly EntrySpan[] {
    const spans: EntrySpan[] = []
    const starts: number[] = []
    const members = new Map<string, number>()
    this.members(this.from, (name, at) => {
      members.set(name, at)
      if (name !== 'entry' || this.bytes[at] !== openList) return this.behind(at)
      spans.length = 0
      starts.length = 0
      return this.items(at, (item) => {
        starts.push(item)
        let span: EntrySpan = { at: item, from: item, to: 0 }
        const end =
          this.bytes[item] === openObject
            ? this.members(item, (inner, value) => {
                const to = this.behind(value)
                if (inner === 'resource') span = { at: item, from: value, to }
                return to
              })
            : this.behind(item)
        spans.push(span)
        return end
      })
    })
    this.top.set(this.from, members)
    const list = members.get('entry')
    if (list !== undefined && this.bytes[list] === openList) this.top.set(list, starts)
    return spans
  }

  /** Offset of the value at a path such as `Bundle.entry[3].resource.name[0].given`, or of the deepest of its parents that is there. */
  find(path: string): number {
    let at = this.from
    let depth = -1
    for (const [part, name, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
      // The first word is the type of the document.
      if (depth++ < 0) continue
      const next = this.child(at, name ?? Number(index ?? part), depth)
      if (next === undefined) return at
      at = next
    }
    return at
  }

  spot(byte: number): JsonSpot {
    const { lines, columns } = this.marked()
    const mark = Math.min(Math.floor(byte / stride), lines.length - 1)
    let line = lines[mark] ?? 0
    let column = columns[mark] ?? 0
    for (let i = mark * stride; i < byte; i++) {
      const unit = this.bytes[i] as number
      if (unit === lineFeed) {
        line++
        column = 0
      } else if ((unit & 0xc0) !== 0x80) column++
    }
    return { line: line + 1, column: column + 1, byte }
  }

  private marked(): { readonly lines: Uint32Array; readonly columns: Uint32Array } {
    if (this.marks !== null) return this.marks
    const { bytes } = this
    const lines = new Uint32Array(Math.floor(bytes.length / stride) + 1)
    const columns = new Uint32Array(lines.length)
    let line = 0
    let column = 0
    for (let mark = 0; mark < lines.length; mark++) {
      lines[mark] = line
      columns[mark] = column
      const end = Math.min((mark + 1) * stride, bytes.length)
      for (let i = mark * stride; i < end; i++) {
        const unit = bytes[i] as number
        if (unit === lineFeed) {
          line++
          column = 0
        } else if ((unit & 0xc0) !== 0x80) column++
      }
    }
    this.marks = { lines, columns }
    return this.marks
  }

  private child(at: number, part: string | number, depth: number): number | undefined {
    const children = this.childrenOf(at, depth)
    return children instanceof Map ? children.get(String(part)) : (children as readonly number[])[Number(part)]
  }

  private childrenOf(at: number, depth: number): Children {
    const known = this.top.get(at) ?? this.kept.get(at)
    if (known !== undefined) return known
    const made = this.look(at)
    if (depth < 2) {
      this.top.set(at, made)
      return made
    }
    this.keptCount += made instanceof Map ? made.size : (made as readonly number[]).length
    if (this.keptCount > mostKept) {
      this.kept.clear()
      this.keptCount = 0
    }
    this.kept.set(at, made)
    return made
  }

  private look(at: number): Children {
    if (this.bytes[at] === openList) {
      const items: number[] = []
      this.items(at, (item) => {
        items.push(item)
        return this.behind(item)
      })
      return items
    }
    const members = new Map<string, number>()
    if (this.bytes[at] === openObject)
      this.members(at, (name, value) => {
        members.set(name, value)
        return this.behind(value)
      })
    return members
  }

  /** Shows each member with the start of its value; `pass` gives the end of it. Gives the end of the object. */
  private members(from: number, pass: (name: string, at: number) => number): number {
    let at = this.afterSpace(from + 1)
    while (this.bytes[at] === quote) {
      const end = this.behind(at)
      const name = this.nameAt(at, end)
      // Behind the colon.
      at = this.afterSpace(pass(name, this.afterSpace(this.afterSpace(end) + 1)))
      if (this.bytes[at] !== 0x2c) break
      at = this.afterSpace(at + 1)
    }
    return at + 1
  }

  private items(from: number, pass: (at: number) => number): number {
    let at = this.afterSpace(from + 1)
    while (at < this.bytes.length && this.bytes[at] !== 0x5d) {
      at = this.afterSpace(pass(at))
      if (this.bytes[at] === 0x2c) at = this.afterSpace(at + 1)
    }
    return at + 1
  }

  private nameAt(from: number, to: number): string {
    const raw = new TextDecoder().decode(this.bytes.subarray(from, to))
    return raw.includes('\\') ? String(JSON.parse(raw)) : raw.slice(1, -1)
  }

  /** The byte behind a value. */
  private behind(from: number): number {
    const { bytes } = this
    const first = bytes[from]
    if (first === quote) return this.behindText(from)
    let at = from
    if (first !== openObject && first !== openList) {
      while (at < bytes.length && !isEnd(bytes[at] as number)) at++
      return at
    }
    let depth = 0
    while (at < bytes.length) {
      const unit = bytes[at] as number
      if (unit === quote) {
        at = this.behindText(at)
        continue
      }
      at++
      if (unit === openObject || unit === openList) depth++
      else if ((unit === 0x7d || unit === 0x5d) && --depth === 0) break
    }
    return at
  }

  private behindText(from: number): number {
    const { bytes } = this
    let at = from + 1
    while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === back ? 2 : 1
    return at + 1
  }

  private afterSpace(from: number): number {
    let at = from
    while (at < this.bytes.length && (this.bytes[at] as number) <= 32) at++
    return at
  }
}

function isEnd(unit: number): boolean {
  return unit <= 32 || unit === 0x2c || unit === 0x7d || unit === 0x5d
}
