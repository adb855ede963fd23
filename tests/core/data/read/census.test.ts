/** Blocks scanned in any order say where records begin as one reading of the whole does. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BlockCensus, blockStarts, censusOf, joined } from '../../../../src/core/data/read/stretches/census.ts'

const form = { delimiter: 44, quote: 34 }
const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '"', '\n', '\n', 'b'), maxLength: 60 })

/** Byte by byte. */
function startsOf(bytes: Uint8Array): { readonly byte: number; readonly record: number; readonly line: number }[] {
  const starts: { readonly byte: number; readonly record: number; readonly line: number }[] = []
  let state = 'plain'
  let line = 1
  bytes.forEach((byte, i) => {
    const before = i === 0 ? 10 : bytes[i - 1]
    if (state === 'behind') state = byte === 34 ? 'reopened' : 'plain'
    if (state === 'plain' && before === 10 && byte !== 10) starts.push({ byte: i, record: starts.length + 1, line })
    if (state === 'reopened') state = 'quoted'
    else if (state === 'quoted') state = byte === 34 ? 'behind' : 'quoted'
    else if (state === 'plain' && byte === 34 && (before === 44 || before === 10)) state = 'quoted'
    if (byte === 10) line++
  })
  return starts
}

test('whatever the blocks and the pieces in which they are scanned', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 9 }), (written, blockBytes, pieceBytes) => {
      const bytes = new TextEncoder().encode(written)
      const blocks: BlockCensus[] = []
      for (let from = 0; from < bytes.length; from += blockBytes) {
        const to = Math.min(bytes.length, from + blockBytes)
        let census: BlockCensus | null = null
        for (let at = from; at < to; at += pieceBytes) {
          const own = censusOf(bytes.subarray(at, Math.min(to, at + pieceBytes)), at === 0 ? 10 : (bytes[at - 1] ?? 10), at, form)
          census = census === null ? own : joined(census, own)
        }
        if (census !== null) blocks.push(census)
      }
      const starts = startsOf(bytes)
      const expected = blocks.map((_, i) => starts.find(({ byte }) => byte >= i * blockBytes) ?? null)
      expect(blockStarts(blocks, 1)).toEqual(expected)
    }),
    { numRuns: 2000 },
  )
})
