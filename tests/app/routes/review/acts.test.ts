import { beforeEach, expect, test, vi } from 'vitest'
import { recordsLeft } from '../../../../src/app/counts.ts'
import { hasSigningKey, makeKey, signReview } from '../../../../src/app/people/sign.ts'
import {
  commentText,
  recordChartVerdict,
  recordSection,
  recordSkip,
  takeBack,
} from '../../../../src/app/routes/review/acts/chart-acts.ts'
import { ownReadings } from '../../../../src/app/routes/review/acts/reading.ts'
import {
  extendToAll,
  keyOfRecord,
  lockReview,
  noteOpened,
  type PlanChoices,
  planAgain,
  recordVerdict,
  rollAndDraw,
  undoLast,
} from '../../../../src/app/routes/review/acts/review.ts'
import { hand } from '../../../../src/app/session/ledger.ts'
import { commentsOf } from '../../../../src/app/session/record-names.ts'
import { openProject, setWorkspace, workspace } from '../../../../src/app/session/state.ts'
import { record } from '../../../../src/core/project/acts/hand.ts'
import { signatureHolds } from '../../../../src/core/project/signing/signature.ts'
import { signaturesOf } from '../../../../src/core/project/verify/coverage.ts'
import { ownVerdicts } from '../../../../src/core/review/decision/own-verdicts.ts'
import { chartSections } from '../../../../src/core/review/model/chart.ts'
import type { FrameUnit, PairResult } from '../../../../src/core/review/model/pair-types.ts'
import { attentionOf } from '../../../../src/core/review/result/attention.ts'
import { webVerifier } from '../../../../src/io/keys/signature-web.ts'
import { exampleProject, exampleRun } from '../../../core/project/example-project.ts'
import { disk } from '../../keep-double.ts'

vi.mock('../../../../src/app/session/keep.ts', async () => (await import('../../keep-double.ts')).keepDouble)
vi.mock('../../../../src/app/session/browser-store.ts', async () => (await import('../../keep-double.ts')).keepDouble)

// The workers' own operations, without their workers.
vi.mock('../../../../src/app/session/jobs.ts', async () => {
  const { sealWork } = await import('../../../../src/io/keys/seal-work.ts')
  const { verifyWork } = await import('../../../../src/io/keys/verify-work.ts')
  return { jobs: { seal: sealWork, verify: verifyWork } }
})

const noRoom = 'This browser has no room left.'
const passphrase = 'four plain words here'
const seed = '66902314677799099062'
const people = ['a-keller', 'b-ito']
const counts = { same: 0, sameAfterRule: 0, changed: 0, lost: 0, appeared: 0, resurrected: 0 }

const frame: readonly FrameUnit[] = Array.from({ length: 40 }, (_, index) => ({
  key: `MRN-${index}`,
  site: 'North',
  allergies: index % 2 === 0,
  fiveMedicines: false,
  bookedSoon: false,
  critical: index === 7,
}))

const pairing: PairResult = {
  patients: frame.length,
  items: counts,
  itemsByTable: {},
  itemsBySafety: {},
  fields: counts,
  allergyStates: {},
  findings: [],
  frame,
  targetOnly: [],
  notEvaluated: [],
  passes: 1,
}

const choices: PlanChoices = {
  claims: [{ id: 'record-harmful', class: 'harmful', domain: null, tolerablePpm: 200_000, riskPpm: 100_000 }],
  strata: { bySite: false, byAllergies: false, byMedicines: false, booked: false, chosen: [], minimums: new Map() },
  errorsAllowed: 0,
  secondReaderPpm: 0,
  traps: false,
  early: false,
  calibration: false,
  blind: 'random',
  lookSeconds: 3,
  criteria: '',
}

beforeEach(() => {
  disk.trouble = null
  disk.writes = 0
  disk.keys.clear()
  setWorkspace({
    project: exampleProject(),
    run: { summary: exampleRun, validation: null, pairing, read: [] },
    person: { name: 'Anna Keller', role: 'Physician' },
  })
})

async function drawn(): Promise<readonly string[]> {
  expect(await lockReview(choices)).toBeNull()
  expect(await rollAndDraw(seed, people, null)).toBeNull()
  return (openProject().review.draw?.records ?? []).map((record) => record.id)
}

const actions = (): readonly string[] => openProject().ledger.map((entry) => entry.action)

test('plan and frame stand in the ledger before the seed, the seed before the sample', async () => {
  expect(await rollAndDraw(seed, people, null)).toMatch(/Lock the plan first/)
  await drawn()
  expect(actions().slice(-4)).toEqual(['plan-locked', 'frame-committed', 'seed-rolled', 'sample-drawn'])
})

