import fc from 'fast-check'
import decodeQr from 'qr/decode.js'
import { expect, test } from 'vitest'
import { headCode } from '../../../src/core/project/ledger/head-code.ts'

/** The path as pixels, four to a module, as a printer would give them to a camera. */
function pixels(head: string): { readonly width: number; readonly height: number; readonly data: Uint8Array } {
  const { size, path } = headCode(head)
  const scale = 4
  const width = size * scale
  const data = new Uint8Array(width * width * 4).fill(255)
  for (const [, x = '', y = '', length = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let dy = 0; dy < scale; dy++)
      for (let dx = 0; dx < Number(length) * scale; dx++) {
        const at = ((Number(y) * scale + dy) * width + Number(x) * scale + dx) * 4
        data.fill(0, at, at + 3)
      }
  return { width, height: width, data }
}

test('what is printed reads back as the head, and the same head gives the same bytes', () => {
  const hex = fc.stringMatching(/^[0-9a-f]{64}$/)
  fc.assert(
    fc.property(hex, (digits) => {
      const head = `sha256:${digits}`
      expect(decodeQr(pixels(head))).toBe(head)
      expect(headCode(head)).toEqual(headCode(head))
    }),
    { numRuns: 15 },
  )
})
