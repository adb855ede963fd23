/** Wrapped keys on the server: whose are kept, who gets which, what enters a sealed stream, and what removing somebody changes. Both databases. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonicalJson, utf8 } from '../../src/core/canonical.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { type SharedPage, sharingIn } from '../../src/core/project/sharing/sharing.ts'
import { beginEpoch, sharePrivate, withdrawPrivate } from '../../src/core/project/sharing/sharing-acts.ts'
import { keyWrapText, recoveryDeviceOf } from '../../src/core/team/sealed/key-wrap.ts'
import { webVerifier } from '../../src/io/keys/signature-web.ts'
import type { TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { KeyHolders } from '../../src/team/streams/key-holders.ts'
import { newScene, type Scene } from '../app/team/private/scene.ts'
import { startServing } from '../app/team/real-server.ts'
import { allSigned, deviceSigner } from '../core/project/device-keys.ts'
import { handOf, signerOf } from '../core/project/sharing/team-of-three.ts'
import { addMember, ask, makeProject, personWithSession, TestClient } from './client.ts'
import { onBoth } from './databases.ts'

const [keyOne, keyTwo, keyThree, another] = ['1', '2', '3', '9'].map((digit) => digit.repeat(64))
const recovery = { key: { kty: 'EC' }, sealed: 'x' }
const paper = recoveryDeviceOf(recovery.key)
const newPaper = recoveryDeviceOf({ kty: 'another' })

onBoth('keys', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let scene: Scene
  let project: Scene['team']['project']
  const strangers = new Map<string, { id: string; headers: Record<string, string> }>()

  beforeAll(async () => {
    const place = newPlace()
    database = await place.open()
    serving = await startServing(database, place.folder)
    scene = await newScene(serving, database)
    project = scene.team.project
    for (const name of ['vera', 'eve']) strangers.set(name, await personWithSession(serving, database, name))
    await addMember(serving, scene.project, strangers.get('vera')?.id ?? '', 'viewer')
    await makeProject(serving, 'p2', strangers.get('eve')?.headers ?? {})
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  const headersOf = (name: string) => strangers.get(name)?.headers ?? scene.headersOf(name)
  const wrap = (device: string, epoch = 1, key = keyOne, of = scene.project, sealed = 'AAAA') =>
    keyWrapText({ format: 'carryover-key-wrap/1', project: of, epoch, device, key: key ?? '', ephemeral: {}, sealed })
  const item = (stream: string, epoch = 1, key = keyOne, of = scene.project, more = 'x') => {
    const header = { format: 'carryover-sealed-item/1', project: of, stream, epoch, key: key ?? '', file: '0'.repeat(32) }
    return utf8(`${canonicalJson(header)}\n${more}`)
  }
  const put = async (name: string, ...wraps: readonly string[]) => {
    const answer = await ask(serving, 'POST', `/team/${scene.project}/keys`, headersOf(name), { wraps })
    return { status: answer.status, ...((await answer.json()) as { code?: string; why?: string }) }
  }
  const standing = async (name: string) =>
    (await (await ask(serving, 'GET', `/team/${scene.project}/keys`, headersOf(name))).json()) as {
      wraps: string[]
      held: { epoch: number; device: string; key: string; by: string }[]
      gone: string[]
    }
  const append = async (name: string, stream: string, ...bodies: readonly Uint8Array[]) => {
    const client = await TestClient.open(serving, scene.project, headersOf(name))
    const answers = await Promise.all(bodies.map((body) => client.append(stream, body)))
    client.close()
    return answers.map((answer) => (answer.kind === 'refused' ? answer.code : answer.kind)).join()
  }
  /** As the database has it, whoever asks the server or not. */
  const devicesHeld = async () => (await database.query(scene.project, 'wraps-held', [scene.project])).map((row) => row.device)
  const textOf = (entries: readonly LedgerEntry[]) => utf8(entries.map(ledgerLine).join(''))
  /** What these people share from here on, entered by olga. */
  const entryOf = async (names: readonly string[], epoch: number, key: string | undefined) => {
    const { possible } = await sharingIn(project, project.ledger, webVerifier)
    const recipients = possible.filter(({ actor }) => names.includes(actor)).map((each) => ({ ...each, since: 1 }))
    const page: Omit<SharedPage, 'format' | 'project'> = { epoch, key: key ?? '', kinds: ['comments'], recipients, recovery }
    return await sharePrivate(project, page, signerOf(scene.team, 'olga'), webVerifier, handOf('olga'))
  }
  const enter = async (step: Awaited<ReturnType<typeof entryOf>>, name = 'olga') => {
    if (!step.ok) throw new Error(step.problem)
    const fresh = step.project.ledger.slice(project.ledger.length)
    expect(await append(name, 'ledger', textOf(fresh))).toBe('saved')
    project = await allSigned(step.project)
  }

  test('before anybody shares, keys are taken from an owner alone, and nothing sealed from anybody', async () => {
    expect(await put('ana', wrap('d-ana'))).toMatchObject({ status: 403, code: 'not-allowed' })
    expect((await put('olga', wrap('d-olga'), wrap('d-ana'), wrap('d-ben'), wrap(paper))).status).toBe(201)
    expect(await append('ana', 'sealed/comments', item('sealed/comments'))).toBe('not-shared')
    await enter(await entryOf(['olga', 'ana', 'ben'], 1, keyOne))
    expect(await append('ana', 'sealed/comments', item('sealed/comments'))).toBe('saved')
    expect(await append('ana', 'sealed/roster', item('sealed/roster'))).toBe('not-shared')
  })

  test('everybody gets the wraps of own devices and that of the printed key, and knows whom there are others for', async () => {
    expect((await standing('ana')).wraps.sort()).toEqual([wrap('d-ana'), wrap(paper)].sort())
    expect((await standing('cyd')).wraps).toEqual([wrap(paper)])
    expect((await standing('cyd')).held.map(({ device, by }) => `${device} by ${by}`).sort()).toEqual(
      [`d-ana by olga`, `d-ben by olga`, `d-olga by olga`, `${paper} by olga`].sort(),
    )
    expect((await ask(serving, 'GET', `/team/${scene.project}/keys`, headersOf('eve'))).status).toBe(404)
  })

  test('nothing is kept of who is not named, for a stranger’s device, another project, another key or an epoch to come', async () => {
    const before = (await standing('ana')).held.length
    expect(await put('cyd', wrap('d-ana'))).toMatchObject({ status: 403, code: 'not-allowed' })
    expect(await put('vera', wrap('d-ana'))).toMatchObject({ status: 403, code: 'not-allowed' })
    expect((await put('ben', wrap('d-nobody'))).code).toBe('unreadable')
    expect((await put('ben', wrap('d-ben', 1, keyOne, 'p2'))).code).toBe('unreadable')
    expect((await put('ben', wrap('d-ben', 3))).code).toBe('unreadable')
    expect((await put('ben', wrap('d-ana', 1, another))).code).toBe('unreadable')
    expect((await put('ben', 'nonsense')).code).toBe('unreadable')
    // All of a request or none of it.
    expect((await put('ben', wrap('d-cyd'), wrap('d-nobody'))).code).toBe('unreadable')
    expect((await standing('ana')).held).toHaveLength(before)
  })

  test('what one member wrapped stays beside what another did, with the same key and with another', async () => {
    expect((await put('ben', wrap('d-ana', 1, keyOne, scene.project, 'CCCC'))).status).toBe(201)
    expect((await put('ben', wrap('d-ana', 2, another))).status).toBe(201)
    expect((await put('olga', wrap('d-ana', 2, keyTwo), wrap('d-olga', 2, keyThree), wrap(newPaper, 2, keyTwo))).status).toBe(201)
    expect((await standing('ana')).wraps).toEqual(
      expect.arrayContaining([
        wrap('d-ana'),
        wrap('d-ana', 1, keyOne, scene.project, 'CCCC'),
        wrap('d-ana', 2, another),
        wrap('d-ana', 2, keyTwo),
      ]),
    )
  })

  test('a wrap that is left over keeps nobody from sealing under the key that stands', async () => {
    // Of a device that no page names, whose person then leaves.
    expect((await put('ben', wrap('d-cyd'))).status).toBe(201)
    const left = await ask(serving, 'DELETE', `/team/${scene.project}/members/${scene.ids.get('cyd')}`, scene.adminHeaders)
    expect(left.status).toBe(200)
    expect(await devicesHeld()).not.toContain('d-cyd')
    expect((await standing('ana')).gone).toEqual(['d-cyd'])
    expect(await append('ana', 'sealed/comments', item('sealed/comments', 1, keyOne, scene.project, 'after'))).toBe('saved')
  })

  test('a sealed stream takes what was sealed for it under the key that stands, and nothing in clear', async () => {
    expect(await append('ben', 'sealed/comments', utf8('Ada Plantagenet was seen at 9'))).toBe('not-sealed')
    expect(await append('ben', 'sealed/comments', item('sealed/roster'))).toBe('not-sealed')
    expect(await append('ben', 'sealed/comments', item('sealed/comments', 1, keyOne, 'p2'))).toBe('not-sealed')
    expect(await append('ben', 'sealed/comments', item('sealed/comments', 2, keyTwo))).toBe('stale-epoch')
    expect(await append('ben', 'sealed/comments', item('sealed/comments', 1, another))).toBe('stale-epoch')
  })

  test('rows of one project do not show under the setting of another', async () => {
    expect(await database.query(scene.project, 'wraps-held', [scene.project])).not.toHaveLength(0)
    expect(await database.query('p2', 'wraps-held', [scene.project])).toHaveLength(0)
  })

  test('who was removed counts as gone without a wrap of theirs, and nothing enters under a key that they hold', async () => {
    await enter(await entryOf(['olga', 'ana'], 2, keyTwo))
    await enter(await entryOf(['olga', 'ana', 'ben'], 2, keyTwo))
    expect(await append('ana', 'sealed/comments', item('sealed/comments', 2, keyTwo))).toBe('saved')
    const left = await ask(serving, 'DELETE', `/team/${scene.project}/members/${scene.ids.get('ben')}`, scene.adminHeaders)
    expect(left.status).toBe(200)
    // Nothing that was wrapped for them stays, of any epoch; what they wrapped for others does.
    expect(await devicesHeld()).not.toContain('d-ben')
    expect((await standing('ana')).held.some(({ device, by }) => device === 'd-ana' && by === 'ben')).toBe(true)
    expect((await standing('ana')).gone.sort()).toEqual(['d-ben', 'd-cyd'])
    expect(await append('ana', 'sealed/comments', item('sealed/comments', 2, keyTwo, scene.project, 'later'))).toBe('stale-epoch')
    expect((await put('ana', wrap('d-ben', 3, keyThree))).code).toBe('unreadable')
    const next = { epoch: 3, key: keyThree ?? '', stays: ({ actor }: { actor: string }) => actor !== 'ben' }
    await enter(await beginEpoch(project, next, await deviceSigner('d-ana'), webVerifier, handOf('ana')), 'ana')
    expect(await append('ana', 'sealed/comments', item('sealed/comments', 3, keyThree))).toBe('saved')
    expect((await ask(serving, 'GET', `/team/${scene.project}/keys`, headersOf('ben'))).status).toBe(404)
    // A browser that was lost and revoked is no different.
    expect(await devicesHeld()).toContain('d-ana')
    expect((await ask(serving, 'DELETE', '/account/devices/d-ana', headersOf('ana'))).status).toBe(200)
    expect(await devicesHeld()).not.toContain('d-ana')
    expect(await append('olga', 'sealed/comments', item('sealed/comments', 3, keyThree, scene.project, 'later'))).toBe(
      'stale-epoch',
    )
  })

  test('what comes behind the end of the sharing is not kept, in the same breath neither', async () => {
    await enter(await entryOf(['olga'], 4, another))
    expect(await append('olga', 'sealed/comments', item('sealed/comments', 4, another))).toBe('saved')
    const end = await withdrawPrivate(project, signerOf(scene.team, 'olga'), webVerifier, handOf('olga'))
    if (!end.ok) throw new Error(end.problem)
    const client = await TestClient.open(serving, scene.project, headersOf('olga'))
    const fresh = end.project.ledger.slice(project.ledger.length)
    const [ended, queued] = await Promise.all([
      client.append('ledger', textOf(fresh)),
      client.append('sealed/comments', item('sealed/comments', 4, another, scene.project, 'queued')),
    ])
    expect([ended.kind, queued.kind === 'refused' && queued.code]).toEqual(['saved', 'not-shared'])
    client.close()
  })

  test('keys that no page named and papers that do not stand go after a day, and nothing else does', async () => {
    const { sharing } = await sharingIn(project, project.ledger, webVerifier)
    const held = async () =>
      (await database.query(scene.project, 'wraps-held', [scene.project])).map(
        ({ epoch, device, key }) => `${epoch} ${device} ${key}`,
      )
    const before = await held()
    const isOver = [`2 d-olga ${keyThree}`, `2 ${newPaper} ${keyTwo}`]
    expect(before).toEqual(expect.arrayContaining(isOver))
    const afterHours = (hours: number) =>
      new KeyHolders({
        project: scene.project,
        database,
        directory: { ownersOf: () => [{ person: 'p', key: '', isRevoked: false }], personOfActor: () => null },
        gate: { grants: [], rolesOf: () => null, sharing: async () => sharing },
        isMember: () => true,
        now: () => Date.now() + hours * 3_600_000,
      })
    await afterHours(23).dropLeftOver()
    expect(await held()).toEqual(before)
    await afterHours(25).dropLeftOver()
    expect(await held()).toEqual(before.filter((each) => !isOver.includes(each)))
    expect(await held()).toContain(`1 ${paper} ${keyOne}`)
  })
})
