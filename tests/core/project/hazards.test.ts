import { expect, test } from 'vitest'
import { sha256Hex, utf8 } from '../../../src/core/canonical.ts'
import { record, type Step } from '../../../src/core/project/acts/hand.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import type { Grade, HazardWords } from '../../../src/core/project/format/hazard-acts.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import type { RunFinding, RunSummary } from '../../../src/core/project/format/run.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { acceptHazard, addHazard, addHazards, changeHazard, closeHazard } from '../../../src/core/project/hazards/hazard-acts.ts'
import { hazardsBack, sourceStanding } from '../../../src/core/project/hazards/hazard-evidence.ts'
import { hazardsOfCause } from '../../../src/core/project/hazards/hazards-of-cause.ts'
import {
  hazardActs,
  hazardsOf,
  riskOf,
  standingActs,
  withNamedHazards,
} from '../../../src/core/project/hazards/log/hazard-log.ts'
import { reasonOf, sealedElsewhere, textsOf } from '../../../src/core/project/hazards/log/hazard-texts.ts'
import { isLogSigned, lastSafetySignature, signHazards } from '../../../src/core/project/hazards/safety-page.ts'
import { hashOf } from '../../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../../src/core/project/ledger/ledger.ts'
import { proposedHazards } from '../../../src/core/project/reports/hazard-proposals.ts'
import { hazardsCsv, hazardsMarkdown } from '../../../src/core/project/reports/hazard-report.ts'
import { worklistCsv } from '../../../src/core/project/reports/worklist-report.ts'
import {
  addVerdicts,
  drawSample,
  enrolKey,
  lockPlan,
  type ReviewAct,
  reopenPlan,
  sign as reviewSigned,
  undoVerdict,
} from '../../../src/core/project/review/review-steps.ts'
import { addLooks, worklistOf } from '../../../src/core/project/sample/worklist-file.ts'
import { payloadOf } from '../../../src/core/project/signing/signature.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject, exampleRun } from './example-project.ts'
import { drawnProject, exampleFrame, examplePlan, exampleSigner, hand, judged, ok, words as pageWords } from './review-walk.ts'
import { salts } from './salts.ts'

const finding: RunFinding = {
  code: 'data/value-list',
  severity: 'critical',
  place: 'sex',
  input: 'allergies.csv',
  count: 3,
  denominator: 2000,
  patients: 3,
  fingerprint: 'f1',
  outcome: null,
}

const words: HazardWords = {
  hazard: 'An allergy is not shown',
  cause: 'Only coded allergies are shown',
  effect: 'A drug is given that the patient does not tolerate',
  severity: 5,
  likelihood: 3,
  controls: '',
  residualSeverity: null,
  residualLikelihood: null,
  owner: 'Dr. Rita Haas',
}
const controlled: HazardWords = { ...words, controls: 'Free text is shown as well', residualSeverity: 3, residualLikelihood: 2 }

function withRun(project: Project, findings: readonly RunFinding[], change: Partial<RunSummary> = {}): Project {
  const number = project.runs.length + 1
  const run = { ...exampleRun, ...change, id: `run-${number}`, number, findings }
  const act = { action: 'run-finished', object: `runs/${run.id}/summary.json`, digest: null }
  return record({ ...project, runs: [...project.runs, run] }, [act], hand)
}

const problem = (step: Step): string => (step.ok ? 'done' : step.problem)
const only = (project: Project) => {
  const [hazard] = hazardsOf(project)
  if (!hazard) throw new Error('The log is empty.')
  return hazard
}
const failing = async (project: Project): Promise<readonly string[]> =>
  ((await verifyProject(saveProject(project), webVerifier))?.checks ?? []).flatMap(({ id, ok: stands }) => (stands ? [] : [id]))

const signer = await exampleSigner()
const who = { name: 'Dr. Rita Haas', role: 'Clinical safety officer', signer }

/** The project with the officer's key. */
function enrolled(project: Project): Project {
  const { name, role } = who
  const key = { id: 'r-haas-d1', actor: hand.actor, name, role, device: hand.device, created: hand.wall }
  return enrolKey(project, { ...key, publicKey: signer.publicKey }, hand)
}

async function sign(now: Project): Promise<Step> {
  return await signHazards(now, { name: who.name, role: who.role }, signer, hand)
}

