/** Rows that do not fit into memory: by hash into 256 partitions of a temporary file, to be read back one partition at a time. */

import type { JsonValue } from '../../model/record.ts'
import type { Spill } from '../../model/spill.ts'
import type { Hash64 } from './id-hash.ts'

export const partitionCount = 256
/** Characters held per partition before they are written: 4 MiB in all. */
const heldMost = 16 << 10

interface Partition {
  text: string
  readonly blocks: { readonly at: number; readonly length: number }[]
}

export class PartitionedLog {
  private readonly partitions: Partition[] = Array.from({ length: partitionCount }, () => ({ text: '', blocks: [] }))
  private readonly encoder = new TextEncoder()
  private readonly decoder = new TextDecoder()
  private readonly spill: Spill

  private readonly most: number

  /** @param memory bytes that rows may take before they are written */
  constructor(spill: Spill, memory: number = heldMost * partitionCount) {
    this.spill = spill
    this.most = Math.min(heldMost, memory / partitionCount)
  }

  /** False where the storage takes no more. */
  add(hash: Hash64, row: readonly JsonValue[]): boolean {
    const partition = this.partitions[hash.high >>> 24]
    if (partition === undefined) return false
    const line = `${JSON.stringify(row)}\n`
    if (partition.text.length + line.length > this.most && !this.flush(partition)) return false
    partition.text += line
    return true
  }

  /** The rows of one partition in the order they were added. */
  *read(number: number): Generator<readonly JsonValue[]> {
    const partition = this.partitions[number]
    if (partition === undefined) return
    for (const { at, length } of partition.blocks) {
      const bytes = new Uint8Array(length)
      this.spill.read(at, bytes)
      yield* rowsOf(this.decoder.decode(bytes))
    }
    yield* rowsOf(partition.text)
  }

  private flush(partition: Partition): boolean {
    if (partition.text === '') return true
    const bytes = this.encoder.encode(partition.text)
    const at = this.spill.append(bytes)
    if (at === null) return false
    partition.blocks.push({ at, length: bytes.length })
    partition.text = ''
    return true
  }
}

function* rowsOf(text: string): Generator<readonly JsonValue[]> {
  for (const line of text.split('\n')) if (line !== '') yield JSON.parse(line) as readonly JsonValue[]
}
