import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayBeDamaged, repairDepth } from '../../../src/core/data/checks/encoding-damage.ts'
import { byteTable } from '../../../src/core/data/read/cell-text.ts'

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