test('the matrix is that of DCB0129 and DCB0160, and never falls with severity or likelihood', () => {
  // Minor … catastrophic, by very low, low, medium, high, very high.
  const rows = [1, 2, 3, 4, 5].map((likelihood) =>
    [1, 2, 3, 4, 5].map((severity) => riskOf(severity as Grade, likelihood as Grade)).join(' '),
  )
  expect(rows).toEqual(['1 1 2 2 3', '1 2 2 3 4', '2 2 3 3 4', '2 3 3 4 5', '3 4 4 5 5'])
})

test('one hazard is proposed per critical code of the run, once, and verified', async () => {
  const run = withRun(exampleProject(), [
    finding,
    { ...finding, place: 'status', count: 4, fingerprint: 'f2' },
    { ...finding, code: 'data/unique', severity: 'error', fingerprint: 'f3' },
  ])
  const [draft, ...others] = proposedHazards(run)
  expect(others).toEqual([])
  expect(draft?.from).toMatchObject({
    kind: 'finding',
    code: 'data/value-list',
    occurrences: 7,
    patients: 3,
    run: run.runs.length,
  })
  // 4 of 2,000 is between one in a thousand and one in a hundred.
  expect(draft?.words).toMatchObject({ severity: 4, likelihood: 3 })
  const added = ok(addHazards(run, proposedHazards(run), 'Proposed', hand, salts))
  expect(proposedHazards(added)).toEqual([])
  expect(problem(addHazards(added, proposedHazards(added), 'Again', hand, salts))).toContain('nothing to add')
  expect(await failing(added)).toEqual([])
})

const lost = (recordName: string, verdict: 'harmful' | 'wrong'): readonly ReviewAct[] => [
  {
    kind: 'difference',
    record: recordName,
    item: 'allergies:3',
    domain: 'allergies',
    class: 'lost',
    verdict,
    reason: 'missing',
    fields: [],
  },
  judged(recordName, 'first', verdict),
]

test('readers’ verdicts propose one hazard per reason and domain, which closes only when each was read again and right', async () => {
  const project = enrolled(drawnProject())
  const frame = exampleFrame()
  const planAgain = (now: Project): Project => {
    const planned = ok(lockPlan(ok(reopenPlan(now, hand)), examplePlan(frame), frame, hand))
    return ok(drawSample(planned, '98765432109876543210', ['r-haas', 'a-keller'], 'Read again after the mend', hand))
  }
  const later = new Set(planAgain(project).review.draw?.records.map(({ id }) => id))
  const [first = '', second = ''] = (project.review.draw?.records ?? []).flatMap(({ id }) => (later.has(id) ? [id] : []))
  const read = ok(addVerdicts(project, [...lost(first, 'harmful'), ...lost(second, 'wrong')], hand))
  const drafts = proposedHazards(read).filter(({ from }) => from.kind === 'verdicts')
  expect(drafts.map(({ from }) => [from.code, from.domain, from.harmful, from.wrong])).toEqual([
    ['review/missing', 'allergies', 1, 1],
  ])
  const added = ok(addHazards(read, drafts, 'Proposed', hand, salts))
  expect(problem(await closeHazard(added, drafts[0]?.id ?? '', 'Done', who, hand, salts))).toContain('2 of 2 on the worklist')
  const id = drafts[0]?.id ?? ''
  // Any later run does not do: comparing finds it gone, and a reader has to see it.
  const loaded = withRun(added, [])
  const gone = addLooks(
    loaded,
    worklistOf(loaded).rows.map(({ finding: { id: about } }) => ({ finding: about, run: 2, by: 'run', there: false })),
  )
  const compared = record(gone.project, gone.acts, hand)
  expect(problem(await closeHazard(compared, id, 'Done', who, hand, salts))).toContain('2 of 2 on the worklist')
  const again = planAgain(compared)
  const drawn = again.review.draw?.records ?? []
  const right = ok(
    addVerdicts(
      again,
      drawn.map((each) => judged(each.id)),
      hand,
    ),
  )
  expect(sourceStanding(right, only(right).from).standing).toBe('gone')
  const closed = ok(await closeHazard(right, id, 'Read again and right', who, hand, salts))
  expect(await failing(closed)).toEqual([])
  // The looks of its readers were kept with it, and one of them taken away leaves it without ground.
  expect(closed.ledger.filter(({ action }) => action === 'finding-looked-at')).toHaveLength(4)
  expect(await failing({ ...closed, review: { ...closed.review, events: closed.review.events.slice(0, -1) } })).toContain('V8')
})

