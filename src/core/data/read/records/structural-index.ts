/**
 * The index of plain records by WebAssembly SIMD, 64 bytes at a time: the same cells as `plain-records.ts` finds, which stands in for it
 * wherever WebAssembly is not allowed. Its code is `scripts/structural-index/kernel.as.ts`.
 */

import { HIGH, QUOTED } from '../text/record-view.ts'
import { ColumnKernels, type QuestionKernel } from './column-kernels.ts'
import { isLittleEndian } from './found-places.ts'
import { kernelCode } from './kernel-code.ts'
import { mayUseKernel } from './kernel-permit.ts'
import { RecordBlock } from './record-block.ts'

interface Kernel extends QuestionKernel {
  scan(length: number, offset: number, delimiter: number, quote: number, width: number, room: number, most: number): number
  allSeen(): number
  traits(length: number): number
  usedBytes(): number
  stoppedAtOdd(): number
  metCodes(): number
  readonly starts: { readonly value: number }
  readonly ends: { readonly value: number }
  readonly flags: { readonly value: number }
  readonly from: { readonly value: number }
  readonly to: { readonly value: number }
  readonly breaks: { readonly value: number }
  readonly seen: { readonly value: number }
  readonly input: { readonly value: number }
  readonly inputBytes: { readonly value: number }
}

/** The platforms name it in types that differ. */
interface WithWebAssembly {
  readonly WebAssembly?: {
    readonly Module: new (code: Uint8Array<ArrayBuffer>) => object
    readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
  }
}

/** No record is longer than what the kernel sees at once. */
export const longestIndexed = 1 << 17
/** In `seen` of the kernel: a record of several lines that may have to be left to the careful reader. */
const dense = 64
/** Fewest bytes that are worth the call. */
const leastWindow = 1 << 10

let kernel: Kernel | null | undefined

/** One for all readers of a thread: what it found is used before another reader asks. */
function sharedKernel(): Kernel | null {
  if (!mayUseKernel() || !isLittleEndian) return null
  if (kernel === undefined) kernel = instantiate()
  return kernel
}

function instantiate(): Kernel | null {
  try {
    const code = Uint8Array.from(atob(kernelCode), (letter) => letter.charCodeAt(0))
    const { WebAssembly: engine } = globalThis as WithWebAssembly
    const exports = engine && new engine.Instance(new engine.Module(code), {}).exports
    return isKernel(exports) ? exports : null
  } catch {
    // No SIMD, or not allowed after all.
    return null
  }
}

function isKernel(exports: unknown): exports is Kernel {
  return typeof exports === 'object' && exports !== null && 'scan' in exports && 'inputBytes' in exports
}

export class StructuralIndex {
  readonly block: RecordBlock
  private readonly kernel: Kernel
  private readonly input: Uint8Array
  private readonly delimiter: number
  private readonly quote: number
  /** The last reading met no record, because the bytes end in the middle of one in which nothing is doubtful so far. */
  endsTorn = false
  /** Bytes looked at next: fewer where plain records are rare. */
  private window: number

  /** Null where there is no kernel. `quote` is -1 for none. */
  static of(width: number, delimiter: number, quote: number): StructuralIndex | null {
    const kernel = sharedKernel()
    return kernel && new StructuralIndex(kernel, width, delimiter, quote)
  }

  private constructor(kernel: Kernel, width: number, delimiter: number, quote: number) {
    const { buffer } = kernel.memory
    this.kernel = kernel
    this.block = new RecordBlock(width, {
      numbers: (name, length) => new Int32Array(buffer, kernel[name].value, length),
      bytes: (name, length) => new Uint8Array(buffer, kernel[name].value, length),
    })
    this.block.kernels = new ColumnKernels(kernel, this.block.room)
    this.input = new Uint8Array(buffer, kernel.input.value, kernel.inputBytes.value)
    this.delimiter = delimiter
    this.quote = quote
    this.window = kernel.inputBytes.value
  }

  /**
   * Fills the block with the plain records from `at` on, up to the first that is otherwise or cut, has more than `lines` line breaks
   * inside quotes, or of which `isDoubtful` says so. Gives the index after the last of them.
   */
  read(data: Uint8Array, at: number, lines: number, isDoubtful: (start: number, end: number, before: number) => boolean): number {
    const { kernel, block, input } = this
    const length = Math.min(this.window, data.length - at)
    input.set(data.subarray(at, at + length))
    const found = kernel.scan(length, at, this.delimiter, this.quote, block.width, block.room, lines)
    const all = kernel.allSeen()
    const count = (all & dense) === 0 ? found : this.untilOdd(found, lines, isDoubtful)
    const isOdd = kernel.stoppedAtOdd() === 1 || count < found
    this.endsTorn = count === 0 && !isOdd && at + length === data.length
    this.window = isOdd ? Math.max(leastWindow, this.window >> 1) : Math.min(input.length, this.window << 1)
    block.count = count
    block.mayHoldCodes = kernel.metCodes() === 1
    if (count === 0) return at
    const used = count === found ? kernel.usedBytes() : (block.from[count] as number) - at
    block.traits = (all & HIGH) === 0 ? 0 : kernel.traits(used)
    return at + used
  }

  /** How many of the records stand before the first that the careful reader has to see. */
  private untilOdd(found: number, lines: number, isDoubtful: (start: number, end: number, before: number) => boolean): number {
    const { seen } = this.block
    for (let record = 0; record < found; record++) {
      if (((seen[record] as number) & dense) === 0) continue
      if (this.isOdd(record, lines, isDoubtful)) return record
      seen[record] = (seen[record] as number) & ~dense
    }
    return found
  }

  /** Of a record of several lines: whether the careful reader has to see it. */
  private isOdd(record: number, lines: number, isDoubtful: (start: number, end: number, before: number) => boolean): boolean {
    const { block } = this
    if ((block.breaks[record + 1] as number) - (block.breaks[record] as number) - 1 > lines) return true
    // Cells before the first quoted one hold no delimiter and no line break.
    const first = record * block.width
    let cell = first
    while (((block.flags[cell] as number) & QUOTED) === 0) cell++
    return isDoubtful(block.starts[cell] as number, block.to[record] as number, cell - first)
  }
}
