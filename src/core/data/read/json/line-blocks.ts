/** A stream of bytes cut into blocks of whole lines, which can be read apart from each other. */

/** Whole lines out of the middle of a file. */
export interface LineBlock {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Offset of the first byte, and lines of the file before it. */
  readonly byte: number
  readonly line: number
  /** Bytes of a line that was too long to be held; it is the only one of its block then, and `bytes` is empty. */
  readonly tooLong: number
}

const LF = 10

export class LineBlocks {
  private parts: Uint8Array[] = []
  private held = 0
  /** Bytes let go of the line at hand. */
  private passed = 0
  private byte = 0
  private line = 0
  private readonly size: number
  private readonly longest: number

  /**
   * @param size bytes of a block; longer where a line is
   * @param longest bytes of a line that are held
   */
  constructor(size: number, longest: number) {
    this.size = size
    this.longest = longest
  }

  /** The blocks that end in this chunk; bytes are copied, because a chunk belongs to its reader. */
  *push(chunk: Uint8Array): Generator<LineBlock> {
    for (let at = 0; at < chunk.length; ) {
      const piece = chunk.subarray(at, at + this.size)
      const first = piece.indexOf(LF)
      const length = first < 0 ? piece.length : first
      const isLong = this.passed > 0 || this.held + length > this.longest
      // A line that is too long stands alone; what follows it is looked at again.
      const last = isLong ? first : piece.lastIndexOf(LF)
      if (isLong) this.letGo(length)
      else this.hold(piece.subarray(0, last < 0 ? piece.length : last + 1))
      if (last >= 0) yield this.cut(true)
      at += last < 0 ? piece.length : isLong ? last + 1 : piece.length
      if (last >= 0 && !isLong) this.hold(piece.subarray(last + 1))
    }
  }

  /** What is left behind the last line feed. */
  *end(): Generator<LineBlock> {
    if (this.held + this.passed > 0) yield this.cut(false)
  }

  private letGo(length: number): void {
    this.passed += this.held + length
    this.parts = []
    this.held = 0
  }

  private hold(part: Uint8Array): void {
    if (part.length === 0) return
    this.parts.push(part.slice())
    this.held += part.length
  }

  private cut(isTerminated: boolean): LineBlock {
    const bytes = new Uint8Array(this.held)
    let to = 0
    for (const part of this.parts) {
      bytes.set(part, to)
      to += part.length
    }
    const { byte, line, passed } = this
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) this.line++
    if (passed > 0 && isTerminated) this.line++
    this.byte += passed > 0 ? passed + 1 : bytes.length
    this.parts = []
    this.held = 0
    this.passed = 0
    return { bytes, byte, line, tooLong: passed }
  }
}