test('a closing is held against what its signer had seen: a finding that comes in later brings the hazard back', async () => {
  const project = enrolled(drawnProject())
  const [first = '', second = ''] = (project.review.draw?.records ?? []).map(({ id }) => id)
  const read = ok(addVerdicts(project, lost(first, 'wrong'), hand))
  const added = ok(addHazards(read, proposedHazards(read), 'Proposed', hand, salts))
  const { id } = only(added)
  const undone = ok(undoVerdict(ok(undoVerdict(added, hand)), hand))
  const closed = ok(await closeHazard(undone, id, 'A slip of the reader', who, hand, salts))
  const elsewhere = ok(addVerdicts(added, lost(second, 'harmful'), { ...hand, device: 'd2', actor: 'm-ito' }))
  const merged = mergeProjects(closed, elsewhere)
  if (!merged.ok) throw new Error(merged.problem)
  expect(await failing(merged.project)).toEqual([])
  expect([...hazardsBack(merged.project)]).toEqual([id])
})

test('a hazard closes when a later run that looked as widely no longer finds it, and is said to be back when it is', async () => {
  const found = withRun(enrolled(exampleProject()), [finding])
  const log = ok(addHazards(found, proposedHazards(found), 'Proposed', hand, salts))
  const { id } = only(log)
  expect(problem(await closeHazard(log, id, 'Mended', who, hand, salts))).toContain('still finds it')
  const fewer = withRun(log, [], { inputs: [] })
  expect(sourceStanding(fewer, only(fewer).from)).toMatchObject({ standing: 'unlooked' })
  expect(problem(await closeHazard(fewer, id, 'Mended', who, hand, salts))).toContain('read fewer legacy files')
  const skipped = withRun(log, [], { notEvaluated: [{ what: 'data/value-list', why: 'no list' }] })
  expect(problem(await closeHazard(skipped, id, 'Mended', who, hand, salts))).toContain('did not evaluate data/value-list')
  const gone = withRun(log, [])
  const closed = ok(await closeHazard(gone, id, 'Mended in the mapping', who, hand, salts))
  expect(only(closed).status).toBe('closed')
  expect(standingActs(closed).at(-1)?.evidence).toEqual({ run: gone.runs.length, page: null })
  expect(await failing(closed)).toEqual([])
  expect([...hazardsBack(closed)]).toEqual([])
  expect([...hazardsBack(withRun(closed, [finding]))]).toEqual([id])
})

test('a residual risk is accepted only with controls and up to 3, and closes only under a signature of the log as it is', async () => {
  const project = enrolled(exampleProject())
  const added = ok(addHazard(project, words, 'Asked by the ward', hand, salts))
  const { id } = only(added)
  expect(problem(await acceptHazard(added, id, 'Fine', who, hand, salts))).toContain('judge the residual risk first')
  const high = ok(changeHazard(added, id, { ...controlled, residualSeverity: 5, residualLikelihood: 2 }, 'Judged', hand, salts))
  expect(problem(await acceptHazard(high, id, 'Fine', who, hand, salts))).toContain('must be eliminated or controlled')
  const ready = ok(changeHazard(high, id, controlled, 'Tested', hand, salts))
  expect(only(ready).status).toBe('controlled')
  const accepted = ok(await acceptHazard(ready, id, 'Nothing more can be gained', who, hand, salts))
  expect(problem(await closeHazard(accepted, id, 'Done', who, hand, salts))).toContain('no safety officer has signed')
  const page = ok(await sign(accepted))
  expect(lastSafetySignature(page.ledger)?.page.statement).toBe(
    'I, clinical safety officer, have read the hazard log of 1 hazard. 1 residual risk is accepted by me. No other risk is above acceptable.',
  )
  expect(isLogSigned(page)).toBe(true)
  const changed = ok(changeHazard(page, id, { ...controlled, owner: 'Pat' }, 'Handed over', hand, salts))
  expect([only(changed).status, isLogSigned(changed)]).toEqual(['controlled', false])
  expect(problem(await closeHazard(changed, id, 'Done', who, hand, salts))).toContain('Accept its residual risk')
  const closed = ok(await closeHazard(page, id, 'Accepted and signed', who, hand, salts))
  expect(await failing(closed)).toEqual([])
  expect(standingActs(closed).map((act) => [act.action, act.before?.status ?? null, reasonOf(closed, act)])).toEqual([
    ['hazard-added', null, 'Asked by the ward'],
    ['hazard-changed', 'open', 'Judged'],
    ['hazard-changed', 'controlled', 'Tested'],
    ['hazard-accepted', 'controlled', 'Nothing more can be gained'],
    ['hazard-closed', 'accepted', 'Accepted and signed'],
  ])
})

