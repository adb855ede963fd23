/** Kills a server under load again and again, and says what became of everything that it had called saved. */
import { hash, randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { utf8 } from '../../src/core/canonical.ts'
import { checkChains, checkHashes, nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { readLedger } from '../../src/core/project/ledger/ledger-file.ts'
import { startChild } from './child.ts'
import { TestClient } from './client.ts'
import type { TestPlace } from './databases.ts'

export interface KillReport {
  readonly kills: number
  readonly acknowledged: number
  readonly missing: number
  readonly twice: number
  readonly moved: number
  /** Sent again after a kill, whose first answer was lost. */
  readonly resent: number
  readonly chainsHold: boolean
}

interface Writer {
  readonly device: string
  last: LedgerEntry | null
  /** Sent, not answered: sent again after the kill. */
  open: { readonly stream: string; readonly body: Uint8Array; readonly entry: LedgerEntry | null } | null
}

const maps = ['map/a', 'map/b']

export async function killedUnderLoad(
  bundle: string,
  place: TestPlace,
  { kills, writers: count, dropDatabaseAt = [] }: { kills: number; writers: number; dropDatabaseAt?: readonly number[] },
): Promise<KillReport> {
  const saved = new Map<string, { readonly stream: string; readonly seq: number }>()
  const writers: Writer[] = Array.from({ length: count }, (_, index) => ({ device: `device-${index}`, last: null, open: null }))
  let resent = 0
  let moved = 0
  for (let round = 0; round < kills; round++) {
    if (dropDatabaseAt.includes(round)) rmSync(join(place.folder, 'database'), { recursive: true, force: true })
    const server = await startChild(bundle, place, count)
    let running = true
    const clients = await Promise.all(
      writers.map((_, index) => TestClient.open(server, 'load', { cookie: server.cookies[index] ?? '' })),
    )
    const work = clients.map(async (client, index) => {
      const writer = writers[index]
      try {
        while (running && writer) {
          if (writer.open) resent++
          else writer.open = nextWork(writer, index)
          const { stream, body, entry } = writer.open
          const answer = await client.append(stream, body)
          if (answer.kind === 'refused') throw new Error(answer.why)
          const key = `${stream} ${hash('sha256', body, 'hex')}`
          const before = saved.get(key)
          if (before && before.seq !== answer.seq) moved++
          saved.set(key, { stream, seq: answer.seq })
          if (entry) writer.last = entry
          writer.open = null
        }
      } catch (error) {
        // The socket closes with the kill; a refusal would be a fault of its own.
        if (running) throw error
      } finally {
        client.close()
      }
    })
    // At any moment, but not before something was saved: a slow machine is killed later, not idle.
    const before = saved.size
    await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 500))
    for (let waits = 0; saved.size < before + 4 && waits < 600; waits++) await new Promise((resolve) => setTimeout(resolve, 50))
    running = false
    await server.kill('SIGKILL')
    await Promise.all(work)
  }
  const server = await startChild(bundle, place, count)
  const client = await TestClient.open(server, 'load', { cookie: server.cookies[0] ?? '' })
  const found = new Map<string, number[]>()
  let lines = ''
  for (const stream of [...maps, 'ledger']) {
    const { last } = await client.follow(stream)
    const items = await client.untilItems(stream, last)
    if (items.some(({ seq }, index) => seq !== index + 1)) throw new Error(`${stream} has a gap`)
    for (const { seq, body } of items) {
      const key = `${stream} ${hash('sha256', body, 'hex')}`
      found.set(key, [...(found.get(key) ?? []), seq])
      if (stream === 'ledger') lines += new TextDecoder().decode(body)
    }
  }
  client.close()
  await server.kill('SIGTERM')
  const { entries } = readLedger(lines)
  const nowhere = () => ({ device: null, seq: null, line: null })
  return {
    kills,
    acknowledged: saved.size,
    missing: [...saved].filter(([key, { seq }]) => !found.get(key)?.includes(seq)).length,
    twice: [...found.values()].filter((seqs) => seqs.length > 1).length,
    moved,
    resent,
    chainsHold: checkHashes(entries, nowhere).ok && checkChains(entries, nowhere).ok,
  }
}

function nextWork(writer: Writer, index: number): NonNullable<Writer['open']> {
  if (index % 2 === 0) return { stream: maps[(index / 2) % maps.length] ?? 'map/a', body: randomBytes(60), entry: null }
  const entry = nextEntry(writer.last, {
    device: writer.device,
    actor: `person-${index}`,
    action: 'statement',
    object: 'x',
    digest: null,
    time: { wall: '2026-03-01T10:00:00Z', counter: 0 },
  })
  return { stream: 'ledger', body: utf8(ledgerLine(entry)), entry }
}
