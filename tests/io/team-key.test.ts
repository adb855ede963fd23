/** Keys of a team: what a wrap is bound to, what an item is bound to, and the printed key. */
import { expect, test } from 'vitest'
import { canonicalJson, utf8 } from '../../src/core/canonical.ts'
import { readKeyWrap, recoveryDeviceOf, type WrapPlace } from '../../src/core/team/sealed/key-wrap.ts'
import { isMembers, parseJson } from '../../src/core/values/json.ts'
import { openItem, sealItem } from '../../src/io/keys/sealed-item.ts'
import {
  commitmentOf,
  generateSealPair,
  makeRecovery,
  newTeamKey,
  openRecovery,
  openWrap,
  sealKeyOf,
  wrapFor,
} from '../../src/io/keys/team-key.ts'

const project = 'p-1'
async function scene() {
  const [teamKey, pair] = [newTeamKey(), await generateSealPair()]
  const place: WrapPlace = { project, epoch: 2, device: 'd-ana', key: await commitmentOf(teamKey, project, 2) }
  return { teamKey, pair, place, wrap: await wrapped(teamKey, place, await sealKeyOf(pair)) }
}

async function wrapped(...asked: Parameters<typeof wrapFor>): Promise<string> {
  const wrap = await wrapFor(...asked)
  if (wrap === null) throw new Error('no wrap')
  return wrap
}

test('a wrap opens for its device alone, and the private half of a device can not be taken out', async () => {
  const { teamKey, pair, place, wrap } = await scene()
  expect(await openWrap(wrap, pair.privateKey, place)).toEqual(teamKey)
  expect(await openWrap(wrap, (await generateSealPair()).privateKey, place)).toBeNull()
  await expect(crypto.subtle.exportKey('jwk', pair.privateKey)).rejects.toThrow()
})

test('a wrap of another project, epoch, device or key opens nothing, also where its words were changed to fit', async () => {
  const { pair, place, wrap } = await scene()
  const others: readonly Partial<WrapPlace>[] = [
    { project: 'p-2' },
    { epoch: 1 },
    { epoch: 3 },
    { device: 'd-ben' },
    { key: 'a'.repeat(64) },
  ]
  let opened = 0
  for (const other of others) {
    const asked = { ...place, ...other }
    if ((await openWrap(wrap, pair.privateKey, asked)) !== null) opened++
    const read = parseJson(wrap)
    const changed = canonicalJson({ ...(read.ok && isMembers(read.value) ? read.value : {}), ...other })
    if ((await openWrap(changed, pair.privateKey, asked)) !== null) opened++
    if ((await openWrap(changed, pair.privateKey, place)) !== null) opened++
  }
  expect(opened).toBe(0)
  console.log(`wraps: ${others.length * 3} of another project, epoch, device or key, ${opened} opened`)
})

test('a key that the ledger does not name is not taken, whoever wrapped it', async () => {
  const { pair, place } = await scene()
  // The server knows every public key and could wrap one of its own under the right words.
  const foreign = await wrapped(newTeamKey(), place, await sealKeyOf(pair))
  expect(readKeyWrap(foreign)?.key).toBe(place.key)
  expect(await openWrap(foreign, pair.privateKey, place)).toBeNull()
})

test('nothing is wrapped for what is no key', async () => {
  const { teamKey, place } = await scene()
  for (const key of [null, 'x', {}, { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }])
    expect(await wrapFor(teamKey, place, key)).toBeNull()
})

test('an item opens in its project, stream and epoch alone, and not with one byte changed', async () => {
  const { teamKey } = await scene()
  const place = { project, stream: 'sealed/comments', epoch: 1, key: await commitmentOf(teamKey, project, 1) }
  const files = new Map([['private/talk.jsonl', utf8('Ada Q. Plantagenet\n')]])
  const item = await sealItem(place, teamKey, files)
  expect(new TextDecoder().decode(item)).not.toContain('Plantagenet')
  const mine = (epoch: number, key: string) => (epoch === 1 && key === place.key ? teamKey : null)
  expect(await openItem(item, place, mine)).toEqual({ kind: 'opened', files })
  expect(await openItem(item, { ...place, stream: 'sealed/roster' }, mine)).toEqual({ kind: 'broken' })
  expect(await openItem(item, { ...place, project: 'p-2' }, mine)).toEqual({ kind: 'broken' })
  expect(await openItem(item, place, () => null)).toEqual({ kind: 'closed', epoch: 1, key: place.key })
  expect(await openItem(item, place, () => newTeamKey())).toEqual({ kind: 'broken' })
  for (let at = 0; at < item.length; at += 7) {
    const changed = item.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    expect((await openItem(changed, place, () => teamKey)).kind, `byte ${at}`).not.toBe('opened')
  }
  expect((await openItem(item.slice(0, -1), place, mine)).kind).toBe('broken')
  // The same again is another item under another key.
  expect(await sealItem(place, teamKey, files)).not.toEqual(item)
})

test('the printed key opens what was wrapped for it, and no other key does', async () => {
  const { recovery, printed } = await makeRecovery(project)
  const teamKey = newTeamKey()
  const device = recoveryDeviceOf(recovery.key)
  const place = { project, epoch: 1, device, key: await commitmentOf(teamKey, project, 1) }
  const wrap = await wrapped(teamKey, place, recovery.key)
  const key = await openRecovery(recovery, printed.toLowerCase().replaceAll('-', ' '), project)
  expect(key && (await openWrap(wrap, key, place))).toEqual(teamKey)
  expect(await openRecovery(recovery, (await makeRecovery(project)).printed, project)).toBeNull()
  expect(await openRecovery(recovery, printed, 'p-2')).toBeNull()
  expect(await openRecovery(recovery, 'nonsense', project)).toBeNull()
})
