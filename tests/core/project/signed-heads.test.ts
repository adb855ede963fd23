import { expect, test } from 'vitest'
import { fromBase64url, toBase64url } from '../../../src/core/base64url.ts'
import { digestOf } from '../../../src/core/canonical.ts'
import { type Hand, record } from '../../../src/core/project/acts/hand.ts'
import { quarantine } from '../../../src/core/project/copies/quarantine.ts'
import { grantRole } from '../../../src/core/project/duties/grant-role.ts'
import type { Role } from '../../../src/core/project/duties/roles.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { hashOf } from '../../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../../src/core/project/ledger/ledger.ts'
import { isLowS, lowS } from '../../../src/core/project/signing/low-s.ts'
import { type Signer, signJson } from '../../../src/core/project/signing/signature.ts'
import { keyDevice, signHead } from '../../../src/core/project/signing/signed-heads.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { allSigned, deviceSigner, withDevices } from './device-keys.ts'
import { exampleProject } from './example-project.ts'
import { exampleSigner, ok } from './review-walk.ts'

const handOf = (actor: string, device = `d-${actor}`): Hand => ({ device, actor, wall: '2026-03-02T09:00:00+01:00' })
const admin = handOf('a-keller', 'd1')
const people: readonly (readonly [string, Role])[] = [
  ['p-data', 'data'],
  ['p-owner', 'owner'],
  ['p-reader', 'reviewer'],
]

/** A clinic with roles in force; every chain is signed. */
async function clinic(): Promise<Project> {
  const key = await exampleSigner()
  const grants = [{ ...admin, role: 'admin' as const }, ...people.map(([actor, role]) => ({ ...handOf(actor), role }))]
  let project = await withDevices(exampleProject(), ...grants)
  for (const { actor, device, role } of grants)
    project = ok(await grantRole(project, { actor, device, role, key: digestOf(key.publicKey) }, key, webVerifier, admin))
  return await allSigned(record(project, [act('verdict'), act('verdict')], handOf('p-reader')))
}

const act = (action: string) => ({ action, object: 'x', digest: null })

/** Every kind of act that an entry can be, those that the table of roles does not list included. */
const kinds =
  `verdict adjudicated calibration record-opened trap-voided traps-revealed traps-seeded run-finished source-read mapping-confirmed
  finding-accepted acceptance-withdrawn threshold-set plan-locked plan-reopened frame-committed seed-rolled sample-drawn sample-extended
  golden-chosen bundle-issued bundle-lent bundle-keyed statement merged exported fork-settled salt-set input-added input-edited input-removed
  agreed example-taken charts-listed chart-marked state-given-up reconciled`
    .split(/\s+/)
    .filter((kind) => kind !== '')

const broken = async (project: Project) =>
  (await verifyProject(saveProject(project), webVerifier))?.checks.filter((check) => !check.ok).map(({ id }) => id) ?? []

/** Another hash over the same chain: whoever changes an entry writes all that follow anew. */
function rebuilt(entries: readonly LedgerEntry[], device: string): readonly LedgerEntry[] {
  let prev = '0'.repeat(64)
  return entries.map((entry) => {
    if (entry.device !== device) return entry
    const { hash: _, ...body } = { ...entry, prev }
    const hash = hashOf(body)
    prev = hash
    return { ...body, hash }
  })
}

type Forgery = (here: Project, kind: string, forger: Signer) => Promise<Project>

const forgeries: Readonly<Record<string, Forgery>> = {
  'on a device of the forger': async (here, kind) => record(here, [act(kind)], handOf('x-forger', 'd-x')),
  'on a device of the forger, in the name of a reader': async (here, kind) =>
    record(here, [act(kind)], handOf('p-reader', 'd-x')),
  'on a device of the forger with a key of its own': async (here, kind, forger) => {
    const by = handOf('p-owner', 'd-x')
    return await signHead(record(await keyDevice(here, forger, by), [act(kind)], by), 'd-x', forger)
  },
  'at the end of the owner’s chain': async (here, kind) => record(here, [act(kind)], handOf('p-owner')),
  'at the end of the owner’s chain, its head signed by the forger': async (here, kind, forger) =>
    await signHead(record(here, [act(kind)], handOf('p-owner')), 'd-p-owner', forger),
  'in place of what a reader did': async (here, kind) => {
    const at = here.ledger.findLastIndex(({ device }) => device === 'd-p-reader')
    const ledger = here.ledger.map((entry, index) => (index === at ? { ...entry, action: kind } : entry))
    return { ...here, ledger: rebuilt(ledger, 'd-p-reader') }
  },
}

test('of acts forged in a copy without a key none is merged and none verifies', async () => {
  const here = await clinic()
  expect(await broken(here)).toEqual([])
  const forger = await exampleSigner()
  const known = new Set(here.ledger.map(({ hash }) => hash))
  const survived: string[] = []
  let tried = 0
  for (const [way, [how, forge]] of Object.entries(forgeries).entries())
    for (const [number, kind] of kinds.entries()) {
      // In CI every kind in two of the six ways.
      if (!process.env.LONG && (number + way) % 3 !== 0) continue
      if (kind === 'verdict' && how.startsWith('in place')) continue
      tried++
      const copy = await forge(here, kind, forger)
      const trusted = await quarantine(here, copy, webVerifier)
      const merged = mergeProjects(trusted.here, trusted.other)
      const came = merged.ok ? merged.project.ledger.filter(({ hash }) => !known.has(hash)) : []
      if (came.some(({ action }) => action !== 'device-keyed')) survived.push(`merged: ${kind} ${how}`)
      if ((await broken(copy)).length === 0) survived.push(`verified: ${kind} ${how}`)
      if (merged.ok && (merged.forks.length > 0 || (await broken(merged.project)).length > 0))
        survived.push(`broke the project: ${kind} ${how}`)
    }
  console.log(
    `${tried} forged acts of ${kinds.length} kinds in ${Object.keys(forgeries).length} ways: ${survived.length} survived`,
  )
  expect(survived).toEqual([])
  expect(tried).toBeGreaterThanOrEqual(process.env.LONG ? 200 : 70)
})

