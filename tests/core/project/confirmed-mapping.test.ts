import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { readMapping } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { grantRole } from '../../../src/core/project/duties/grant-role.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { confirmationBy, confirmationOf, decidesOtherwise } from '../../../src/core/project/review/confirmed-mapping.ts'
import { lockPlan } from '../../../src/core/project/review/review-steps.ts'
import { signaturesOf } from '../../../src/core/project/verify/coverage.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { withDevices } from './device-keys.ts'
import { exampleProject } from './example-project.ts'
import { exampleFrame, examplePlan, exampleSigner, hand, signedProject } from './review-walk.ts'

const head = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
const line = (status: string, target = 'AllergyIntolerance.code') => `allergies,CODE,copy,,${target},no,${status},,r-haas`
const mappingOf = (lines: readonly string[], codes = 'A1,Penicillin,sct,764146007,equivalent') =>
  readMapping(
    new Map([
      ['mapping/fields.csv', utf8(`${[head, ...lines].join('\n')}\n`)],
      ['mapping/values/allergens.csv', utf8(`source_code,source_display,target_system,target_code,relationship\n${codes}\n`)],
    ]),
  ).mapping

test('a plan is locked over the mapping that somebody confirmed, and over no other', () => {
  const frame = exampleFrame()
  const project = exampleProject()
  expect(confirmationOf(project)).toBeNull()
  expect(lockPlan(project, examplePlan(frame), frame, hand).ok).toBe(true)
  const changed: Project = { ...project, mapping: new Map([['mapping/fields.csv', `${head}\n${line('confirmed')}\n`]]) }
  const refused = lockPlan(changed, examplePlan(frame), frame, hand)
  expect(refused.ok ? '' : refused.problem).toContain('nobody stands for it')
  const entry = confirmationOf(changed)
  if (!entry) throw new Error('nothing to confirm')
  expect(lockPlan(record(changed, [entry], hand), examplePlan(frame), frame, hand).ok).toBe(true)
  // Going back to the earlier mapping is a decision, too.
  expect(confirmationOf({ ...record(changed, [entry], hand), mapping: project.mapping })).not.toBeNull()
  expect(confirmationOf({ ...project, mapping: new Map() })).toBeNull()
})

test('nobody stands for a mapping without a name, or without a role for it', async () => {
  const frame = exampleFrame()
  const changed: Project = { ...exampleProject(), mapping: new Map([['mapping/fields.csv', `${head}\n${line('confirmed')}\n`]]) }
  const entry = confirmationOf(changed)
  if (!entry) throw new Error('nothing to confirm')
  const unnamed = { ...hand, actor: 'unnamed' }
  expect(confirmationBy(changed, unnamed)).toBeNull()
  expect(confirmationBy(changed, hand)).toEqual(entry)
  // Early versions wrote such entries: they let no plan be locked, and verification says that nobody was named.
  const nobodys = record(changed, [entry], unnamed)
  expect(lockPlan(nobodys, examplePlan(frame), frame, hand).ok).toBe(false)
  const v6 = (await verifyProject(saveProject(nobodys), webVerifier))?.checks.find(({ id }) => id === 'V6')
  expect(v6?.why).toContain('before anybody said who worked there')
  const signer = await exampleSigner()
  const creator = { ...hand, actor: 'a-keller' }
  const grant = { actor: creator.actor, device: creator.device, role: 'admin' as const, key: digestOf(signer.publicKey) }
  const underRoles = await grantRole(await withDevices(changed, creator), grant, signer, webVerifier, creator)
  if (!underRoles.ok) throw new Error(underRoles.problem)
  expect(confirmationBy(underRoles.project, hand)).toBeNull()
  expect(confirmationBy(underRoles.project, creator)).toBeNull()
})

test('deciding about a line or a code is somebody’s word, a suggestion is nobody’s', () => {
  const before = mappingOf([line('confirmed')])
  expect(decidesOtherwise(before, mappingOf([line('confirmed')]))).toBe(false)
  expect(decidesOtherwise(before, mappingOf([line('confirmed'), line('suggested', 'AllergyIntolerance.note')]))).toBe(false)
  expect(decidesOtherwise(before, mappingOf([line('suggested')]))).toBe(true)
  expect(decidesOtherwise(before, mappingOf([line('confirmed', 'AllergyIntolerance.note')]))).toBe(true)
  expect(decidesOtherwise(before, mappingOf([line('confirmed')], 'A1,Penicillin,sct,91936005,equivalent'))).toBe(true)
})

test('a changed mapping leaves the signature behind and says so; one that nobody confirmed does not verify', async () => {
  const signer = await exampleSigner()
  const signed = await signedProject(signer)
  expect(signaturesOf(signed).at(-1)?.coverage.covers).toBe('current')
  const changed: Project = { ...signed, mapping: new Map([['mapping/fields.csv', `${head}\n`]]) }
  expect(
    signaturesOf(changed)
      .at(-1)
      ?.coverage.changed.map(({ sentence }) => sentence),
  ).toEqual(['The mapping changed after signing: not covered.'])
  const failing = async (project: Project) =>
    (await verifyProject(saveProject(project), webVerifier))?.checks.filter(({ ok }) => !ok).map(({ id, why }) => `${id} ${why}`)
  expect(await failing(signed)).toEqual([])
  expect(await failing(changed)).toEqual(['V9 The mapping changed after signing: not covered.'])
  // The ledger names another mapping, then a signature stands over this one all the same.
  const [first, ...rest] = signed.ledger
  if (!first) throw new Error('no ledger')
  const others = rest.map((entry) => (entry.action === 'mapping-confirmed' ? { ...entry, digest: 'sha256:ee' } : entry))
  expect(await failing({ ...signed, ledger: [first, ...others] })).toContain(
    'V8 A signature stands over a mapping that no named person had confirmed by then.',
  )
})
