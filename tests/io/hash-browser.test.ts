import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiledHash } from '../../src/io/files/hash-browser.ts'

test('the compiled digest is SHA-256, however the bytes are cut, for one file after the other', async () => {
  const start = await compiledHash()
  if (start === null) throw new Error('WebAssembly could not be compiled')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 }), async (parts) => {
      const hash = start()
      for (const part of parts) hash.update(part)
      const expected = createHash('sha256')
      for (const part of parts) expected.update(part)
      expect(await hash.digest()).toBe(expected.digest('hex'))
    }),
  )
})