test('open risks above acceptable are counted in what is signed; without a key or a hazard nothing is', async () => {
  const project = enrolled(exampleProject())
  expect(problem(await sign(project))).toContain('empty')
  const added = ok(addHazard(project, words, 'Seen', hand, salts))
  const signed = ok(await sign(added))
  expect(lastSafetySignature(signed.ledger)?.page.statement).toContain('1 open risk is above acceptable.')
  const stranger = await signHazards(added, { name: 'Dr. Rita Haas', role: 'CSO' }, await exampleSigner(), hand)
  expect(problem(stranger)).toContain('key was not enrolled')
})

test('what is incomplete is refused in words', async () => {
  const project = exampleProject()
  expect(problem(addHazard(project, words, ' ', hand, salts))).toContain('Say why')
  expect(problem(addHazard(project, words, 'Seen', { ...hand, actor: 'unnamed' }, salts))).toContain('Say who you are')
  expect(problem(addHazard(project, { ...words, effect: ' ' }, 'Seen', hand, salts))).toContain('Say the effect')
  expect(problem(addHazard(project, { ...words, residualSeverity: 2 }, 'Seen', hand, salts))).toContain('both')
  expect(problem(addHazard(project, { ...controlled, controls: '' }, 'Seen', hand, salts))).toContain('controls')
  const worse = { ...controlled, severity: 1, likelihood: 1 } as const
  expect(problem(addHazard(project, worse, 'Seen', hand, salts))).toContain('higher than the initial')
  const added = ok(addHazard(project, words, 'Seen', hand, salts))
  expect(problem(changeHazard(added, only(added).id, words, 'Again', hand, salts))).toContain('Nothing was changed')
  expect(problem(await closeHazard(added, 'H-00000000', 'Gone', who, hand, salts))).toContain('no hazard H-00000000')
  const torn = { ...project, other: new Map(project.other).set(paths.hazards, utf8('{')) }
  expect(hazardActs(torn)).toBeNull()
  expect(problem(addHazard(torn, words, 'Seen', hand, salts))).toContain('can not be read')
})

test('two copies are merged to every act of both; what no entry names does not come in', async () => {
  const base = ok(addHazard(exampleProject(), words, 'Seen', hand, salts))
  const mine = ok(changeHazard(base, only(base).id, controlled, 'Tested', hand, salts))
  const theirs = ok(
    addHazard(base, { ...words, hazard: 'A dose has no unit' }, 'Seen', { ...hand, device: 'd2', actor: 'm-ito' }, salts),
  )
  const merged = mergeProjects(mine, theirs)
  if (!merged.ok) throw new Error(merged.problem)
  expect(
    hazardsOf(merged.project)
      .map((each) => `${textsOf(merged.project, each)?.hazard}: ${each.status}`)
      .sort(),
  ).toEqual(['A dose has no unit: open', 'An allergy is not shown: controlled'])
  expect(await failing(merged.project)).toEqual([])
  expect(hazardActs({ other: withNamedHazards(merged.project.other, () => false) })).toEqual([])
})

