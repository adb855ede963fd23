/** A page that watches a server: honest growth passes; a server that rolls back, reorders, replays, withholds or changes its key is stopped. */
import { expect, test } from 'vitest'
import { CheckpointWatch } from '../../../src/app/team/checkpoint-watch.ts'
import type { KeptStanding } from '../../../src/app/team/kept-standing.ts'
import { utf8 } from '../../../src/core/canonical.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import type { LedgerEntry } from '../../../src/core/project/ledger/ledger.ts'
import { GrowingTree } from '../../../src/core/project/ledger/merkle.ts'
import { LevelTree } from '../../../src/core/project/ledger/merkle-levels.ts'
import { checkpointText } from '../../../src/core/team/checkpoint.ts'
import { noteKeyId, writeNote, writeNoteKey } from '../../../src/core/team/signed-note.ts'
import { exampleProject } from '../../core/project/example-project.ts'

const origin = 'team.riverside.example/team/p-riverside'

const ledger: readonly LedgerEntry[] = Array.from({ length: 12 }).reduce<readonly LedgerEntry[]>(
  (entries, _, index) =>
    appendEntries(entries, [
      {
        device: 'd1',
        time: { wall: '2026-03-01T08:00:00+01:00', counter: index },
        actor: 'amara',
        action: 'statement',
        object: `o${index}`,
        digest: null,
      },
    ]),
  [],
)
const honest = ledger.map(({ hash }) => hash)

async function signer(name = origin) {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('no pair')
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const sign = async (hashes: readonly string[]): Promise<string> => {
    const tree = new GrowingTree()
    for (const hash of hashes) tree.addEntry(hash)
    const text = checkpointText({ origin: name, size: tree.size, root: tree.root() })
    const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, utf8(text)))
    return writeNote({ text, signatures: [{ name, id: noteKeyId(name, publicKey), signature }] })
  }
  return { key: writeNoteKey(name, publicKey), sign }
}

interface Server {
  /** Hashes in order of arrival, as it claims them now. */
  hashes: readonly string[]
  key: string
  sign: (hashes: readonly string[]) => Promise<string>
}

/** A browser that watches this server; `kept` is what an earlier visit left. */
function watching(server: Server, kept: KeptStanding['checkpoint'] | null = null) {
  let note = kept
  const stopped: string[] = []
  const lacking: string[] = []
  const sizes: number[] = []
  const here: LedgerEntry[] = []
  const watch = new CheckpointWatch({
    project: 'p-riverside',
    patience: 300,
    kept: () => note ?? null,
    keep: (next, size) => {
      note = next
      sizes.push(size)
    },
    here: (): Project => ({ ...exampleProject(), ledger: here }),
    lacking: (why) => lacking.push(why),
    stop: (why) => stopped.push(why),
    ask: async (path) => {
      if (path === 'checkpoint')
        return JSON.stringify({
          format: 'carryover-checkpoint/1',
          project: 'p-riverside',
          note: await server.sign(server.hashes),
          key: server.key,
          hashes: server.hashes,
        })
      const [, from = '0', to = '0'] = /from=(\d+)&to=(\d+)/.exec(path) ?? []
      if (server.hashes.length < Number(to)) return '{"code":"no-proof"}'
      const tree = new LevelTree()
      for (const hash of server.hashes) tree.addEntry(hash)
      const proof = tree.consistency(Number(from), Number(to)).map((hash) => Buffer.from(hash).toString('hex'))
      return JSON.stringify({ from: Number(from), to: Number(to), proof })
    },
  })
  /** What the server shows of its ledger, from this place on. */
  const shows = (from: number, entries: readonly LedgerEntry[]): void => {
    for (const [index, entry] of entries.entries()) watch.came(from + index + 1, entry)
    here.push(...entries)
  }
  const hears = async (text: string): Promise<void> => {
    watch.heard(text)
    await watch.judged()
  }
  return { watch, stopped, lacking, sizes, here, shows, hears, note: () => note ?? null }
}

const visit = async (count: number) => {
  const server: Server = { hashes: honest.slice(0, count), ...(await signer()) }
  const browser = watching(server)
  browser.shows(0, ledger.slice(0, count))
  await browser.hears('')
  return { server, browser }
}

test('a ledger that only grows passes, note by note', async () => {
  const { server, browser } = await visit(5)
  expect([browser.stopped, browser.sizes]).toEqual([[], [5]])
  browser.shows(5, ledger.slice(5, 8))
  server.hashes = honest.slice(0, 8)
  await browser.hears(await server.sign(server.hashes))
  expect([browser.stopped, browser.sizes]).toEqual([[], [5, 8]])
  // A note that was on its way for long is no roll-back.
  await browser.hears(await server.sign(honest.slice(0, 6)))
  expect(browser.stopped).toEqual([])
})

test('a server that was set back is stopped, in this visit and in the next', async () => {
  const { server, browser } = await visit(8)
  server.hashes = honest.slice(0, 6)
  await browser.hears(await server.sign(server.hashes))
  expect(browser.stopped[0]).toContain('shows 6 entries, and you have seen 8')
  const next = watching(server, browser.note())
  next.shows(0, ledger.slice(0, 8))
  await next.hears('')
  expect(next.stopped[0]).toContain('set back')
})

test('another order, another entry and another key are stopped', async () => {
  const swapped = [...honest]
  ;[swapped[1], swapped[2]] = [honest[2] ?? '', honest[1] ?? '']
  const reorder = await visit(5)
  reorder.server.hashes = swapped.slice(0, 8)
  reorder.browser.shows(5, ledger.slice(5, 8))
  await reorder.browser.hears(await reorder.server.sign(reorder.server.hashes))
  expect(reorder.browser.stopped[0]).toContain('are not those that you have seen')

  // The note follows, but covers another entry than the one that was shown.
  const other = await visit(5)
  other.server.hashes = [...honest.slice(0, 5), 'f'.repeat(64)]
  other.browser.shows(5, ledger.slice(5, 6))
  await other.browser.hears(await other.server.sign(other.server.hashes))
  expect(other.browser.stopped[0]).toContain('other entries, or another order')

  const stranger = await visit(5)
  const forged = await signer()
  stranger.browser.shows(5, ledger.slice(5, 6))
  await stranger.browser.hears(await forged.sign(honest.slice(0, 6)))
  expect(stranger.browser.stopped[0]).toContain('not signed by')
})

test('a ledger of another project is stopped, under the right key, too', async () => {
  const foreign = await signer('team.riverside.example/team/p-other')
  const browser = watching({ hashes: honest.slice(0, 3), ...foreign })
  browser.shows(0, ledger.slice(0, 3))
  await browser.hears('')
  expect(browser.stopped[0]).toContain('signed for team.riverside.example/team/p-other')
})

test('entries that are signed for and not shown are withheld', async () => {
  const { server, browser } = await visit(5)
  server.hashes = honest.slice(0, 8)
  browser.shows(5, ledger.slice(5, 6))
  await browser.hears(await server.sign(server.hashes))
  expect(browser.stopped[0]).toContain('signed for 8 entries and showed 6 of them: it withholds the rest')
})

test('a copy that lacks what the server has is told to fetch it, and the server is not blamed', async () => {
  const server: Server = { hashes: honest.slice(0, 6), ...(await signer()) }
  const browser = watching(server)
  browser.here.push(...ledger.slice(0, 4))
  await browser.hears('')
  expect([browser.stopped.length, browser.lacking.length, browser.sizes]).toEqual([0, 1, []])
})
