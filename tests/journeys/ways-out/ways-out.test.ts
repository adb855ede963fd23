/** Every way out of the table: nothing arrives from the page and a worker, and without the headers the same tries do arrive. */
import type { Worker } from 'playwright-core'
import { expect, test } from 'vitest'
import { waysOut } from '../../../src/io/server/ways-out.ts'
import { chromiumPath, visit } from '../browser.ts'
import { tryPage, tryWorker, waysOfPage, waysOfWorker } from './tried.ts'

test('the table names at least seventy ways out, each once in its realm', () => {
  const names = waysOut.map(({ name, realm }) => `${realm} ${name}`)
  expect(new Set(names).size).toBe(names.length)
  expect(waysOut.length).toBeGreaterThanOrEqual(70)
})

test.skipIf(chromiumPath === null)('no request and no connection leaves the page or a worker by any of them', async () => {
  const visited = await visit()
  try {
    await visited.page.getByRole('button', { name: 'Open the sample clinic' }).waitFor()
    await visited.page.getByText(/Local only — 0 outside requests/).waitFor()
    expect(await tryPage(visited.page)).toEqual([])
    const [worker] = visited.page.workers() as [Worker]
    expect(await tryWorker(worker)).toEqual([])
    await visited.page.waitForTimeout(500)
    expect(visited.escaped).toEqual([])
    expect(visited.silent()).toBe(0)
    // The browser lists some tries twice and reports them once, so the line may count too many; never too few.
    await visited.page.getByText(/outside requests?, [1-9]\d* held back/).waitFor()
    console.log(`ways out: ${waysOfPage.length} of the page and ${waysOfWorker.length} of a worker tried, 0 arrived`)
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)('where nothing holds them the same tries arrive', async () => {
  const visited = await visit({ headers: false })
  try {
    await visited.page.goto(`${visited.url}empty.html`)
    const there = await tryPage(visited.page)
    await expect
      .poll(() => new Set(visited.escaped.filter((address) => address.startsWith('outside.example/'))).size)
      .toBeGreaterThanOrEqual(30)
    const arrived = [...new Set(visited.escaped)].filter((address) => address.startsWith('outside.example/'))
    expect(there).toEqual(
      expect.arrayContaining(['RTCPeerConnection: RTCPeerConnection', 'fresh realm: about:blank', 'fresh realm: srcdoc']),
    )
    expect(visited.silent()).toBeGreaterThanOrEqual(1)
    console.log(`control: ${arrived.length} ways arrive without headers; still there: ${there.length}`)
  } finally {
    await visited.end()
  }
})
