/** Permissions whole (trust.md T20): each role, each act of the ledger: the page, the server and `verify` say the same of it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf, type Json, utf8 } from '../../src/core/canonical.ts'
import { actsWithRoles, allowed, judgeRoles, type Role, roles, whyNotAllowed } from '../../src/core/project/duties/roles.ts'
import { jsonOf } from '../../src/core/project/format/save.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { EntryDraft, LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { payloadOf, type Signer, signJson } from '../../src/core/project/signing/signature.ts'
import { generateKeyPair, signerOf, webVerifier } from '../../src/io/keys/signature-web.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import type { Room } from '../../src/team/streams/room.ts'
import { exampleProject } from '../core/project/example-project.ts'
import { exampleSigner, signedProject } from '../core/project/review-walk.ts'
import { timesOf } from '../threat-counts.ts'
import { addMember, claimDevice, keyedEntry, makeProject, personWithSession } from './client.ts'
import { onBoth } from './databases.ts'

const project = 'role-table'
/** Whose grant and acceptance hold is a matter of their content, which hostile-roles.test.ts and quarantine.test.ts look at. */
const byContent: ReadonlySet<string> = new Set(['role-granted', 'held-accepted'])
/** What the table does not list: work, looking, and how somebody shows who they are. */
const unlisted = ['input-removed', 'cells-edited', 'risk-set', 'record-opened', 'gate-changed', 'reader-switched', 'key-named']
const meanings = ['review', 'approval', 'rejection', 'statement of another kind'] as const
/** An act, and the meaning of a signature. */
const acts: readonly (readonly [action: string, meaning: string | null])[] = [
  ...[...actsWithRoles, ...unlisted].map((action) => [action, null] as const),
  ...meanings.map((meaning) => ['signed', meaning] as const),
]

onBoth('role table', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let room: Room
  let page: Json
  const entries: LedgerEntry[] = []
  const keys = new Map<Role | 'nobody', Signer>()
  const names = [...roles, 'nobody'] as const
  const time = { wall: '2026-03-01T10:00:00Z', counter: 0 }

  beforeAll(async () => {
    const place = newPlace()
    database = await place.open()
    const settings = { dataFolder: place.folder, appFolder: null, host: '127.0.0.1', port: 0, origin: null, tls: null }
    serving = await startTeamServer({ database, ...settings })
    const people = new Map<string, Awaited<ReturnType<typeof personWithSession>>>()
    for (const name of names) people.set(name, await personWithSession(serving, database, name))
    const admin = people.get('admin')
    if (!admin) throw new Error('There is no administrator')
    await makeProject(serving, project, admin.headers)
    const found = await serving.state.room(project)
    if (!found) throw new Error('There is no room')
    room = found
    const signed = (await signedProject(await exampleSigner())).ledger.map(payloadOf).find((each) => each !== null)
    page = jsonOf(signed ?? {})
    const own = { device: 'd-admin', actor: 'admin' }
    entries.push(nextEntry(null, { ...own, time, action: 'project-created', object: 'carryover.json', digest: null }))
    for (const name of ['admin', ...names.filter((each) => each !== 'admin')] as const) {
      const person = people.get(name)
      if (!person) throw new Error(name)
      // Who holds no role came in before roles: an invitation alone gives none.
      if (name !== 'admin') await addMember(serving, project, person.id, name === 'nobody' ? 'owner' : name)
      const [key, deviceKey] = [await signerOf(await generateKeyPair()), await signerOf(await generateKeyPair())]
      keys.set(name, key)
      const device = `d-${name}`
      expect((await claimDevice(serving, project, person, device, deviceKey)).status).toBe(201)
      entries.push(await keyedEntry(project, lastOf(device), { device, actor: name }, deviceKey))
      if (name === 'nobody') continue
      const grant = {
        format: 'carryover-role/1',
        project,
        actor: name,
        device,
        role: name,
        key: digestOf(key.publicKey),
        deviceKey: digestOf(deviceKey.publicKey),
      }
      const signature = await signJson(grant, keys.get('admin') ?? key)
      entries.push(
        nextEntry(lastOf('d-admin'), { ...own, time, action: 'role-granted', object: 'x', digest: digestOf(grant), signature }),
      )
    }
    const lines = utf8(entries.map(ledgerLine).join(''))
    expect(await room.append({ id: admin.id, name: 'admin', actor: 'admin' }, 'ledger', lines)).toMatchObject({ ok: true })
    await room.endMove()
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  const lastOf = (device: string): LedgerEntry | null => entries.filter((each) => each.device === device).at(-1) ?? null

  /** What each of the three says of one act on top of the grants. */
  async function judgements(name: Role | 'nobody', action: string, meaning: string | null, last: LedgerEntry | null) {
    const key = keys.get(name)
    if (!key) throw new Error(name)
    const who = { device: `d-${name}`, actor: name }
    const payload: Json = action === 'signed' ? { ...Object(page), meaning } : { act: action }
    // Signed with the key of the role, which acts that bind somebody ask for.
    const signature = await signJson(payload, key)
    const draft: EntryDraft = { ...who, time, action, object: 'x', digest: digestOf(payload), signature }
    const entry = nextEntry(last, draft)
    const whole = [...entries, entry]
    const example = exampleProject()
    const judged = { ...example, manifest: { ...example.manifest, id: project } }
    const { refused } = await judgeRoles(judged, whole, webVerifier, { isNew: () => false })
    const reading = await room.gate.read(utf8(ledgerLine(entry)), { id: `person-${name}`, name, actor: name }, new Set(), false)
    return {
      entry,
      said: {
        page: whyNotAllowed(entries, entry, action, action === 'signed' ? (payloadOf(entry)?.meaning ?? '') : null) === null,
        server: reading.ok,
        verify: !refused.has(whole.length - 1),
      },
      refusal: reading.ok ? null : reading.refusal,
    }
  }

  test.each(names)('%s', async (name) => {
    const held = name === 'nobody' ? [] : [name]
    const wrong: unknown[] = []
    let last = lastOf(`d-${name}`)
    for (const [action, meaning] of acts) {
      const may = allowed(held, action, meaning)
      if (may && byContent.has(action)) continue
      const { entry, said, refusal } = await judgements(name, action, meaning, last)
      if (said.page !== may || said.server !== may || said.verify !== may) wrong.push([action, meaning, may, said, refusal])
      if (refusal !== null && refusal.code !== 'not-allowed') wrong.push([action, refusal])
      if (said.server) last = entry
    }
    expect(wrong).toEqual([])
    if (name === 'nobody')
      expect(acts.filter(([action, meaning]) => allowed([], action, meaning)).map(([action]) => action)).toEqual(['key-named'])
  })

  test('the product is whole: every role, every act that asks for one', () => {
    expect(names.length * acts.length).toBe(timesOf('T20'))
  })
})