test('the record with a known critical finding is drawn, and its key is kept in the private part only', async () => {
  const records = await drawn()
  expect(records.map(keyOfRecord)).toContain('MRN-7')
  const { review, ledger } = openProject()
  expect(JSON.stringify([review, ledger])).not.toContain('MRN-')
})

test('drawing again from the same frame needs a reason', async () => {
  await drawn()
  expect(await rollAndDraw('00000000000000000001', people, null)).toMatch(/reason/)
  expect(await rollAndDraw('00000000000000000001', people, 'A die was cocked')).toBeNull()
  expect(openProject().review.draw).toMatchObject({ times: 2, reason: 'A die was cocked' })
})

test('a verdict that can not be kept is not recorded', async () => {
  const [record = ''] = await drawn()
  const about = { record, item: 'allergies:3', domain: 'allergies', class: 'lost' }
  const before = openProject()
  disk.trouble = noRoom
  const said = { about: [about], reason: null, comment: '', cause: null }
  expect(await recordChartVerdict({ ...said, verdict: 'acceptable' })).toBe(`Not recorded: ${noRoom}`)
  expect(openProject().review).toBe(before.review)
  expect(openProject().ledger).toBe(before.ledger)
  disk.trouble = null
  expect(await recordChartVerdict({ ...said, verdict: 'harmful' })).toMatch(/Say why it is harmful/)
  expect(await recordChartVerdict({ ...said, verdict: 'harmful', reason: 'missing' })).toBeNull()
  expect(openProject().review.events).toHaveLength(1)
})

test('nobody judges without a name', async () => {
  const [record = ''] = await drawn()
  setWorkspace({ person: null })
  expect(await recordVerdict({ record, items: [], sections: [], seconds: 9 })).toMatch(/who is reading/)
})

test('acts given at once are recorded one after the other, and undo takes back the last', async () => {
  const [first = '', second = ''] = await drawn()
  const close = (record: string) => recordVerdict({ record, items: [], sections: [], seconds: 9 })
  expect(await Promise.all([close(first), close(second)])).toEqual([null, null])
  expect(openProject().review.events.map((event) => event.record)).toEqual([first, second])
  expect(await undoLast()).toEqual({ refusal: null, record: second })
})

test('what neither system wrote is closed with the record, and undo takes back the record alone', async () => {
  const [record = ''] = await drawn()
  const sections = ['allergies', 'problems', 'results', 'immunisations', 'visits', 'documents', 'demographics'] as const
  const close = () => recordVerdict({ record, items: [], sections, seconds: 9 })
  expect(await close()).toMatch(/7 sections of this record are not confirmed: allergies/)
  for (const section of sections) expect(await recordSection({ record, section, entries: 1, words: 3, seconds: 9 })).toBeNull()
  expect(await close()).toBeNull()
  const said = () => openProject().review.events.map((event) => ('section' in event ? event.section : event.kind))
  expect(said()).toEqual([...sections, 'medicines', 'record'])
  expect(attentionOf(openProject().review.events, new Set([record]))).toMatchObject([{ records: 1, sections: 7, tooQuick: 0 }])
  expect(await undoLast()).toEqual({ refusal: null, record })
  expect(await close()).toBeNull()
  expect(said()).toEqual([...sections, 'medicines', 'record', 'undo', 'record'])
})

test('one verdict speaks for the traces of one cause; its comment is in the private part alone and comes back with it', async () => {
  const [record = ''] = await drawn()
  const about = ['a', 'b', 'c'].map((item) => ({ record, item, domain: 'allergies', class: 'lost' }))
  const said = { about, verdict: 'harmful', reason: 'missing', cause: 'code X9' } as const
  expect(await recordChartVerdict({ ...said, comment: 'Rash after co-amoxiclav' })).toBeNull()
  const { review, ledger } = openProject()
  expect(review.events.map((event) => event.kind === 'difference' && [event.item, event.cause])).toEqual([
    ['a', 'code X9'],
    ['b', 'code X9'],
    ['c', 'code X9'],
  ])
  expect(JSON.stringify([review, ledger])).not.toContain('Rash')
  const own = () => ownVerdicts(openProject().review.events, 'anna-keller')
  expect(own().map(({ rows, comment }) => [rows.join(''), commentText(comment, commentsOf(openProject()))])).toEqual([
    ['abc', 'Rash after co-amoxiclav'],
  ])
  // One of them judged apart is another verdict of that one alone.
  expect(
    await recordChartVerdict({
      ...said,
      cause: null,
      about: about.slice(1, 2),
      verdict: 'acceptable',
      reason: null,
      comment: '',
    }),
  ).toBeNull()
  expect(own().map(({ rows, verdict }) => [rows.join(''), verdict])).toEqual([
    ['b', 'acceptable'],
    ['ac', 'harmful'],
  ])
})

