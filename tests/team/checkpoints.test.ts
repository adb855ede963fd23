/** Checkpoints, proofs and the log of access; a server that was set back is noticed by whoever has seen more. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { readLedger } from '../../src/core/project/ledger/ledger-file.ts'
import { leafOf, verifyInclusion } from '../../src/core/project/ledger/merkle.ts'
import { type Checkpoint, type ConsistencyProof, judgeCheckpoint, readCheckpoint } from '../../src/core/team/checkpoint.ts'
import { type CheckpointFile, heldUnder, readCheckpointFile } from '../../src/core/team/checkpoint-file.ts'
import { readNoteKey, writeNoteKey } from '../../src/core/team/signed-note.ts'
import { noteFault } from '../../src/io/keys/signed-note-web.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { ask, makeProject, personWithSession, TestClient } from './client.ts'
import { onBoth } from './databases.ts'

test('a key of a note is the one of the C2SP specification', () => {
  // PeterNeumann of golang.org/x/mod/sumdb/note, whose key is public.
  const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const read = readNoteKey(key)
  expect(read && writeNoteKey(read.name, read.publicKey)).toBe(key)
  expect(readNoteKey(key.replace('c74f', 'c74e'))).toBeNull()
})

test('a note of golang.org/x/mod/sumdb/note is read and checked', async () => {
  const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  const line = '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
  const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  expect(await noteFault(`${text}\n${line}`, key)).toBeNull()
  expect(await noteFault(`${text.replace('answer', 'question')}\n${line}`, key)).toContain('was changed')
})

onBoth('checkpoints', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let owner: { id: string; headers: Record<string, string> }
  const entries: LedgerEntry[] = []

  beforeAll(async () => {
    const place = newPlace()
    database = await place.open()
    serving = await startTeamServer({
      database,
      dataFolder: place.folder,
      appFolder: null,
      host: '127.0.0.1',
      port: 0,
      origin: null,
      tls: null,
      checkpointEvery: 200,
    })
    owner = await personWithSession(serving, database, 'owner')
    await makeProject(serving, 'p', owner.headers)
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  const add = async (client: TestClient, count: number): Promise<void> => {
    for (let index = 0; index < count; index++) {
      const device = `d${entries.length % 3}`
      const entry = nextEntry(entries.findLast((each) => each.device === device) ?? null, {
        device,
        actor: 'owner',
        action: 'statement',
        object: `o${entries.length}`,
        digest: null,
        time: { wall: '2026-03-01T10:00:00Z', counter: 0 },
      })
      expect(await client.append('ledger', utf8(ledgerLine(entry)))).toMatchObject({ kind: 'saved' })
      entries.push(entry)
    }
  }
  const fileOf = async (): Promise<CheckpointFile> => {
    const file = readCheckpointFile(await (await ask(serving, 'GET', '/team/p/checkpoint', owner.headers)).text())
    if (!file) throw new Error('no checkpoint')
    return file
  }
  const of = (file: CheckpointFile): Checkpoint => {
    const checkpoint = readCheckpoint(file.note)
    if (!checkpoint) throw new Error('no checkpoint')
    return checkpoint
  }
  const proof = async (from: number, to: number) =>
    (await (await ask(serving, 'GET', `/team/p/proof?from=${from}&to=${to}`, owner.headers)).json()) as ConsistencyProof

  test('a checkpoint is signed, pushed, and proves that the ledger only grew', async () => {
    const client = await TestClient.open(serving, 'p', owner.headers)
    expect((await ask(serving, 'GET', '/team/p/checkpoint', owner.headers)).status).toBe(404)
    const seen: Checkpoint[] = []
    for (const count of [1, 2, 4, 6]) {
      await add(client, count)
      const file = await fileOf()
      expect(await noteFault(file.note, file.key)).toBeNull()
      const next = of(file)
      for (const held of seen)
        expect(judgeCheckpoint(held, next, await proof(held.size, next.size))).toEqual({ ok: true, standing: 'grown' })
      seen.push(next)
    }
    expect(seen.map(({ size }) => size)).toEqual([1, 3, 7, 13])
    const pushed = await client.next('checkpoint')
    expect(await noteFault(pushed.note, (await fileOf()).key)).toBeNull()
    client.close()
  })

  test('who comes in gets the newest note at once, and its key without the hashes', async () => {
    const client = await TestClient.open(serving, 'p', owner.headers)
    const { note } = await client.next('checkpoint')
    client.close()
    const light = (await (await ask(serving, 'GET', '/team/p/note', owner.headers)).json()) as { note: string; key: string }
    expect(Object.keys(light).sort()).toEqual(['key', 'note', 'witness'])
    expect(await noteFault(light.note, light.key)).toBeNull()
    expect(readCheckpoint(note)?.size).toBe(13)
    expect(light.note).toBe((await fileOf()).note)
    // The same step twice, and one beyond what there is.
    expect(await proof(3, 13)).toEqual(await proof(3, 13))
    expect((await ask(serving, 'GET', '/team/p/proof?from=3&to=14', owner.headers)).status).toBe(404)
  })

  test('an entry is proven to be under a checkpoint, and another one is not', async () => {
    const file = await fileOf()
    const { size, root } = of(file)
    const hash = entries[4]?.hash ?? ''
    const answer = await ask(serving, 'GET', `/team/p/proof?hash=${hash}&size=${size}`, owner.headers)
    const given = (await answer.json()) as { seq: number; proof: string[] }
    const path = given.proof.map((hex) => new Uint8Array(Buffer.from(hex, 'hex')))
    expect(verifyInclusion(leafOf(hash), given.seq - 1, size, path, root)).toBe(true)
    expect(verifyInclusion(leafOf(entries[5]?.hash ?? ''), given.seq - 1, size, path, root)).toBe(false)
    expect((await ask(serving, 'GET', `/team/p/proof?hash=${'0'.repeat(64)}&size=${size}`, owner.headers)).status).toBe(404)
  })

  test('the file of a checkpoint holds offline against the ledger, and names what was taken out', async () => {
    const file = await fileOf()
    expect(heldUnder(file, readLedger(entries.map(ledgerLine).join('')).entries)).toMatchObject({ ok: true })
    expect(heldUnder(file, entries.slice(0, -1))).toMatchObject({ ok: false, why: expect.stringContaining('Entry 13') })
    // The note of one project under the name of another, signed by the same key.
    const renamed = { ...file, project: 'other' }
    expect(heldUnder(renamed, entries)).toMatchObject({ ok: false, why: expect.stringContaining('not the project') })
    const key = readNoteKey(file.key)
    const foreign = { ...file, key: writeNoteKey('localhost/team/other', key?.publicKey ?? new Uint8Array(32)) }
    expect(heldUnder(foreign, entries)).toMatchObject({ ok: false, why: expect.stringContaining('not the project') })
    const swapped = { ...file, hashes: [file.hashes[1] ?? '', file.hashes[0] ?? '', ...file.hashes.slice(2)] }
    expect(heldUnder(swapped, entries)).toMatchObject({ ok: false, why: expect.stringContaining('do not give the root') })
    expect(await noteFault(file.note.replace('\n13\n', '\n12\n'), file.key)).toContain('was changed')
  })

  test('a server that was set back, reordered or shows another history is noticed by who has seen more', async () => {
    const held = of(await fileOf())
    const before = judgeCheckpoint(held, { ...held, size: held.size - 1 }, null)
    expect(before).toMatchObject({ ok: false, standing: 'rolled-back' })
    expect(judgeCheckpoint(held, { ...held, root: new Uint8Array(32) }, null)).toMatchObject({ standing: 'other-history' })
    const client = await TestClient.open(serving, 'p', owner.headers)
    await add(client, 3)
    client.close()
    const next = of(await fileOf())
    const honest = await proof(held.size, next.size)
    expect(judgeCheckpoint({ ...held, root: new Uint8Array(32).fill(1) }, next, honest)).toMatchObject({
      standing: 'other-history',
    })
    expect(judgeCheckpoint(held, next, null)).toMatchObject({ standing: 'unproven' })
    expect(judgeCheckpoint(held, next, { ...honest, proof: honest.proof.slice(1) })).toMatchObject({ ok: false })
    expect(judgeCheckpoint(held, { ...next, origin: 'elsewhere' }, honest)).toMatchObject({ standing: 'other-ledger' })
  })

  test('who looked at what is a table and FHIR', async () => {
    const client = await TestClient.open(serving, 'p', owner.headers)
    await client.follow('ledger')
    client.close()
    await expect
      .poll(async () => (await (await ask(serving, 'GET', '/team/p/access-log', owner.headers)).text()).split('\n'))
      .toEqual(expect.arrayContaining([expect.stringMatching(/^\d+,\d{4}-.*Z,person-owner,owner,follow,ledger,ok,$/)]))
    const bundle = (await (await ask(serving, 'GET', '/team/p/access-log?format=fhir', owner.headers)).json()) as {
      entry: { resource: { resourceType: string; recorded: string; agent: object[] } }[]
    }
    expect(bundle.entry.length).toBeGreaterThan(2)
    for (const { resource } of bundle.entry) {
      expect(resource.resourceType).toBe('AuditEvent')
      expect(resource.agent).toHaveLength(1)
    }
  })

  test('keys that were read, exports and acts of administrators stand in the log, by day and person', async () => {
    const client = await TestClient.open(serving, 'p', owner.headers)
    const last = entries.findLast(({ device }) => device === 'd0') ?? null
    const draft = {
      device: 'd0',
      actor: 'owner',
      object: 'project',
      digest: null,
      time: { wall: '2026-03-01T10:00:00Z', counter: 0 },
    }
    const exported = nextEntry(last, { ...draft, action: 'exported' })
    expect(await client.append('ledger', utf8(ledgerLine(exported)))).toMatchObject({ kind: 'saved' })
    entries.push(exported)
    client.close()
    await ask(serving, 'GET', '/team/p/keys', owner.headers)
    await ask(serving, 'POST', '/team/p/invites', owner.headers, { role: 'data' })
    const { invites } = (await (await ask(serving, 'GET', '/team/p/invites', owner.headers)).json()) as {
      invites: { id: string }[]
    }
    await ask(serving, 'DELETE', `/team/p/invites/${invites[0]?.id}`, owner.headers)
    const log = async (query: string): Promise<readonly string[]> =>
      (await (await ask(serving, 'GET', `/team/p/access-log?${query}`, owner.headers)).text()).split('\n').slice(1, -1)
    const today = new Date().toISOString().slice(0, 10)
    await expect
      .poll(async () => (await log(`day=${today}&person=person-owner`)).map((line) => line.split(',').slice(4, 6).join()))
      .toEqual(
        expect.arrayContaining(['export,project', 'key-read,wrapped keys', 'invite,data', `invite-withdrawn,${invites[0]?.id}`]),
      )
    expect(await log('day=2020-01-01')).toEqual([])
    expect(await log(`day=${today}&person=somebody-else`)).toEqual([])
    // What happened at the door of the server is not told to who administers a project.
    expect((await ask(serving, 'GET', '/account/access-log', owner.headers)).status).toBe(403)
  })
})
