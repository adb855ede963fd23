/** Two builds of the same sources in two folders are equal byte for byte. */
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'

const { compareBuilds } = (await import(new URL('../../scripts/release/second-build.mjs', import.meta.url).href)) as {
  compareBuilds: () => { readonly files: number; readonly different: readonly string[] }
}

test.skipIf(!existsSync(new URL('../../.git', import.meta.url)))('a second build differs in no byte from the first', () => {
  const { files, different } = compareBuilds()
  console.log(`builds ${files - different.length} of ${files} files equal byte for byte`)
  expect(different).toEqual([])
  expect(files).toBeGreaterThan(500)
})
