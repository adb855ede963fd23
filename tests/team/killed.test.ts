/** A small part of what `killed.long.test.ts` does 25 times. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleServer } from './child.ts'
import { onBoth } from './databases.ts'
import { killedUnderLoad } from './killed.ts'

let bundle: { readonly path: string; remove(): void }
beforeAll(async () => {
  bundle = await bundleServer()
})
afterAll(() => bundle.remove())

onBoth('killed', (newPlace) => {
  test('what was called saved before a kill is there once afterwards, and a lost answer gives the same number', async () => {
    const place = newPlace()
    if (place.url !== null) await (await place.open()).close()
    const report = await killedUnderLoad(bundle.path, place, {
      kills: 2,
      writers: 4,
      dropDatabaseAt: place.kind === 'embedded' ? [1] : [],
    })
    expect(report).toMatchObject({ missing: 0, twice: 0, moved: 0, chainsHold: true })
    expect(report.acknowledged).toBeGreaterThan(10)
  }, 240_000)
})
