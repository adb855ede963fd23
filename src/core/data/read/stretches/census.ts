/**
 * Where records begin, found block by block in any order: for each state that the scanner can be in at the start of a block, the state at
 * its end and what lies between. Such tables compose, so nobody reads a file from its beginning to know where a block stands.
 */

/** What decides where a record ends: delimiter and quote as bytes. */
export interface CensusForm {
  readonly delimiter: number
  /** -1 for none: then every line break ends a record, as in NDJSON. */
  readonly quote: number
}

/** Outside of quotes, inside of them, or just behind a quote that may have closed them. */
type State = 'plain' | 'quoted' | 'behind'

/** One way through a block. */
export interface Passage {
  readonly end: State
  /** Records that begin in the block, blank lines left out. */
  readonly records: number
  /** Offset in the file of the first of them, with the line breaks of the block before it; null where none begins. */
  readonly first: { readonly byte: number; readonly breaks: number } | null
}

export interface BlockCensus {
  readonly passages: Readonly<Record<State, Passage>>
  /** Line breaks of the block. */
  readonly breaks: number
}

/** Where reading can begin at a block: its first record. */
export interface BlockStart {
  readonly byte: number
  /** 1-based. */
  readonly record: number
  readonly line: number
}

const lineFeed = 10
const carriageReturn = 13

/** @param before the byte before the block, a line feed where the records begin with it  @param at offset of the block in the file */
export function censusOf(bytes: Uint8Array, before: number, at: number, form: CensusForm): BlockCensus {
  const own = new Walk(bytes, before, form, 'plain')
  const quoted = form.quote >= 0 ? new Walk(bytes, before, form, 'quoted').until(own) : null
  const plain = own.toEnd(at)
  const behind = form.quote >= 0 && before === form.quote ? new Walk(bytes, before, form, 'behind').toEnd(at) : plain
  return { passages: { plain, quoted: quoted === null ? plain : quoted.toEnd(at), behind }, breaks: own.breaks }
}

/** A way through a block, from line break to line break and from quote to quote: what lies between is not looked at. */
class Walk {
  private state: State
  private index = 0
  private records = 0
  /** Line breaks before `index`. */
  breaks = 0
  private first: { readonly index: number; readonly breaks: number } | null = null
  private nextBreak: number
  private nextQuote: number
  /** The way that this one is from here on, and how many records begin more on this one. */
  private joins: { readonly walk: Walk; readonly more: number } | null = null
  private readonly bytes: Uint8Array
  private readonly before: number
  private readonly form: CensusForm

  constructor(bytes: Uint8Array, before: number, form: CensusForm, from: State) {
    this.bytes = bytes
    this.before = before
    this.form = form
    this.state = from
    this.nextBreak = this.next(lineFeed, 0)
    this.nextQuote = this.next(form.quote, 0)
    if (from === 'plain' && before === lineFeed) this.begin()
  }

  /** Goes on until it is on the other way, or to the end. */
  until(other: Walk): this {
    while (this.joins === null && this.step())
      if (this.isAtRecord && this.first !== null) {
        other.to(this.index)
        if (other.isAtRecord && other.index === this.index) this.joins = { walk: other, more: this.records - other.records }
      }
    return this
  }

  toEnd(at: number): Passage {
    const { joins } = this
    if (joins === null) while (this.step());
    else joins.walk.toEnd(at)
    const { state, records } = joins?.walk ?? this
    const { first } = this
    return {
      end: state,
      records: records + (joins?.more ?? 0),
      first: first && { byte: at + first.index, breaks: first.breaks },
    }
  }

  private to(index: number): void {
    while (this.index < index && this.step());
  }

  private get isAtRecord(): boolean {
    return this.state === 'plain' && this.index > 0 && this.bytes[this.index - 1] === lineFeed
  }

  /** False at the end. */
  private step(): boolean {
    const { bytes, before, form, state } = this
    if (this.index >= bytes.length) return false
    if (state === 'quoted') {
      const isClosed = this.nextQuote < bytes.length
      this.pass(this.nextQuote + 1)
      if (isClosed) this.state = 'behind'
    } else if (state === 'behind') {
      this.state = bytes[this.index] === form.quote ? 'quoted' : 'plain'
      if (this.state === 'quoted') this.pass(this.index + 1)
    } else if (this.nextBreak < this.nextQuote) {
      this.pass(this.nextBreak + 1)
      this.begin()
    } else {
      const quote = this.nextQuote
      const previous = quote === 0 ? before : bytes[quote - 1]
      if (quote < bytes.length && (previous === form.delimiter || previous === lineFeed)) this.state = 'quoted'
      this.pass(quote + 1)
    }
    return true
  }

  private pass(index: number): void {
    this.index = Math.min(index, this.bytes.length)
    while (this.nextBreak < index && this.nextBreak < this.bytes.length) {
      this.breaks++
      this.nextBreak = this.next(lineFeed, this.nextBreak + 1)
    }
    if (this.nextQuote < index) this.nextQuote = this.next(this.form.quote, index)
  }

  /** A record begins here unless the line is blank. */
  private begin(): void {
    const { bytes, index } = this
    const byte = bytes[index]
    if (index >= bytes.length || byte === lineFeed || (byte === carriageReturn && bytes[index + 1] === lineFeed)) return
    this.records++
    this.first ??= { index, breaks: this.breaks }
  }

  private next(byte: number, index: number): number {
    const { bytes } = this
    const found = byte < 0 || index >= bytes.length ? -1 : bytes.indexOf(byte, index)
    return found < 0 ? bytes.length : found
  }
}

/** Two stretches that follow each other as one. */
export function joined(a: BlockCensus, b: BlockCensus): BlockCensus {
  const through = (state: State): Passage => {
    const one = a.passages[state]
    const two = b.passages[one.end]
    const first = one.first ?? (two.first && { byte: two.first.byte, breaks: a.breaks + two.first.breaks })
    return { end: two.end, records: one.records + two.records, first }
  }
  const passages = { plain: through('plain'), quoted: through('quoted'), behind: through('behind') }
  return { passages, breaks: a.breaks + b.breaks }
}

/**
 * The first record of each block or behind it; null where none begins any more. @param blocks of one input in order, from the one in which
 * its records begin  @param line of the first byte of the first block
 */
export function blockStarts(blocks: readonly BlockCensus[], line: number): (BlockStart | null)[] {
  const met: { readonly start: BlockStart | null }[] = []
  let state: State = 'plain'
  let records = 0
  let breaks = line
  for (const { passages, breaks: own } of blocks) {
    const passage: Passage = passages[state]
    const { first } = passage
    met.push({ start: first && { byte: first.byte, record: records + 1, line: breaks + first.breaks } })
    records += passage.records
    breaks += own
    state = passage.end
  }
  const starts: (BlockStart | null)[] = []
  for (const { start } of met.reverse()) starts.push(start ?? starts.at(-1) ?? null)
  return starts.reverse()
}
