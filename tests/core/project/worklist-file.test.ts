import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import {
  addVerdicts,
  drawSample,
  lockPlan,
  type ReviewAct,
  reopenPlan,
  seedTraps,
} from '../../../src/core/project/review/review-steps.ts'
import { addLooks, keepWorklist, worklistOf } from '../../../src/core/project/sample/worklist-file.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import type { Reason, Verdict } from '../../../src/core/review/model/review-event.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleRun } from './example-project.ts'
import { drawnProject, exampleFrame, examplePlan, hand, judged, ok } from './review-walk.ts'

const said = (recordName: string, verdict: Verdict, reason: Reason | null, item = 'allergies:3'): readonly ReviewAct[] => [
  {
    kind: 'difference',
    record: recordName,
    item,
    domain: 'allergies',
    class: 'lost',
    verdict,
    reason,
    fields: ['AllergyIntolerance.code'],
  },
  {
    ...judged(recordName),
    kind: 'record',
    record: recordName,
    verdict,
    differences: 1,
    reading: 'first',
    seconds: 9,
    comment: null,
  },
]

function drawnNames(project: Project): readonly string[] {
  return project.review.draw?.records.map(({ id }) => id) ?? []
}

/** The drawn project with two findings: one harmful, one wrong. */
function withFindings(): Project {
  const project = drawnProject()
  const [first = '', second = '', third = ''] = drawnNames(project)
  return ok(
    addVerdicts(
      project,
      [...said(first, 'wrong', 'date'), ...said(second, 'harmful', 'missing'), ...said(third, 'acceptable', null)],
      hand,
    ),
  )
}

/** A later run of the checks, as the app records it. */
function afterNextRun(project: Project): Project {
  const number = project.runs.length + 1
  const run = { ...exampleRun, id: `run-${number}`, number }
  return record(
    { ...project, runs: [...project.runs, run] },
    [{ action: 'run-finished', object: `runs/${run.id}/summary.json`, digest: null }],
    hand,
  )
}

function drawnAgain(project: Project): Project {
  const frame = exampleFrame()
  const locked = ok(lockPlan(ok(reopenPlan(project, hand)), examplePlan(frame), frame, hand))
  const all = { ...examplePlan(frame), strata: examplePlan(frame).strata.map((stratum) => ({ ...stratum, n: stratum.size })) }
  const whole = ok(lockPlan(locked, all, frame, hand))
  return ok(drawSample(whole, '98765432109876543210', ['r-haas', 'a-keller'], 'The migration was corrected.', hand))
}

const statesOf = (project: Project): readonly string[] => worklistOf(project).rows.map(({ state }) => state)

test('what readers call harmful or wrong is a finding, worst first, with code, record, domain, field and reason', () => {
  const project = withFindings()
  const [second, first] = [drawnNames(project)[1], drawnNames(project)[0]]
  const { rows } = worklistOf(project)
  expect(rows.map(({ finding, state }) => [finding.code, finding.record, finding.verdict, finding.fields, state])).toEqual([
    ['review/missing', second, 'harmful', ['AllergyIntolerance.code'], 'open'],
    ['review/date', first, 'wrong', ['AllergyIntolerance.code'], 'open'],
  ])
  // The same project gives the same ids for ever.
  expect(worklistOf(project).rows.map(({ finding }) => finding.id)).toEqual(rows.map(({ finding }) => finding.id))
})

test('from verdict to finding to fix to reading again: every step is kept, named by the ledger and verified', async () => {
  const found = withFindings()
  const [wrong = '', harmful = ''] = drawnNames(found)
  const corrected = afterNextRun(found)
  expect(statesOf(corrected)).toEqual(['unlooked', 'unlooked'])

  const looks = worklistOf(corrected).rows.map(({ finding }) => ({
    finding: finding.id,
    run: 2,
    by: 'run' as const,
    there: finding.record === wrong,
  }))
  const step = addLooks(corrected, looks)
  const looked = record(step.project, step.acts, hand)
  expect(statesOf(looked)).toEqual(['gone', 'still-there'])

  const again = drawnAgain(looked)
  expect(statesOf(again)).toEqual(['gone', 'still-there'])
  const read = ok(addVerdicts(again, [judged(harmful), ...said(wrong, 'wrong', 'date')], hand))
  // The old finding of the record that is wrong again stands beside the new one.
  expect(worklistOf(read).rows.map(({ finding, state }) => [finding.reason, finding.run, state])).toEqual([
    ['missing', 1, 'closed'],
    expect.arrayContaining(['date']),
    expect.arrayContaining(['date']),
  ])
  expect(statesOf(read).toSorted()).toEqual(['closed', 'open', 'wrong-again'])

  // A third sample: what the second one said of the findings is kept.
  const third = drawnAgain(afterNextRun(read))
  // What was found right then is looked for again in the files of the later run.
  expect(statesOf(third).toSorted()).toEqual(['unlooked', 'unlooked', 'wrong-again'])
  const files = saveProject(third)
  const report = await verifyProject(files, webVerifier)
  expect(report?.checks.filter((check) => !check.ok)).toEqual([])
  expect(worklistOf(openProject(files).project ?? third)).toEqual(worklistOf(third))
})

