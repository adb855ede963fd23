import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayHoldControl } from '../../../../src/core/data/checks/bytes/suspect.ts'
import { mayBeDamaged, repairDepth } from '../../../../src/core/data/checks/cell/encoding-damage.ts'
import { byteTable } from '../../../../src/core/data/read/text/cell-text.ts'
import { CONTROL, DAMAGED, INVALID, traitsOf } from '../../../../src/core/data/read/text/high-bytes.ts'
import { firstInvalidUtf8 } from '../../../../src/core/data/read/text/utf8.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const asWindows = byteTable('windows-1252')
const damaged = (text: string): string => Array.from(bytesOf(text), (byte) => asWindows[byte] ?? '').join('')

test('bytes never call a damaged text whole', () => {
  const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 })
  let seen = 0
  fc.assert(
    fc.property(word, word, fc.nat(2), (before, text, times) => {
      let cell = text
      for (let turn = 0; turn <= times; turn++) cell = damaged(cell)
      for (const written of [cell, before + cell, `${before}\uFFFD${text}`]) {
        if (repairDepth(written) === 0 && !written.includes('\uFFFD')) continue
        seen++
        const bytes = bytesOf(written)
        expect(mayBeDamaged(bytes, 0, bytes.length)).toBe(true)
      }
    }),
  )
  expect(seen).toBeGreaterThan(100)
})

test('letters of living languages are passed by their bytes alone', () => {
  const bytes = bytesOf('Zoë Müller, Łukasz, Nguyễn Đặng, Ελένη Παππάς, Олена Ковальчук, 山本 美咲, محمد, €5 – “so”')
  expect(mayBeDamaged(bytes, 0, bytes.length)).toBe(false)
})

test('the traits of a stretch tell what its parts may hold', () => {
  const part = fc.constantFrom('abc', 'Zoë', 'MÃ¼', 'a\uFFFDb', '\u0092', '山本', '€', '😀').map((text) => [...bytesOf(text)])
  const raw = fc.constantFrom([0xc3], [0x80], [0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf5, 0x80, 0x80, 0x80])
  let traitsSeen = 0
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: part }, raw), { maxLength: 12 }), fc.nat(9), (parts, from) => {
      const room = new Uint8Array(256)
      room.set(parts.flat(), from)
      const end = from + parts.flat().length
      const traits = traitsOf(room, new Int32Array(room.buffer), from, end)
      traitsSeen |= traits
      expect((traits & INVALID) !== 0).toBe(firstInvalidUtf8(room, from, end) >= 0)
      if ((traits & DAMAGED) === 0) expect(mayBeDamaged(room, from, end)).toBe(false)
      if ((traits & CONTROL) === 0) expect(mayHoldControl(room, from, end, true)).toBe(false)
    }),
    { numRuns: 500 },
  )
  expect(traitsSeen).toBe(INVALID | DAMAGED | CONTROL)
})
