/** Parquet files with bytes changed, lost, doubled and moved: each is read to a result or refused in words, and keeps its word on its size. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openContent } from '../../../../../src/core/data/read/containers/content.ts'
import { bytesSource } from '../../../../../src/core/operation.ts'
import { type Random, seededRandom } from '../../../../../src/core/random.ts'
import { signal } from '../../reading.ts'

const count = process.env.LONG ? 5000 : 100
const forms = ['snappy', 'zstd', 'gzip', 'brotli', 'lz4', 'none', 'v2', 'v2plain']
const seeds = forms.map((form) => readFileSync(join(import.meta.dirname, 'files', `${form}.parquet`)))
/** Numbers that claim much, and bytes of headers. */
const signs = [0, 1, 2, 0x15, 0x19, 0x1c, 0x7f, 0x80, 0xff]

function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  const out = [...bytes]
  for (let edits = 1 + random.below(4); edits > 0; edits--) {
    // The list of columns at the end decides most.
    const at = random.below(2) === 0 ? out.length - 1 - random.below(Math.min(4000, out.length)) : random.below(out.length)
    const length = 1 + random.below(12)
    switch (random.below(6)) {
      case 0:
        out[at] = signs[random.below(signs.length)] ?? 0
        break
      case 1:
        out[at] = (out[at] ?? 0) ^ (1 << random.below(8))
        break
      case 2:
        out.splice(at, length)
        break
      case 3:
        out.splice(at, 0, ...out.slice(at, at + length))
        break
      case 4:
        out.splice(at, 5, 0xff, 0xff, 0xff, 0xff, 0x0f)
        break
      default:
        for (let i = 0; i < length; i++) out[at + i] = random.below(256)
    }
  }
  return Uint8Array.from(out)
}

test(`${count} mutated Parquet files`, { timeout: 1_200_000 }, async () => {
  const random = seededRandom('mutated Parquet files')
  const ends = { read: 0, damaged: 0, refused: 0 }
  for (let n = 0; n < count; n++) {
    const bytes = mutated(seeds[n % seeds.length] ?? new Uint8Array(), random)
    const began = performance.now()
    const opened = await openContent(bytesSource('m.parquet', bytes), {}, signal)
    if (opened.kind === 'other') {
      ends.refused++
      expect(opened.words.length).toBeGreaterThan(10)
    } else if (opened.content.within?.kind === 'parquet') {
      const { source } = opened.content
      let length = 0
      for await (const chunk of source.stream()) length += chunk.length
      expect(length, `size of file ${n}`).toBe(source.size)
      if (opened.content.damage() === null) ends.read++
      else ends.damaged++
    }
    expect(performance.now() - began, `time of file ${n}`).toBeLessThan(20_000)
  }
  process.stdout.write(
    `mutated Parquet files: ${count}, read ${ends.read}, told to be damaged ${ends.damaged}, refused ${ends.refused}, crashes 0\n`,
  )
  expect(ends.damaged).toBeGreaterThan(0)
})
