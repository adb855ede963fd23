/** Those who go by another's name and device: what counts is the key, and only who holds it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf, utf8 } from '../../src/core/canonical.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { EntryDraft, LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { type Signer, signJson } from '../../src/core/project/signing/signature.ts'
import { generateKeyPair, signerOf } from '../../src/io/keys/signature-web.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import type { Who } from '../../src/team/streams/people.ts'
import type { Room } from '../../src/team/streams/room.ts'
import { addMember, ask, claimDevice, keyedEntry, makeProject, personWithSession, TestClient } from './client.ts'
import { onBoth } from './databases.ts'

type Person = { id: string; headers: Record<string, string> }

const draft = (device: string, actor: string, action: string): EntryDraft => ({
  device,
  actor,
  action,
  object: 'x',
  digest: null,
  time: { wall: '2026-03-01T10:00:00Z', counter: 0 },
})
const lineOf = (...entries: readonly LedgerEntry[]) => utf8(entries.map(ledgerLine).join(''))
const newSigner = async (): Promise<Signer> => signerOf(await generateKeyPair())

onBoth('hostile devices', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let ana: Person
  let ben: Person
  let clock = Date.parse('2026-03-01T10:00:00Z')
  const whoOf = ({ id }: Person): Who => ({ id, name: id, actor: id.replace('person-', '') })

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
      now: () => clock,
    })
    ana = await personWithSession(serving, database, 'ana')
    ben = await personWithSession(serving, database, 'ben')
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  const newProject = async (id: string): Promise<Room> => {
    await makeProject(serving, id, ana.headers)
    const room = await serving.state.room(id)
    if (!room) throw new Error('There is no room')
    return room
  }

  /** A project moved here in which `late` works by role `data` on the device `d-late`, and who joins may take that name. */
  const movedWithRoles = async (project: string) => {
    const room = await newProject(project)
    const [admin, anaKey, lateKey] = [await newSigner(), await newSigner(), await newSigner()]
    const own = { device: 'd-ana', actor: 'ana' }
    const late = { device: 'd-late', actor: `late-${project}` }
    const grant = async (
      last: LedgerEntry,
      to: { device: string; actor: string; role: string },
      deviceKey: string | null,
    ): Promise<LedgerEntry> => {
      const granted = {
        format: 'carryover-role/1',
        project,
        ...to,
        key: digestOf(admin.publicKey),
        ...(deviceKey === null ? {} : { deviceKey }),
      }
      return nextEntry(last, {
        ...draft(own.device, own.actor, 'role-granted'),
        digest: digestOf(granted),
        signature: await signJson(granted, admin),
      })
    }
    const created = nextEntry(null, draft('d-ana', 'ana', 'project-created'))
    const keyed = await keyedEntry(project, created, own, anaKey)
    const lates = await keyedEntry(project, null, late, lateKey)
    const first = await grant(keyed, { ...own, role: 'admin' }, digestOf(anaKey.publicKey))
    const second = await grant(first, { ...late, role: 'data' }, digestOf(lateKey.publicKey))
    // As early versions granted it.
    const keyless = await grant(second, { ...late, role: 'owner' }, null)
    const lines = lineOf(created, keyed, lates, first, second, keyless)
    expect(await room.append(whoOf(ana), 'ledger', lines)).toMatchObject({ ok: true })
    await room.endMove()
    const eve = await personWithSession(serving, database, late.actor)
    await addMember(serving, project, eve.id, 'viewer')
    return { room, eve, lateKey, lates, late }
  }

  test('a viewer with the name and the device of somebody gets nothing without the key', async () => {
    const { room, eve, lateKey, lates, late } = await movedWithRoles('v1')
    const own = await newSigner()
    const forged = nextEntry(lates, draft(late.device, late.actor, 'mapping-confirmed'))
    const tries = async (): Promise<void> => {
      expect(await room.append(whoOf(eve), 'ledger', lineOf(forged))).toMatchObject({
        ok: false,
        refusal: { code: 'not-allowed' },
      })
      expect(await room.append(whoOf(eve), 'map/a', utf8('x'))).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } })
      expect(room.gate.rolesOf(whoOf(eve))).toEqual(new Set())
    }
    await tries()
    // Another key than the ledger's, proven; and the ledger's, unproven.
    const withOwnKey = await claimDevice(serving, 'v1', eve, late.device, own)
    expect([withOwnKey.status, await withOwnKey.json()]).toMatchObject([409, { code: 'other-key' }])
    const unproven = await claimDevice(serving, 'v1', eve, late.device, own, { signKey: lateKey.publicKey })
    expect([unproven.status, await unproven.json()]).toMatchObject([403, { code: 'no-proof' }])
    await tries()
    // Control: who holds the key has the role.
    expect((await claimDevice(serving, 'v1', eve, late.device, lateKey)).status).toBe(201)
    expect(room.gate.rolesOf(whoOf(eve))).toEqual(new Set(['data']))
    expect(await room.append(whoOf(eve), 'ledger', lineOf(forged))).toMatchObject({ ok: true })
  })

  test('a proof holds for one server, project, person and device', async () => {
    const { eve, lateKey, late } = await movedWithRoles('v2')
    const others = [{ origin: 'https://other.example' }, { project: 'v1' }, { person: ana.id }, { device: 'd-other' }]
    for (const other of others) {
      const answer = await claimDevice(serving, 'v2', eve, late.device, lateKey, other)
      expect([answer.status, await answer.json()], JSON.stringify(other)).toMatchObject([403, { code: 'no-proof' }])
    }
  })

  test('a device of one project is none of another', async () => {
    const room = await newProject('v3')
    await addMember(serving, 'v3', ben.id, 'data')
    await makeProject(serving, 'v3-bens', ben.headers)
    await room.endMove()
    expect((await claimDevice(serving, 'v3-bens', ben, 'd-shared', await newSigner())).status).toBe(201)
    // Ben took the name in a project of his own: here it is Ana's.
    expect((await claimDevice(serving, 'v3', ana, 'd-shared', await newSigner())).status).toBe(201)
    const entry = nextEntry(null, draft('d-shared', 'ana', 'statement'))
    expect(await room.append(whoOf(ben), 'ledger', lineOf(entry))).toMatchObject({
      ok: false,
      refusal: { code: 'foreign-device' },
    })
    expect(await room.append(whoOf(ana), 'ledger', lineOf(entry))).toMatchObject({ ok: true })
  })

  test('a key enters the ledger only where its device holds it', async () => {
    const room = await newProject('v4')
    await room.endMove()
    const [key, other] = [await newSigner(), await newSigner()]
    const by = { device: 'd-new', actor: 'ana' }
    const honest = await keyedEntry('v4', null, by, key)
    const borrowed = nextEntry(null, {
      ...draft('d-new', 'ana', 'device-keyed'),
      object: 'd-new',
      digest: digestOf(other.publicKey),
      signature: {
        payload: { format: 'carryover-device/1', project: 'v4', device: 'd-new' },
        publicKey: other.publicKey,
        signature: honest.signature ?? '',
      },
    })
    expect(await room.append(whoOf(ana), 'ledger', lineOf(borrowed))).toMatchObject({
      ok: false,
      refusal: { code: 'foreign-device' },
    })
    // Registered with one key, keyed with another.
    expect((await claimDevice(serving, 'v4', ana, 'd-new', key)).status).toBe(201)
    const swapped = await keyedEntry('v4', null, by, other)
    expect(await room.append(whoOf(ana), 'ledger', lineOf(swapped))).toMatchObject({
      ok: false,
      refusal: { code: 'foreign-device' },
    })
    expect(await room.append(whoOf(ana), 'ledger', lineOf(honest))).toMatchObject({ ok: true })
  })

  test('two people at one browser both prove its key, and each speaks in their own name', async () => {
    const room = await newProject('v5')
    await addMember(serving, 'v5', ben.id, 'data')
    await room.endMove()
    const ward = await newSigner()
    for (const person of [ana, ben]) expect((await claimDevice(serving, 'v5', person, 'd-ward', ward)).status).toBe(201)
    const one = nextEntry(null, draft('d-ward', 'ana', 'statement'))
    expect(await room.append(whoOf(ana), 'ledger', lineOf(one))).toMatchObject({ ok: true })
    const two = nextEntry(one, draft('d-ward', 'ana', 'statement'))
    expect(await room.append(whoOf(ben), 'ledger', lineOf(two))).toMatchObject({ ok: false, refusal: { code: 'foreign-actor' } })
    expect(await room.append(whoOf(ben), 'ledger', lineOf(nextEntry(one, draft('d-ward', 'ben', 'statement'))))).toMatchObject({
      ok: true,
    })
  })

  test('an entry of a copy names nobody who works here, unless an administrator brings it', async () => {
    const room = await newProject('v6')
    await addMember(serving, 'v6', ben.id, 'data')
    await room.endMove()
    const inAnasName = nextEntry(null, draft('made-up', 'ana', 'finding-accepted'))
    expect(await room.append(whoOf(ben), 'ledger', lineOf(inAnasName))).toMatchObject({
      ok: false,
      refusal: { code: 'foreign-actor' },
    })
    // Somebody who has no account here speaks by a copy alone.
    const reader = nextEntry(null, draft('bundle-1', 'outside-reader', 'verdict'))
    expect(await room.append(whoOf(ben), 'ledger', lineOf(reader))).toMatchObject({ ok: true })
    const inBensName = nextEntry(null, draft('bens-home', 'ben', 'statement'))
    expect(await room.append(whoOf(ana), 'ledger', lineOf(inBensName))).toMatchObject({ ok: true })
  })

  test('a move ends when somebody else comes in, and after a day', async () => {
    const foreign = (device: string) => lineOf(nextEntry(null, draft(device, 'ben', 'statement')))
    const room = await newProject('v7')
    await addMember(serving, 'v7', ben.id, 'data')
    const holds = (each: Room): boolean => each.standingOf(whoOf(ana)).importing
    expect((await claimDevice(serving, 'v7', ben, 'd-ben', await newSigner())).status).toBe(201)
    expect(await room.append(whoOf(ana), 'ledger', foreign('d-ben'))).toMatchObject({ ok: true })
    const client = await TestClient.open(serving, 'v7', ben.headers)
    expect(holds(room)).toBe(false)
    const more = nextEntry(nextEntry(null, draft('d-ben', 'ben', 'statement')), draft('d-ben', 'ben', 'verdict'))
    expect(await room.append(whoOf(ana), 'ledger', lineOf(more))).toMatchObject({
      ok: false,
      refusal: { code: 'foreign-device' },
    })
    client.close()

    const slow = await newProject('v8')
    expect(holds(slow)).toBe(true)
    clock += 23 * 3_600_000
    expect(holds(slow)).toBe(true)
    clock += 2 * 3_600_000
    expect(holds(slow)).toBe(false)
  })

  test('the answer about an account names its devices and no key', async () => {
    const { devices } = (await (await ask(serving, 'GET', '/account/me', (await personAgain()).headers)).json()) as {
      devices: object[]
    }
    expect(devices.length).toBeGreaterThan(0)
    for (const device of devices) expect(Object.keys(device).sort()).toEqual(['id', 'name', 'revokedAt'])
  })

  /** The clock went on: sessions are over. */
  const personAgain = async (): Promise<Person> => {
    const token = await serving.state.sessions.begin(ana.id, 'test')
    return { id: ana.id, headers: { cookie: `carryover=${token}` } }
  }
})