test('the reason "other" waits for a comment', async () => {
  const [record = ''] = await drawn()
  const about = [{ record, item: 'a', domain: 'allergies', class: 'changed' }]
  const said = { about, cause: null, verdict: 'wrong', reason: 'other' } as const
  expect(await recordChartVerdict({ ...said, comment: ' ' })).toMatch(/needs a comment/)
  expect(await recordChartVerdict({ ...said, comment: 'Two words swapped' })).toBeNull()
  expect(await recordVerdict({ record, items: ['a'], sections: [], seconds: 9 })).toBeNull()
})

test('a record is not closed before the sections of its chart are confirmed; one left for later says what was on screen', async () => {
  const [record = '', later = ''] = await drawn()
  const sections = chartSections.filter((id) => id !== 'other')
  const shown = { record, entries: 3, words: 40, seconds: 12 }
  for (const section of sections.filter((id) => id !== 'results')) expect(await recordSection({ ...shown, section })).toBeNull()
  expect(await recordVerdict({ record, items: [], sections, seconds: 30 })).toMatch(/not confirmed: results/)
  expect(await recordSection({ ...shown, section: 'results' })).toBeNull()
  expect(await recordVerdict({ record, items: [], sections, seconds: 30 })).toBeNull()
  expect(await recordSkip(later, [{ ...shown, record: later, section: 'visits' }])).toBeNull()
  const last = openProject().review.events.slice(-2)
  expect(last.map((event) => event.kind)).toEqual(['section-opened', 'skip'])
})

test('a section that was read is an act of its own, and is taken back alone', async () => {
  const [record = ''] = await drawn()
  expect(await recordSection({ record, section: 'medicines', entries: 4, words: 120, seconds: 18.7 })).toBeNull()
  expect(await recordSection({ record, section: 'results', entries: 3, words: 60, seconds: 1.2 })).toBeNull()
  const reading = () => ownReadings(openProject().review.events, 'anna-keller').get(record)
  expect(reading()?.sections.get('medicines')).toMatchObject({ entries: 4, seconds: 18, tooQuick: false })
  expect(reading()?.sections.get('results')).toMatchObject({ seconds: 1, tooQuick: true })
  expect(reading()?.state).toBe('started')
  expect(await takeBack(reading()?.sections.get('medicines')?.id ?? '')).toBeNull()
  expect([...(reading()?.sections.keys() ?? [])]).toEqual(['results'])
  // Nobody takes back what somebody else said.
  const id = reading()?.sections.get('results')?.id ?? ''
  setWorkspace({ person: { name: 'Bo Ito', role: 'Physician' } })
  expect(await takeBack(id)).toMatch(/nothing of yours/)
})

test('a signature holds, closes the verdicts of its signer, and reads "not covered" after a changed byte', async () => {
  const words = {
    statement: 'I reviewed these records.',
    meaning: 'review',
    name: 'Anna Keller',
    role: 'Physician',
    covers: [],
  } as const
  const records = await drawn()
  expect(await signReview(words, '2026-03-02T09:00:00+01:00', passphrase)).toMatch(/Make a key/)
  expect(await hasSigningKey('Anna Keller')).toBe(false)
  const recoveryKey = await makeKey(passphrase)
  expect(await hasSigningKey('Anna Keller')).toBe(true)
  expect(await signReview(words, '2026-03-02T09:00:00+01:00', passphrase)).toMatch(/have read no record of this sample/)
  for (const record of records) expect(await recordVerdict({ record, items: [], sections: [], seconds: 9 })).toBeNull()
  const before = openProject()
  expect(await signReview(words, '2026-03-02T09:00:00+01:00', 'four plain words')).toMatch(/^Nothing was signed/)
  expect(openProject().ledger).toBe(before.ledger)
  expect(await signReview(words, '2026-03-02T09:00:00+01:00', recoveryKey)).toBeNull()
  const [signature] = signaturesOf(openProject())
  expect(signature?.coverage.covers).toBe('current')
  expect(signature && (await signatureHolds(signature.entry, webVerifier))).toBe(true)
  expect((await undoLast()).refusal).toMatch(/[Ss]igned/)

  const project = openProject()
  setWorkspace({ project: { ...project, sources: project.sources.map((source) => ({ ...source, sha256: 'sha256:ab' })) } })
  expect(signaturesOf(openProject())[0]?.coverage).toMatchObject({ covers: 'earlier', changed: [{ what: 'sources' }] })
})

