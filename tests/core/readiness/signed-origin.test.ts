/** Where a file comes from, signed: who may, what it binds, and that nobody without the key says it. */
import { webcrypto } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { enrolKey } from '../../../src/core/project/review/review-steps.ts'
import type { Signer } from '../../../src/core/project/signing/signature.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { withInput } from '../../../src/core/readiness/kept-files/keep-input.ts'
import { originOf, originSigned, signOrigin } from '../../../src/core/readiness/kept-files/signed-origin.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject, withUnsignedFile } from './ready-project.ts'

const hand = { device: 'd7', actor: 'ilse-brandt', wall: '2026-07-19T10:00:00+02:00' }
const person = { name: 'Ilse Brandt', role: 'nurse lead', from: 'minutes of the steering committee' }
const ready = readyProject([])
const text = new TextDecoder().decode(ready.other.get(inputPath('goals'))).replace('calls', 'visits')
const bare = withUnsignedFile(ready, 'goals', text)

let signer: Signer
let keyed: Project

beforeAll(async () => {
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty = '', crv = '', x = '', y = '' } = await webcrypto.subtle.exportKey('jwk', pair.publicKey)
  signer = {
    publicKey: { kty, crv, x, y },
    sign: async (bytes) =>
      new Uint8Array(await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes)),
  }
  const { actor, device, wall: created } = hand
  const file = { id: 'ilse', actor, device, created, name: person.name, role: person.role, publicKey: signer.publicKey }
  keyed = enrolKey(bare, file, hand)
})

const goals = (project: Project, verification: { readonly broken: string | null } = verified) =>
  assess(project, asOf, null, criteria, verification)
    .phases.flatMap((phase) => phase.criteria)
    .find(({ criterion }) => criterion.code === 'readiness/goals-measured')

/** V6 as `verify` says it. */
const roles = async (project: Project) =>
  (await verifyProject(saveProject(project), webVerifier))?.checks.find(({ id }) => id === 'V6')

test('a signature over the file as it is makes the criterion proven and says who, what and where from', async () => {
  expect(goals(keyed)?.state).toBe('claimed')
  const step = await signOrigin(keyed, 'goals', person, signer, hand)
  if (!step.ok) throw new Error(step.problem)
  const own = goals(step.project)
  expect(own?.state).toBe('proven')
  expect(own?.evidence[0]?.origin).toMatchObject({
    kind: 'signed',
    by: 'Ilse Brandt',
    role: 'nurse lead',
    from: person.from,
    edits: 0,
  })
  expect((await roles(step.project))?.ok).toBe(true)
  const edited = withInput(step.project, 'goals', text.replace('visits', 'letters'), {
    whole: false,
    hide: (number) => number,
    hand,
    reason: 'a slip',
  })
  expect(goals(edited)?.reason).toContain('Typed in goals.csv by Ilse Brandt, nurse lead, 19-Jul-2026; not signed since: “')
  expect(goals(edited)?.reason).toContain('reason “a slip”')
  const again = await signOrigin(edited, 'goals', person, signer, hand)
  if (!again.ok) throw new Error(again.problem)
  expect(goals(again.project)?.evidence[0]?.origin).toMatchObject({ kind: 'signed', edits: 1 })
})

test.each([
  ['nobody who gave a name', { hand: { ...hand, actor: 'unnamed' } }, 'Say who signs: the board prints the name.'],
  ['no role', { said: { ...person, role: ' ' } }, 'A signature names a person and a role.'],
  [
    'no origin',
    { said: { ...person, from: '' } },
    'Say where the file comes from: a system and its export, or who kept the list.',
  ],
  [
    'another name than that of the key',
    { said: { ...person, name: 'Somebody Else' } },
    'This can not be signed: it is printed as Somebody Else, and its key was enrolled for Ilse Brandt.',
  ],
  [
    'somebody whose key is not enrolled',
    { hand: { ...hand, actor: 'tomas-reyl' } },
    'This can not be signed: its key was not enrolled by that person before.',
  ],
  ['a file that is not there', { kind: 'none' }, 'There is no file to sign for.'],
] as const)('%s signs for nothing', async (_, parts, problem) => {
  const by = 'hand' in parts ? parts.hand : hand
  const said = 'said' in parts ? parts.said : person
  const project = 'kind' in parts ? { ...keyed, other: new Map() } : keyed
  expect(await signOrigin(project, 'goals', said, signer, by)).toEqual({ ok: false, problem })
})

test('a signed origin that was rewritten, or carried over from another file, does not count and fails verification', async () => {
  const step = await signOrigin(keyed, 'goals', person, signer, hand)
  if (!step.ok) throw new Error(step.problem)
  const forged = (change: object): Project => ({
    ...step.project,
    ledger: step.project.ledger.map((entry) => {
      const origin = entry.action === originSigned && entry.actor === hand.actor ? originOf(entry) : null
      if (!origin) return entry
      const payload = { ...origin, ...change }
      return { ...entry, payload, digest: digestOf(payload), object: payload.path }
    }),
  })
  for (const change of [{ from: 'the vendor' }, { role: 'owner' }, { edits: 9 }]) {
    const verdict = await roles(forged(change))
    expect(verdict).toMatchObject({ ok: false, why: expect.stringContaining('its signature is not valid') })
    expect(goals(forged(change), { broken: verdict?.why ?? '' })?.state).toBe('claimed')
  }
  expect(goals(forged({ file: digestOf('other') }))?.state).toBe('claimed')
  expect(goals(forged({ path: 'readiness/needs.csv' }))?.state).toBe('claimed')
})
