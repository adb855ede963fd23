/** 25 kills under load on each database, and five times the folder of the embedded one is thrown away. */
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
  test('25 kills under load lose nothing and double nothing', async () => {
    const place = newPlace()
    if (place.url !== null) await (await place.open()).close()
    const dropDatabaseAt = place.kind === 'embedded' ? [3, 8, 13, 18, 23] : []
    const report = await killedUnderLoad(bundle.path, place, { kills: 25, writers: 8, dropDatabaseAt })
    console.log(
      `kills (${place.kind}): ${report.kills} kills, database folder thrown away ${dropDatabaseAt.length} times, ${report.acknowledged} acknowledged, ${report.missing} missing, ${report.twice} twice, ${report.moved} under another number, ${report.resent} sent again`,
    )
    expect(report).toMatchObject({ missing: 0, twice: 0, moved: 0, chainsHold: true })
  }, 1_800_000)
})