test('whoever signed the first list reads on once it was extended to every record', async () => {
  const units = Array.from(
    { length: 80 },
    (_, index) => ({ ...frame[0], key: `MRN-${index}`, critical: index === 7 }) as FrameUnit,
  )
  setWorkspace({ run: { summary: exampleRun, validation: null, pairing: { ...pairing, frame: units }, read: [] } })
  expect(await lockReview({ ...choices, early: true })).toBeNull()
  expect(await rollAndDraw(seed, people, null)).toBeNull()
  const recordsOf = (): readonly string[] => openProject().review.draw?.records.map(({ id }) => id) ?? []
  const listed = recordsOf()
  for (const [index, name] of listed.entries()) {
    const isWrong = index < listed.length / 5
    if (isWrong)
      await recordChartVerdict({
        ...{ about: [{ record: name, item: 'a', domain: 'allergies', class: 'lost' }], cause: null },
        ...{ verdict: 'harmful', reason: 'missing', comment: '' },
      })
    await recordVerdict({ record: name, items: ['a'], sections: [], seconds: 9 })
  }
  // The entry alone closes the verdicts; that signatures hold is tested above.
  const entry = { action: 'signed', object: 'review', digest: null }
  setWorkspace({ project: record(openProject(), [entry], hand()) })
  const again = { record: listed[0] ?? '', items: [], sections: [], seconds: 9 }
  expect(await recordVerdict(again)).toMatch(/your verdicts are closed/)
  expect(await extendToAll()).toBeNull()
  const [added = ''] = recordsOf().filter((id) => !listed.includes(id))
  expect(await recordVerdict({ ...again, record: added })).toBeNull()
})

test('planned and drawn again, every record is open again, and the draw says why', async () => {
  const first = await drawn()
  for (const record of first) await recordVerdict({ record, items: [], sections: [], seconds: 9 })
  expect(await planAgain()).toBeNull()
  expect(actions()).toContain('plan-reopened')
  expect(await lockReview(choices)).toBeNull()
  expect(await rollAndDraw(seed, people, null)).toMatch(/needs a reason/)
  expect(await rollAndDraw(seed, people, 'read on the wrong day')).toBeNull()
  expect(recordsLeft(openProject())).toBe(first.length)
  const [again = ''] = (openProject().review.draw?.records ?? []).map((record) => record.id)
  expect(await recordVerdict({ record: again, items: [], sections: [], seconds: 9 })).toBeNull()
  expect(recordsLeft(openProject())).toBe(first.length - 1)
})

test('nobody signs over a verdict that was changed outside', async () => {
  const records = await drawn()
  for (const record of records) expect(await recordVerdict({ record, items: [], sections: [], seconds: 9 })).toBeNull()
  const project = openProject()
  const events = project.review.events.map((event) => (event.kind === 'record' ? { ...event, seconds: 90 } : event))
  setWorkspace({ project: { ...project, review: { ...project.review, events } } })
  const words = { statement: 's', meaning: 'review', name: 'Anna Keller', role: 'Physician', covers: [] } as const
  expect(await signReview(words, '2026-03-02T09:00:00+01:00', passphrase)).toMatch(/was changed or added outside/)
})

const opened = () => openProject().ledger.filter(({ action }) => action === 'record-opened')
/** An opening is noted after a moment, and on a busy machine later. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 })

test('an opened record is noted in the project it lies in, by whoever opened it, or in none', async () => {
  const [record = ''] = await drawn()
  noteOpened(record)
  setWorkspace({ person: { name: 'Bo Ito', role: 'Physician' } })
  await soon(() => expect(opened()).toMatchObject([{ actor: 'anna-keller', object: record }]))
  noteOpened(record)
  const { manifest } = exampleProject()
  setWorkspace({ project: { ...exampleProject(), manifest: { ...manifest, id: 'another' } }, problem: null })
  await soon(() => expect(workspace().problem).toMatch(/left before it was in the ledger/))
  expect(opened()).toEqual([])
})

test('an opening that can not be kept is said, and noted before the next verdict', async () => {
  const [record = ''] = await drawn()
  setWorkspace({ problem: null })
  disk.trouble = noRoom
  noteOpened(record)
  await soon(() => expect([opened().length, workspace().problem]).toEqual([0, `Not recorded: ${noRoom}`]))
  disk.trouble = null
  expect(await recordVerdict({ record, items: [], sections: [], seconds: 9 })).toBeNull()
  expect(actions().slice(-2)).toEqual(['record-opened', 'verdict'])
})