test('a finding that was changed, added or dropped outside is found and named', async () => {
  const step = keepWorklist(withFindings())
  const files = saveProject(record(step.project, step.acts, hand))
  const text = new TextDecoder().decode(files.get(paths.worklist))
  const broken = async (changed: string): Promise<string> => {
    const report = await verifyProject(new Map(files).set(paths.worklist, utf8(changed)), webVerifier)
    return report?.checks.find((check) => !check.ok)?.why ?? ''
  }
  expect((await verifyProject(files, webVerifier))?.ok).toBe(true)
  expect(await broken(text.replace('"harmful"', '"wrong"'))).toContain('changed or added outside')
  expect(await broken('{ "findings": [], "looks": [] }\n')).toContain('is missing from its file')
  expect(await broken('{ "findings": {} }\n')).toContain('can not be read')
  const without = new Map(files)
  without.delete(paths.worklist)
  expect((await verifyProject(without, webVerifier))?.ok).toBe(false)
})

test('a seeded defect never enters a worklist, and a verdict taken back leaves it', () => {
  const seeded = ok(
    seedTraps(
      drawnProject(),
      [{ id: 'trap-1', key: 'K1', seed: 's' }],
      [{ id: 'trap-1', kind: 'entry-lost', domain: 'allergies', items: ['allergies:3'] }],
      hand,
    ),
  )
  const caught = ok(addVerdicts(seeded, said('trap-1', 'harmful', 'missing'), hand))
  expect(worklistOf(caught).rows).toEqual([])
  expect(keepWorklist(caught).acts).toEqual([])

  const kept = keepWorklist(withFindings())
  const project = record(kept.project, kept.acts, hand)
  const event = project.review.events.find((each) => each.kind === 'difference' && each.verdict === 'harmful')
  const [, harmful = ''] = drawnNames(project)
  const undone = ok(addVerdicts(project, [{ kind: 'undo', record: harmful, undoes: event?.id ?? '' }], hand))
  expect(statesOf(undone)).toEqual(['withdrawn', 'open'])
})

test('records that wait for a second reader are counted, not told', () => {
  const frame = exampleFrame()
  const single = drawnProject()
  const plan = { ...examplePlan(frame), secondReaderPpm: 200_000 }
  const project = ok(
    drawSample(
      ok(lockPlan(ok(reopenPlan(single, hand)), plan, frame, hand)),
      '01234567890123456789',
      ['r-haas', 'a-keller'],
      'Two readers.',
      hand,
    ),
  )
  const [first = ''] = drawnNames(project)
  const once = ok(addVerdicts(project, said(first, 'harmful', 'dose'), hand))
  expect(worklistOf(once)).toMatchObject({ rows: [], waiting: 1 })
  const twice = ok(
    addVerdicts(
      once,
      said(first, 'harmful', 'unit').map((act) => ({ ...act, ...(act.kind === 'record' ? { reading: 'second' as const } : {}) })),
      { ...hand, actor: 'b-second' },
    ),
  )
  expect(worklistOf(twice).waiting).toBe(0)
  expect(worklistOf(twice).rows).toHaveLength(1)
})

test('two devices that kept different findings have both after a merge, and the merged project verifies', async () => {
  const start = withFindings()
  const kept = keepWorklist(start)
  const here = record(kept.project, kept.acts, hand)
  const later = addLooks(
    afterNextRun(start),
    worklistOf(start).rows.map(({ finding }) => ({ finding: finding.id, run: 2, by: 'run' as const, there: false })),
  )
  const there = record(later.project, later.acts, { ...hand, device: 'd2' })
  // Device d2 ran the checks itself, so that its chain is its own.
  const ownRun = {
    ...there,
    ledger: [...start.ledger, ...there.ledger.slice(start.ledger.length).filter(({ device }) => device === 'd2')],
  }
  const merged = mergeProjects(here, ownRun)
  expect(merged.ok).toBe(true)
  if (!merged.ok) return
  expect(worklistOf(merged.project).rows.map(({ state }) => state)).toEqual(['gone', 'gone'])
  expect((await verifyProject(saveProject(merged.project), webVerifier))?.checks.find(({ id }) => id === 'V8')?.ok).toBe(true)
})
