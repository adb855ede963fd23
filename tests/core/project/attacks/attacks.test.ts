import { expect, test } from 'vitest'
import { record } from '../../../../src/core/project/acts/hand.ts'
import { openProject } from '../../../../src/core/project/format/open.ts'
import type { ProjectFiles } from '../../../../src/core/project/format/project.ts'
import { headOf } from '../../../../src/core/project/ledger/head.ts'
import { signatureFault } from '../../../../src/core/project/signing/check-signatures.ts'
import { signHead } from '../../../../src/core/project/signing/signed-heads.ts'
import { signaturesOf } from '../../../../src/core/project/verify/coverage.ts'
import { redactedAct, redactedFiles } from '../../../../src/core/project/verify/redacted.ts'
import { ledgerStanding, pageStanding } from '../../../../src/core/project/verify/standing.ts'
import { type VerifyReport, verifyProject } from '../../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../../src/io/keys/signature-web.ts'
import { exampleSigner } from '../review-walk.ts'
import type { Attack, Target } from './attack.ts'
import { clinic, handOf } from './clinic.ts'
import { documentAttacks } from './document-attacks.ts'
import { entryAttacks } from './entry-attacks.ts'
import { hazardAttacks } from './hazard-attacks.ts'
import { signatureAttacks } from './signature-attacks.ts'
import { entriesOf, opened } from './tools.ts'

const attacks: readonly Attack[] = [...entryAttacks, ...signatureAttacks, ...documentAttacks, ...hazardAttacks]
const now = '2026-03-02T12:00:00Z'
const target = await targetOf()

async function targetOf(): Promise<Target> {
  const own = await clinic('p-riverside')
  const handing = record(own.project, [redactedAct(own.project)], handOf('owner', 50))
  const committee = redactedFiles(await signHead(handing, 'd-owner', own.keys.owner.device))
  return { ...own, forger: await exampleSigner(), other: await clinic('p-hillside', own.keys), committee }
}

async function report(files: ProjectFiles, expectedHead?: string): Promise<VerifyReport | null> {
  return await verifyProject(files, webVerifier, { now, ...(expectedHead === undefined ? {} : { expectedHead }) })
}

const failing = (of: VerifyReport | null): readonly string[] =>
  of?.checks.filter((check) => !check.ok).map(({ id }) => id) ?? ['unreadable']

/** The ledger page and every certificate page, from the functions that they show, against what verify says. */
async function pagesThatDisagree(files: ProjectFiles, said: VerifyReport | null, name: string): Promise<readonly string[]> {
  const ledger = ledgerStanding(said ?? 'The project can not be read.')
  const { project } = openProject(files)
  const kinds = [ledger.kind]
  const { id = '' } = project?.manifest ?? {}
  for (const signature of project ? signaturesOf(project) : []) {
    const at = project?.ledger.indexOf(signature.entry) ?? -1
    const fault = await signatureFault({ id, keys: project?.keys ?? [] }, project?.ledger ?? [], at, webVerifier)
    kinds.push(pageStanding(said ?? '', fault, signature.coverage).kind)
  }
  // Of a committee's file nobody can say whether its pages cover the present data.
  const isGood = said !== null && said.standing !== 'refused'
  const agree = isGood
    ? kinds.every((kind) => kind === 'holds' || (said.standing === 'partly' && kind === 'earlier'))
    : kinds.every((kind) => kind !== 'holds')
  return agree ? [] : [`${name}: verify ${said?.standing}, pages ${kinds.join(', ')}`]
}

test('the clinic and its committee’s file verify, the second as far as it goes', async () => {
  for (const files of [target.files, target.before.approval, target.before.reading, target.other.files])
    expect(await report(files)).toMatchObject({ standing: 'verified', cannotProve: [] })
  const handed = await report(target.committee)
  expect([failing(handed), handed?.standing]).toEqual([[], 'partly'])
  expect(handed?.cannotProve.join(' ')).toContain('Verdicts are not in this file')
})

test('every manipulation of the table is refused and named, or only a known head can tell', async () => {
  const names = attacks.map(({ what, how }) => `${what}: ${how}`)
  expect(new Set(names).size).toBe(names.length)
  const left: string[] = []
  const wrong: string[] = []
  const disagreeing: string[] = []
  let byHead = 0
  for (const [at, { named, does, onlyByHead, committee }] of attacks.entries()) {
    const genuine = committee ? target.committee : target.files
    const files = await does(target)
    const said = await report(files)
    const alone = failing(said)
    const known = failing(await report(files, headOf(entriesOf(genuine)).digest))
    disagreeing.push(...(await pagesThatDisagree(files, said, names[at] ?? '')))
    if (known.length > 0) byHead++
    else wrong.push(`not refused with a known head: ${names[at]}`)
    if (alone.length === 0) left.push(`${names[at]}: ${onlyByHead ?? 'no reason is given'}`)
    if ((alone.length === 0) !== (onlyByHead !== undefined)) wrong.push(`${names[at]}: ${alone.join(', ') || 'not refused'}`)
    if (!(onlyByHead === undefined ? alone : known).includes(named))
      wrong.push(`${names[at]}: named by ${alone.join(', ')}, not by ${named}`)
  }
  const refused = attacks.length - left.length
  console.log(
    `${attacks.length} manipulations: ${refused} refused without a known head (${((100 * refused) / attacks.length).toFixed(1)} %)`,
  )
  console.log(`${byHead} of ${attacks.length} manipulations refused with a known head`)
  for (const line of left) console.log(`manipulations that only a known head tells: ${line}`)
  console.log(`${disagreeing.length} of ${attacks.length} manipulations on which ledger page, certificate and verify disagree`)
  expect(wrong).toEqual([])
  expect(disagreeing).toEqual([])
  expect(attacks.length).toBeGreaterThanOrEqual(90)
  expect(refused / attacks.length).toBeGreaterThanOrEqual(0.95)
  expect(byHead).toBe(attacks.length)
})

test('the manipulations start from files that the product reads as they were written', () => {
  expect(opened(target.files).ledger).toEqual(target.project.ledger)
})
