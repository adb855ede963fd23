/** Keys that lead to patients, as tasks note them and as they are asked for. */
import type { Hash64 } from '../../hash64.ts'
import type { RecordBlock } from '../read/records/record-block.ts'
import { RecordView } from '../read/text/record-view.ts'
import type { ToldTable } from './told.ts'

/** Words of a key: 1 where there is one, and its halves. */
const keyWords = 3

/** Notes them for each whole record of a stretch. */
export class PatientKeys {
  private words = new Uint32Array(1 << 10)
  private length = 0
  private readonly single = new RecordView()
  private readonly keysOf: (view: RecordView) => readonly (Hash64 | null)[]

  constructor(keysOf: (view: RecordView) => readonly (Hash64 | null)[]) {
    this.keysOf = keysOf
  }

  block(block: RecordBlock): void {
    for (let record = block.first; record < block.last; record++) {
      block.show(record, this.single)
      this.record(this.single, true)
    }
  }

  record(view: RecordView, whole: boolean): void {
    if (!whole) return
    for (const key of this.keysOf(view)) {
      if (this.length + keyWords > this.words.length) {
        const bigger = new Uint32Array(this.words.length * 2)
        bigger.set(this.words)
        this.words = bigger
      }
      this.words[this.length++] = key === null ? 0 : 1
      this.words[this.length++] = key?.high ?? 0
      this.words[this.length++] = key?.low ?? 0
    }
  }

  taken(): Uint8Array {
    return new Uint8Array(this.words.buffer, 0, this.length * 4).slice()
  }
}

/** Tells those of some lists of columns. @param noted the lists of which keys were noted */
export async function* eachToldKeys(
  told: ToldTable,
  noted: readonly (readonly string[])[],
  fields: readonly (readonly string[])[],
  see: (keys: readonly (Hash64 | null)[]) => void,
): AsyncGenerator<number> {
  const places = fields.map((list) => noted.findIndex((one) => one.join('\n') === list.join('\n')))
  for (let stretch = 0; stretch < told.stretches.length; stretch++) {
    const words = await told.patientKeys(stretch)
    for (let at = 0; at < words.length; at += noted.length * keyWords)
      see(
        places.map((place) => {
          const key = at + place * keyWords
          return place < 0 || words[key] !== 1 ? null : { high: words[key + 1] as number, low: words[key + 2] as number }
        }),
      )
    yield 0
  }
}
