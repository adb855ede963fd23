/** The load lines of the design: how long an edit takes to other screens, what a server holds and takes per second. LOAD names one of them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { bundleServer, type ChildServer, startChild } from './child.ts'
import { TestClient } from './client.ts'
import { onBoth, type TestPlace } from './databases.ts'

let bundle: { readonly path: string; remove(): void }
beforeAll(async () => {
  bundle = await bundleServer()
})
afterAll(() => bundle.remove())

const wanted = process.env.LOAD ?? 'all'
const isWanted = (name: string): boolean => wanted === 'all' || wanted === name
const seconds = 12

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

async function started(place: TestPlace, people: number): Promise<ChildServer> {
  if (place.url !== null) await (await place.open()).close()
  return startChild(bundle.path, place, people)
}

interface Edited {
  /** Sorted. */
  readonly delays: readonly number[]
  readonly edits: number
  /** CPU seconds of the server while they edited. */
  readonly cpu: number
}

/** Editors on maps, each with so many edits per second; milliseconds from an edit to each other screen of its map. */
async function edit(server: ChildServer, editors: number, maps: number, perSecond: number): Promise<Edited> {
  const clients = await Promise.all(server.cookies.slice(0, editors).map((cookie) => TestClient.open(server, 'load', { cookie })))
  const mapOf = (index: number): string => `map/${index % maps}`
  for (const [index, client] of clients.entries()) await client.follow(mapOf(index))
  const delays: number[] = []
  let edits = 0
  const cpuBefore = server.cpu()
  for (const client of clients)
    client.socket.on('message', () => {
      const frame = client.frames.at(-1)
      if (frame?.kind !== 'items') return
      const now = performance.now()
      for (const { body } of frame.items) {
        const [sender, sent] = new TextDecoder().decode(body.subarray(0, 40)).split(' ')
        if (clients[Number(sender)] !== client) delays.push(now - Number(sent))
      }
    })
  await Promise.all(
    clients.map(async (client, index) => {
      await new Promise((resolve) => setTimeout(resolve, (index / editors) * (1000 / perSecond)))
      const until = performance.now() + seconds * 1000
      while (performance.now() < until) {
        const begun = performance.now()
        // About the size of an update of a dragged step, with who sent it and when in front.
        const body = utf8(`${index} ${begun.toFixed(3)} ${'x'.repeat(60)}`)
        const answer = await client.append(mapOf(index), body)
        if (answer.kind === 'refused') throw new Error(answer.why)
        edits++
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1000 / perSecond - (performance.now() - begun))))
      }
    }),
  )
  const cpu = server.cpu() - cpuBefore
  for (const client of clients) client.close()
  return { delays: delays.toSorted((a, b) => a - b), edits, cpu }
}

function print(name: string, kind: string, what: string, { delays, edits, cpu }: Edited, server: ChildServer): number {
  const p95 = at(delays, 0.95)
  console.log(
    `load ${name} (${kind}): ${what}, p50 ${at(delays, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms over ${delays.length} arrivals, ${edits} edits, server ${((cpu / edits) * 1000).toFixed(2)} CPU s per 1,000, ${(server.memory() / 2 ** 20).toFixed(0)} MiB`,
  )
  return p95
}

onBoth('load', (newPlace) => {
  test.runIf(isWanted('one-map'))(
    '25 editors on one map see each other’s edits',
    async () => {
      const place = newPlace()
      const server = await started(place, 25)
      const edited = await edit(server, 25, 1, 2)
      const p95 = print('one-map', place.kind, '25 editors × 2 edits/s on one map', edited, server)
      await server.kill('SIGTERM')
      expect(p95).toBeLessThanOrEqual(250)
    },
    240_000,
  )

  test.runIf(isWanted('many-maps'))(
    '100 editors on 20 maps see each other’s edits',
    async () => {
      const place = newPlace()
      const server = await started(place, 100)
      const edited = await edit(server, 100, 20, 2)
      const p95 = print('many-maps', place.kind, '100 editors × 2 edits/s on 20 maps', edited, server)
      await server.kill('SIGTERM')
      expect(p95).toBeLessThanOrEqual(250)
    },
    240_000,
  )

  test.runIf(isWanted('sockets'))(
    '200 sockets fit',
    async () => {
      const place = newPlace()
      const server = await started(place, 200)
      const clients = await Promise.all(server.cookies.map((cookie) => TestClient.open(server, 'load', { cookie })))
      for (const [index, client] of clients.entries()) await client.follow(`map/${index % 20}`)
      for (const [index, client] of clients.entries()) await client.append(`map/${index % 20}`, utf8(`hello ${index}`))
      const mebibytes = server.memory() / 2 ** 20
      console.log(`load sockets (${place.kind}): 200 sockets, server ${mebibytes.toFixed(0)} MiB`)
      for (const client of clients) client.close()
      await server.kill('SIGTERM')
      expect(mebibytes).toBeLessThanOrEqual(place.kind === 'embedded' ? 700 : 250)
    },
    240_000,
  )

  test.runIf(isWanted('appends'))(
    '20 devices append to the ledger',
    async () => {
      const place = newPlace()
      const server = await started(place, 20)
      const clients = await Promise.all(server.cookies.map((cookie) => TestClient.open(server, 'load', { cookie })))
      const begun = performance.now()
      const cpuBefore = server.cpu()
      let stored = 0
      await Promise.all(
        clients.map(async (client, index) => {
          let last: LedgerEntry | null = null
          while (performance.now() - begun < seconds * 1000) {
            last = nextEntry(last, {
              device: `device-${index}`,
              actor: `person-${index}`,
              action: 'statement',
              object: 'x',
              digest: null,
              time: { wall: '2026-03-01T10:00:00Z', counter: 0 },
            })
            const answer = await client.append('ledger', utf8(ledgerLine(last)))
            if (answer.kind === 'refused') throw new Error(answer.why)
            stored++
          }
        }),
      )
      const rate = stored / ((performance.now() - begun) / 1000)
      console.log(
        `load appends (${place.kind}): 20 devices, ${rate.toFixed(0)} entries/s, each on disk before it is answered, server ${(((server.cpu() - cpuBefore) / stored) * 1000).toFixed(2)} CPU s per 1,000`,
      )
      for (const client of clients) client.close()
      await server.kill('SIGTERM')
      expect(rate).toBeGreaterThanOrEqual(place.kind === 'embedded' ? 100 : 200)
    },
    240_000,
  )
})