test('what an honest copy brings with its keys comes in', async () => {
  const here = await clinic()
  const copy = await allSigned(record(here, [act('run-finished')], handOf('p-data')))
  const trusted = await quarantine(here, copy, webVerifier)
  expect(trusted.held).toEqual([])
  const merged = mergeProjects(trusted.here, trusted.other)
  if (!merged.ok) throw new Error(merged.problem)
  expect(merged.added.entries).toBe(1)
  expect(await broken(merged.project)).toEqual([])
})

test('a chain that was cut, or whose head was exchanged, altered or left out, does not verify', async () => {
  const here = await clinic()
  const last = here.ledger.findLastIndex(({ device }) => device === 'd-p-reader')
  const cut = here.ledger.filter((_, index) => index !== last)
  const [first, ...rest] = here.heads
  if (!first) throw new Error('no head')
  const bytes = fromBase64url(first.signature) ?? new Uint8Array(64)
  const twin = toBase64url(otherS(bytes))
  const attacks: readonly (readonly [string, Project])[] = [
    ['cut', { ...here, ledger: cut }],
    ['left out', { ...here, heads: rest }],
    ['all left out', { ...here, heads: [] }],
    [
      'exchanged',
      { ...here, heads: here.heads.map((head, at) => ({ ...head, signature: here.heads.at(at - 1)?.signature ?? '' })) },
    ],
    ['the other form of the same signature', { ...here, heads: [{ ...first, signature: twin }, ...rest] }],
    ['another number', { ...here, heads: [{ ...first, seq: first.seq - 1 }, ...rest] }],
    ['of an unknown device', { ...here, heads: [...here.heads, { ...first, device: 'd-z' }] }],
  ]
  for (const [name, project] of attacks) expect([name, await broken(project)]).toEqual([name, expect.arrayContaining(['V10'])])
})

test('of two forms of a signature the smaller one counts, and both say the same', async () => {
  for (let n = 0; n < 20; n++) {
    const signer = await exampleSigner()
    const bytes = new TextEncoder().encode(`text ${n}`)
    const low = lowS(await signer.sign(bytes))
    const high = otherS(low)
    expect([isLowS(low), isLowS(high)]).toEqual([true, false])
    expect(lowS(high)).toEqual(low)
    expect(await webVerifier(signer.publicKey, low, bytes)).toBe(true)
    // The platform takes both: only the form tells that nobody rewrote it.
    expect(await webVerifier(signer.publicKey, high, bytes)).toBe(true)
  }
})

/** (r, n − s), by hand with the order of P-256. */
function otherS(signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const order = 115792089210356248762697446949407573529996955224135760342422259061068512044369n
  const s = [...signature.subarray(32)].reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const hex = (order - s).toString(16).padStart(64, '0')
  return new Uint8Array([
    ...signature.subarray(0, 32),
    ...Array.from({ length: 32 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)),
  ])
}

test('a head of an early version, which says nothing of other chains, still counts', async () => {
  const here = await clinic()
  const key = await deviceSigner('d1')
  const head = here.heads.find(({ device }) => device === 'd1')
  if (!head) throw new Error('no head')
  const { seen: _, ...bare } = head
  const words = { format: 'carryover-head/1', project: here.manifest.id, device: 'd1', seq: bare.seq, hash: bare.hash }
  const { signature } = await signJson(words, key)
  const old = { ...here, heads: here.heads.map((each) => (each.device === 'd1' ? { ...bare, signature } : each)) }
  expect(await broken(old)).toEqual([])
  // Leaving out what was seen makes a head of today none of those.
  expect(await broken({ ...here, heads: here.heads.map((each) => (each.device === 'd1' ? bare : each)) })).toContain('V10')
})

test('a project of before keys opens and verifies, and says how much of it is unsigned', async () => {
  const before = exampleProject()
  const report = await verifyProject(saveProject(before), webVerifier)
  expect(report?.checks.find(({ id }) => id === 'V10')).toMatchObject({
    ok: true,
    why: expect.stringContaining('of devices without a key are not (unsigned: no device had a key)'),
  })
  expect(saveProject(before).has('ledger-heads.json')).toBe(false)
  // Another device gets its key: what was written before stays unsigned, and the day is said.
  const joined = await signHead(
    await keyDevice(before, await deviceSigner('d2'), handOf('p-data', 'd2')),
    'd2',
    await deviceSigner('d2'),
  )
  const mixed = await verifyProject(saveProject(joined), webVerifier)
  expect(mixed?.standing).toBe('verified')
  expect(mixed?.checks.find(({ id }) => id === 'V10')?.why).toContain('(unsigned before 02-Mar-2026 or where no key is kept)')
  // Once a device has its key, everything before on its chain is covered as well.
  const keyed = await signHead(await keyDevice(before, await deviceSigner('d1'), admin), 'd1', await deviceSigner('d1'))
  const later = await verifyProject(saveProject(keyed), webVerifier)
  expect(later?.checks.find(({ id }) => id === 'V10')).toMatchObject({ ok: true, why: '1 chain is signed by its device.' })
  expect(appendEntries(keyed.ledger, [])).toEqual(keyed.ledger)
})