test('the exports say every hazard, with cells that no spreadsheet runs and text that no page takes for markup', () => {
  const formula = { ...controlled, hazard: '=HYPERLINK("http://x")', cause: '<b>bold</b> | *x*' }
  const added = ok(addHazard(exampleProject(), formula, 'Seen', hand, salts))
  const csv = hazardsCsv(added)
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`)
  expect(csv.split('\r\n')[1]).toContain('"4, must be eliminated or controlled"')
  const page = hazardsMarkdown(added)
  expect(page).toContain('\\<b\\>bold\\</b\\> \\| \\*x\\*')
  expect(page).toContain('Nobody has signed this log.')
  expect(page).toContain('hazard added by r-haas: Seen')
})

test('what people write is in the private part alone, with a salt: the open part neither shows it nor lets it be guessed', async () => {
  const added = ok(addHazard(exampleProject(), words, 'Seen', hand, salts))
  const open = [...saveProject(added)].filter(([path]) => !path.startsWith('private/'))
  const text = open.map(([, bytes]) => new TextDecoder().decode(bytes)).join('\n')
  for (const said of [words.hazard, words.cause, words.effect, words.owner, 'Seen']) expect(text).not.toContain(said)
  const [act] = hazardActs(added) ?? []
  expect(text).not.toContain(sha256Hex('Seen'))
  expect(act?.reason).not.toBe(sha256Hex('Seen'))
  expect(reasonOf({ private: new Map() }, { reason: act?.reason ?? '' })).toBe(sealedElsewhere)
  expect(problem(changeHazard({ ...added, private: new Map() }, only(added).id, words, 'Again', hand, salts))).toContain('sealed')
  const held = new TextDecoder().decode(added.private.get(paths.hazardTexts))
  const forged = { ...added, private: new Map(added.private).set(paths.hazardTexts, utf8(held.replace('not shown', 'shown'))) }
  expect(await failing(forged)).toEqual(['V8'])
})

test('accepting and closing need the own key of whoever does it', async () => {
  const added = ok(addHazard(enrolled(exampleProject()), controlled, 'Seen', hand, salts))
  const { id } = only(added)
  const stranger = { ...who, signer: await exampleSigner() }
  expect(problem(await acceptHazard(added, id, 'Fine', stranger, hand, salts))).toContain('key was not enrolled')
  expect(problem(await acceptHazard(added, id, 'Fine', { ...who, name: 'Dr. Mika Ito' }, hand, salts))).toContain('is printed as')
  const accepted = ok(await acceptHazard(added, id, 'Fine', who, hand, salts))
  expect(accepted.ledger.at(-1)?.payload).toMatchObject({
    statement: `I accept the residual risk of ${id}: 2, acceptable where reducing it further costs more than it gains.`,
  })
  const { payload: _, publicKey: __, signature: ___, hash: ____, ...bare } = accepted.ledger.at(-1) ?? ({} as LedgerEntry)
  const unsigned = { ...accepted, ledger: [...accepted.ledger.slice(0, -1), { ...bare, hash: hashOf(bare) }] }
  expect(await failing(unsigned)).toEqual(['V6', 'V8'])
})

test('the signed page counts the hazards by state and risk that is left, and verification counts them again', async () => {
  const drawn = enrolled(drawnProject())
  const read = ok(
    addVerdicts(
      drawn,
      (drawn.review.draw?.records ?? []).map(({ id }) => judged(id)),
      hand,
    ),
  )
  const open = ok(addHazard(read, words, 'Seen', hand, salts))
  const both = ok(addHazard(open, { ...controlled, hazard: 'A dose has no unit' }, 'Seen', hand, salts))
  const id = hazardsOf(both).find(({ status }) => status === 'controlled')?.id ?? ''
  const accepted = ok(await acceptHazard(both, id, 'Nothing more can be gained', who, hand, salts))
  const page = ok(await reviewSigned(accepted, pageWords, signer, hand))
  const payload = payloadOf(page.ledger.at(-1) ?? ({} as LedgerEntry))
  expect(payload ? certificateText(certificateOf(payload)) : '').toContain(
    'Hazard log of 2 hazards: 1 open (1 of risk 4); 1 accepted (1 of risk 2). No safety officer has signed it as it is.',
  )
  expect(await failing(page)).toEqual([])
  // What comes after the signature is not counted into it.
  expect(await failing(ok(addHazard(page, { ...words, hazard: 'A result is late' }, 'Seen', hand, salts)))).toEqual([])
})

test('whoever mends what readers called wrong is told the hazards of that cause, their sealed texts only in clear', () => {
  const about = { kind: 'verdicts', code: 'data/allergy-lost', domain: 'allergies' } as const
  const from = { ...about, run: null, occurrences: null, patients: null, harmful: 1, wrong: 0 }
  const logged = ok(addHazards(exampleProject(), [{ id: 'H-0000000a', words, from }], 'Seen by readers', hand, salts))
  const ids = (code: string, domain: string) => hazardsOfCause(logged, { code, domain }).map(({ id }) => id)
  expect(ids('data/allergy-lost', 'allergies')).toEqual(['H-0000000a'])
  expect([...ids('data/allergy-lost', 'other'), ...ids('data/dose-changed', 'allergies')]).toEqual([])
  const finding = { id: 'f', record: 'r', code: 'data/allergy-lost', domain: 'allergies', fields: [], class: 'lost' } as const
  const row = { finding: { ...finding, verdict: 'harmful', run: 1 }, state: 'open', looks: [], comments: [] }
  const inClear = {
    numberOf: () => null,
    commentOf: () => null,
    hazardsOf: (each: { code: string; domain: string }) =>
      hazardsOfCause(logged, each).map((hazard) => textsOf(logged, hazard)?.hazard ?? sealedElsewhere),
  }
  expect(worklistCsv([row as never], null)).not.toContain(words.hazard)
  expect(worklistCsv([row as never], inClear)).toContain(words.hazard)
})
