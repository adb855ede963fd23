/** A record as ranges of bytes: no string, object or array per cell. One view is reused for every record of a file. */

/** The cell was written in quotes. */
export const QUOTED = 1
/** Doubled or escaped quotes stand inside; the text needs unescaping. */
export const ESCAPED = 2
/** At least one byte above 0x7F. */
export const HIGH = 4
/** At least one NUL byte. */
export const NUL = 8
/** A quote character stands where RFC 4180 allows none. */
export const STRAY = 16
/** Line breaks stand inside the quotes. */
export const MULTILINE = 32

export class RecordView {
  bytes: Uint8Array = new Uint8Array(0)
  starts = new Int32Array(64)
  ends = new Int32Array(64)
  flags = new Uint8Array(64)
  count = 0
  /** All flags of the cells together: most records have none that anybody must look at. */
  seen = 0
  /** 1-based after the header; set by the reader that knows which records count. */
  record = 0
  /** Physical line of the first byte, 1-based. */
  line = 0
  /** Index of the first byte of the record in `bytes`. */
  start = 0
  /** Index after the last byte, newline left out. */
  end = 0
  /** Offset of `bytes[0]` in the scanned stream. */
  base = 0

  add(start: number, end: number, flags: number): void {
    if (this.count === this.starts.length) this.grow()
    this.starts[this.count] = start
    this.ends[this.count] = end
    this.flags[this.count] = flags
    this.seen |= flags
    this.count++
  }

  /** Makes room for twice as many cells; what is held stays. */
  grow(): void {
    const size = this.starts.length * 2
    this.starts = enlarge(this.starts, new Int32Array(size))
    this.ends = enlarge(this.ends, new Int32Array(size))
    const flags = new Uint8Array(size)
    flags.set(this.flags)
    this.flags = flags
  }
}

/** A record that outlives the call it was shown in. */
export function copyOf(view: RecordView): RecordView {
  const copy = new RecordView()
  copy.bytes = view.bytes.slice(view.start, view.end)
  for (let cell = 0; cell < view.count; cell++)
    copy.add((view.starts[cell] ?? 0) - view.start, (view.ends[cell] ?? 0) - view.start, view.flags[cell] ?? 0)
  copy.line = view.line
  copy.seen = view.seen
  copy.end = view.end - view.start
  copy.base = view.base + view.start
  return copy
}

function enlarge(from: Int32Array<ArrayBuffer>, to: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  to.set(from)
  return to
}
