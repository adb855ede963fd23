/** Cells that have to be copied before they are looked at: the same bytes under the same flags are the same value, which was found before. */
import type { Fingerprint } from './fingerprint.ts'

const slotCount = 256

/** The values met lately, by the fingerprint of their bytes as the file writes them. */
export class WrittenValues {
  private readonly lanes = new Int32Array(slotCount * 2)
  /** Numbers of values in the table of the column, 0 for an empty slot. */
  private readonly entries = new Int32Array(slotCount)

  /** Number of the value, or 0; `written` is of the bytes as they stand. */
  find(written: Fingerprint, flags: number): number {
    const slot = written.a & (slotCount - 1)
    const isSame = this.lanes[slot * 2] === written.a && this.lanes[slot * 2 + 1] === (written.b ^ flags)
    return isSame ? (this.entries[slot] as number) : 0
  }

  set(a: number, b: number, flags: number, entry: number): void {
    const slot = a & (slotCount - 1)
    this.lanes[slot * 2] = a
    this.lanes[slot * 2 + 1] = b ^ flags
    this.entries[slot] = entry
  }
}
