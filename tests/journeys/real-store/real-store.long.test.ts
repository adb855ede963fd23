/**
 * The store in a real browser: no room, two tabs at once, and power cuts. What was acknowledged is there, what was refused is said, and what
 * is there is one state, whole. The faults of tests/io/store-faults.test.ts and tests/io/crash-points.test.ts, with Chromium's own database.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../../../src/core/random.ts'
import { chromiumPath } from '../browser.ts'
import type { Saved } from './page.ts'
import { ask, openBrowser, openStore, type StoreServer, serveStore, setQuota } from './serve-store.ts'

describe.skipIf(chromiumPath === null)('the store of a real browser', () => {
  let server: StoreServer
  let folder = ''
  beforeAll(async () => {
    server = await serveStore()
    folder = mkdtempSync(join(tmpdir(), 'carryover-real-store-'))
  }, 120_000)
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  })

  test('60 times without room: what was acknowledged is there whole, the refusal is said, and with room the next save is whole', {
    timeout: 900_000,
  }, async () => {
    const context = await openBrowser(join(folder, 'quota'))
    const faults: { readonly origin: string; readonly page: Page; readonly last: number; readonly least: number }[] = []
    let [refused, acknowledged, uncopied] = [0, 0, 0]
    try {
      for (let n = 0; n < 60; n++) {
        const origin = server.origin(`quota${n}`)
        // From no room for the first save to room for a few: each stops another write.
        const page = await openStore(context, origin, 1 + n * 1_300)
        let last = 0
        let told: Saved | null = null
        let hasSaidCopy = false
        for (let serial = 1; serial <= 60 && told === null; serial++) {
          const saved = await ask<Saved>(page, 'save', serial)
          if (saved.ok) last = serial
          else told = saved
          if (saved.ok && (await ask<string | null>(page, 'lacking')) !== null) hasSaidCopy = true
        }
        acknowledged += last
        if (hasSaidCopy) uncopied++
        expect([n, told?.code, told?.words]).toEqual([n, 'full', expect.stringContaining('no room left')])
        refused++
        const other = await openStore(context, origin)
        const found = await ask<number | string>(other, 'standing')
        expect([n, found]).toEqual([n, last])
        await other.close()
        faults.push({ origin, page, last, least: last + 1 })
        if (n % 10 < 9) await page.close()
      }
      // Chromium asks for the room of an origin once in half a minute.
      for (const { origin, page } of faults) if (!page.isClosed()) await setQuota(page, origin, null)
      for (const { page, least } of faults) {
        if (page.isClosed()) continue
        await expect.poll(async () => (await ask<Saved>(page, 'save', least)).ok, { timeout: 90_000, interval: 2_000 }).toBe(true)
        expect(await ask<number | string>(page, 'standing')).toBe(least)
      }
    } finally {
      await context.close()
    }
    console.log(
      `real quota: ${refused} of 60 saves without room refused and said, ${acknowledged} acknowledged before are there, ${uncopied} times the second copy lacked room and it was said, 0 kept in part`,
    )
  })

  test('40 races of two tabs: one writer at a time, every acknowledged save is there', { timeout: 900_000 }, async () => {
    const context = await openBrowser(join(folder, 'races'))
    let [held, overtaken] = [0, 0]
    try {
      for (let race = 0; race < 40; race++) {
        const origin = server.origin(`race${race}`)
        const first = await openStore(context, origin)
        expect((await ask<Saved>(first, 'save', 1)).ok).toBe(true)
        const second = await openStore(context, origin)
        expect(await ask(second, 'standing')).toBe(1)
        const random = seededRandom(`race ${race}`)
        const said = await Promise.all(
          [first, second].map(async (page, tab) => {
            const list: (Saved & { readonly tab: number })[] = []
            for (let n = 0; n < 4; n++) {
              await page.waitForTimeout(random.below(12))
              list.push({ tab, ...(await ask<Saved>(page, 'save', 2 + n * 2 + tab)) })
            }
            return list
          }),
        )
        const all = said.flat()
        for (const one of all) if (!one.ok) expect([race, one.code]).toEqual([race, 'overtaken'])
        const winners = new Set(all.filter(({ ok }) => ok).map(({ tab }) => tab))
        expect([race, winners.size]).toEqual([race, 1])
        held += all.filter(({ ok }) => ok).length
        overtaken += all.filter(({ ok }) => !ok).length
        const last = Math.max(...all.filter(({ ok }) => ok).map(({ serial }) => serial))
        const third = await openStore(context, origin)
        expect([race, await ask(third, 'standing')]).toEqual([race, last])
        for (const page of [first, second, third]) await page.close()
      }
    } finally {
      await context.close()
    }
    console.log(`real races: 40 of two tabs, ${held} saves acknowledged and there, ${overtaken} refused by name, 0 lost`)
  })

  test('40 power cuts: killed while it saves, with the unsynced ends of its files lost', { timeout: 1_800_000 }, async () => {
    const profile = join(folder, 'power')
    const random = seededRandom('power cuts')
    let [cuts, lostBytes, restored, before] = [0, 0, 0, 0]
    for (let cut = 0; cut < 40; cut++) {
      const context = await openBrowser(profile)
      const page = await openStore(context, server.origin('power'))
      const standing = await ask<number | string>(page, 'standing')
      expect([cut, typeof standing, Number(standing) >= before]).toEqual([cut, 'number', true])
      restored += (await ask<readonly string[]>(page, 'restored')).length
      let acknowledged = Number(standing)
      let sizes = sizesOf(profile)
      await page.exposeFunction('sayKept', (serial: number) => {
        acknowledged = serial
        // What is on the disk when a save is acknowledged was synced with it; what comes behind it may be lost.
        sizes = sizesOf(profile)
      })
      const ended = page.evaluate(
        (from) => Reflect.get(Reflect.get(globalThis, 'store') as object, 'saveOn')(from, 'sayKept'),
        Number(standing) + 1,
      )
      ended.catch(() => undefined)
      const wanted = acknowledged + 2 + random.below(6)
      await expect.poll(() => acknowledged, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(wanted)
      await page.waitForTimeout(random.below(30))
      await crash(context, profile)
      before = acknowledged
      cuts++
      for (const [path, size] of sizesOf(profile)) {
        const sure = sizes.get(path)
        if (sure === undefined || size <= sure) continue
        const kept = sure + random.below(size - sure + 1)
        lostBytes += size - kept
        truncateSync(path, kept)
      }
    }
    console.log(
      `real power cuts: ${cuts}, ${before} saves acknowledged, ${lostBytes} unsynced bytes lost, ${restored} times restored from the second copy, 0 saves lost, 0 mixed`,
    )
  })
})

/** Bytes of each file in which the browser keeps what pages save. */
function sizesOf(profile: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const kind of ['IndexedDB', 'File System']) {
    const root = join(profile, 'Default', kind)
    try {
      for (const entry of readdirSync(root, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) {
          const path = join(entry.parentPath, entry.name)
          found.set(path, statSync(path).size)
        }
    } catch {
      // It is not there yet, or was replaced while it was looked at.
    }
  }
  return found
}

async function crash(context: BrowserContext, profile: string): Promise<void> {
  const closed = new Promise<void>((resolve) => context.once('close', () => resolve()))
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each)))
    try {
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}\0`))
        process.kill(Number(name), 'SIGKILL')
    } catch {
      // It ended while the list was read.
    }
  await closed
}
