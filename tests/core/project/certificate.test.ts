import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { certificateOf, certificateText } from '../../../src/core/project/certificate.ts'
import { signaturesOf } from '../../../src/core/project/coverage.ts'
import { leaksOf } from '../../../src/core/project/leaks.ts'
import { openProject } from '../../../src/core/project/open.ts'
import { saveProject } from '../../../src/core/project/save.ts'
import { signaturePayload } from '../../../src/core/project/signature.ts'
import { meaningSentence, statementText } from '../../../src/core/review/statement.ts'
import { exampleSigner, signedFiles, signedProject, words } from './review-walk.ts'

const signer = await exampleSigner()
const project = await signedProject(signer)

test('the certificate comes from the signed payload alone: the same bytes before and after saving', async () => {
  const [before] = signaturesOf(project)
  const { project: reopened } = openProject(saveProject(project))
  const [after] = reopened ? signaturesOf(reopened) : []
  if (!before || !after) throw new Error('not signed')
  const text = certificateText(certificateOf(before.payload))
  expect(certificateText(certificateOf(after.payload))).toBe(text)
  for (const part of [
    'Riverside Clinic: MedTrack to OpenChart',
    'Dr. Rita Haas, Reviewer. Reviewed the records. 02-Mar-2026 10:15 +01:00',
    'Seed 01234567890123456789, rolled by r-haas and a-keller after the list of records was committed. Drawn once.',
    '0 harmful, 0 wrong, 0 undecided.',
    `ledger head ${before.payload.head.digest}`,
    'By itself it does not prove who signed',
    'readers miss nothing',
  ])
    expect(text).toContain(part)
})

test('the statement says what was read, what it proves and what stays open', () => {
  const { claims, progress, population } = signaturePayload(project, words)
  const facts = {
    legacy: 'MedTrack',
    target: 'OpenChart',
    covers: ['Allergies'],
    population,
    progress,
    claims,
    openFindings: 2,
    runNumber: 1,
  }
  expect(meaningSentence('approval', facts)).toBe('I approve carrying over Allergies from MedTrack to OpenChart.')
  const text = statementText('review', facts)
  expect(text.startsWith('I reviewed these records. The sample was drawn from 40 records of MedTrack')).toBe(true)
  expect(text).toContain('The claim "at most 10 %" holds. With 95 % confidence')
  expect(text.endsWith('It speaks about run #1. 2 critical findings or errors are open.')).toBe(true)
})

test('nothing of a person leaves private/: a canary is found outside and overlooked inside', async () => {
  const files = await signedFiles(signer)
  expect(leaksOf(files, ['CANARY-SORENSEN', 'Müller-Canary'])).toEqual([])
  const inside = new Map(files).set('private/roster.json', utf8('{"h": "CANARY-SORENSEN"}'))
  expect(leaksOf(inside, ['CANARY-SORENSEN'])).toEqual([])
  const escaped = new Map(files).set('runs/x/summary.json', utf8('{"place": "M\\u00fcller-Canary"}'))
  expect(leaksOf(escaped, ['Müller-Canary'])).toEqual([{ path: 'runs/x/summary.json', text: 'Müller-Canary' }])
  const named = new Map(files).set('mapping/CANARY-SORENSEN.csv', utf8(''))
  expect(leaksOf(named, ['CANARY-SORENSEN'])).toHaveLength(1)
  expect(() => leaksOf(files, ['M'])).toThrow('too short')
})
