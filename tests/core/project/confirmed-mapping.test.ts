import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { readMapping } from '../../../src/core/data/crosswalk/mapping.ts'
import { confirmationOf, decidesOtherwise } from '../../../src/core/project/confirmed-mapping.ts'
import { signaturesOf } from '../../../src/core/project/coverage.ts'
import type { Project } from '../../../src/core/project/project.ts'
import { lockPlan, record } from '../../../src/core/project/review-steps.ts'
import { saveProject } from '../../../src/core/project/save.ts'
import { verifyProject } from '../../../src/core/project/verify.ts'
import { webVerifier } from '../../../src/io/signature-web.ts'
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
    'V8 A signature stands over a mapping that nobody had confirmed by then.',
  )
})
