/** Who is removed opens nothing sealed later; who comes late opens what they may. Against the real server, on both databases. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { KeyRing } from '../../../../src/app/team/private/key-ring.ts'
import { paths } from '../../../../src/core/project/format/documents.ts'
import { readItemHeader } from '../../../../src/core/team/sealed/item-header.ts'
import { recoveryDeviceOf } from '../../../../src/core/team/sealed/key-wrap.ts'
import { openItem } from '../../../../src/io/keys/sealed-item.ts'
import { openWrap } from '../../../../src/io/keys/team-key.ts'
import type { TeamServing } from '../../../../src/team/server/team-server.ts'
import { bytesIn, countIn, type Database, textIn } from '../../../../src/team/store/database.ts'
import { ask } from '../../../team/client.ts'
import { onBoth } from '../../../team/databases.ts'
import { startServing } from '../real-server.ts'
import type { Member } from './member.ts'
import { newScene, type Scene, said, share } from './scene.ts'

onBoth('sealed parts', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let scene: Scene
  let [olga, ana, ben]: Member[] = []
  let printed = ''

  beforeAll(async () => {
    const place = newPlace()
    database = await place.open()
    serving = await startServing(database, place.folder)
    scene = await newScene(serving, database)
    ;[olga, ana, ben] = ['olga', 'ana', 'ben'].map((name) => scene.sit(name))
  })
  afterAll(async () => {
    scene?.end()
    await serving?.close()
    await database?.close()
  })

  const until = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 50 })
  const seat = (member: Member | undefined): Member => {
    if (!member) throw new Error('nobody sits there')
    return member
  }
  const stored = async (from = 0) =>
    (await database.query(scene.project, 'items-after', [scene.project, 'sealed/comments', from, 500, 100_000_000])).map(
      (row) => ({ seq: countIn(row, 'seq'), body: new Uint8Array(bytesIn(row, 'body')) }),
    )

  test('nothing leaves before it is shared; shared, it comes to those who were named and to nobody else', async () => {
    const [owner, analyst, nurse] = [seat(olga), seat(ana), seat(ben)]
    await analyst.write(paths.talk, said('c1', 'ana', 'Only here so far'))
    await until(() => expect(owner.session.state.judged?.possible.length).toBeGreaterThan(3))
    await analyst.session.settled()
    expect(await stored()).toHaveLength(0)
    printed = (await share(scene, owner, ['olga', 'ana', 'ben'])) ?? ''
    await until(() => expect(nurse.text(paths.talk)).toContain('Only here so far'))
    await until(() => expect(owner.text(paths.talk)).toContain('Only here so far'))
    const cyd = scene.sit('cyd')
    await until(() => expect(cyd.session.state.closed).toBe(1))
    expect([cyd.text(paths.talk), cyd.session.state.hasKey]).toEqual(['', false])
    cyd.close()
  })

  test('who is removed opens nothing that is sealed later, with every key and wrap there is', async () => {
    const [owner, analyst, nurse] = [seat(olga), seat(ana), seat(ben)]
    const before = (await stored()).length
    const kept = nurse.session.ring
    const gone = await ask(serving, 'DELETE', `/team/${scene.project}/members/${scene.ids.get('ben')}`, scene.adminHeaders)
    expect(gone.status).toBe(200)
    const count = 12
    let text = analyst.text(paths.talk)
    for (let n = 0; n < count; n++) {
      text += said(`later-${String(n).padStart(2, '0')}`, 'ana', `Said after, number ${n}`)
      await analyst.write(paths.talk, text)
      await analyst.session.settled()
    }
    await until(() => expect(owner.text(paths.talk)).toContain(`Said after, number ${count - 1}`))
    const later = await stored(before)
    expect(later.length).toBeGreaterThan(0)
    expect(new Set(later.map(({ body }) => readItemHeader(body)?.header.epoch))).toEqual(new Set([2]))
    // All that the database holds, tried with the keys that ben has, and with the private half of his device.
    const pair = scene.team.pairs.get('d-ben')
    const wraps = await database.query(scene.project, 'wraps-held', [scene.project])
    expect(wraps.filter((row) => textIn(row, 'device') === 'd-ben' && countIn(row, 'epoch') > 1)).toHaveLength(0)
    let opened = 0
    for (const { body } of later) {
      const place = { project: scene.project, stream: 'sealed/comments' }
      for (const row of wraps) {
        const key = kept.keyOf({ epoch: countIn(row, 'epoch'), key: textIn(row, 'key') })
        if (key && (await openItem(body, place, () => key)).kind === 'opened') opened++
      }
    }
    for (const wrap of (await owner.standing()).wraps)
      for (const epoch of [1, 2])
        for (const device of ['d-ben', 'd-olga', recoveryDeviceOf(owner.session.state.sharing?.page.recovery.key ?? null)]) {
          const key = readKey(wrap)
          if (pair && (await openWrap(wrap, pair.privateKey, { project: scene.project, epoch, device, key }))) opened++
        }
    expect(opened).toBe(0)
    expect(nurse.text(paths.talk)).not.toContain('Said after')
    console.log(
      `team removed-member (${database.kind}): ${later.length} items sealed after the removal, ${opened} opened by who was removed, ${count} of ${count} comments with those who stay`,
    )
  })

  test('who comes late gets the keys from whoever is there, and reads from where the owner said', async () => {
    const [owner, analyst] = [seat(olga), seat(ana)]
    const cyd = scene.sit('cyd')
    await share(scene, owner, ['olga', 'ana', 'cyd'])
    await until(() => expect(cyd.text(paths.talk)).toContain('Said after, number 0'))
    expect(cyd.text(paths.talk)).toContain('Only here so far')
    await until(() => expect(cyd.session.state.closed).toBe(0))
    await analyst.write(paths.talk, analyst.text(paths.talk) + said('c9', 'ana', 'And one more'))
    await until(() => expect(cyd.text(paths.talk)).toContain('And one more'))
  })

  test('the printed key opens everything on a browser that was never named', async () => {
    const owner = seat(olga)
    const { sharing } = owner.session.state
    if (!sharing) throw new Error('not shared')
    const paper = new KeyRing(scene.project)
    expect(await paper.recover(await owner.standing(), sharing, 'AAAA-BBBB')).toContain('not the recovery key')
    expect(paper.epochsOf(sharing)).toEqual([])
    expect(await paper.recover(await owner.standing(), sharing, printed)).toBeNull()
    expect(paper.epochsOf(sharing)).toEqual([1, 2])
  })
})

function readKey(wrap: string): string {
  return (JSON.parse(wrap) as { key: string }).key
}
