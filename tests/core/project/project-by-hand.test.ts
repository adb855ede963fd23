/** Single rules of a kept project, each against a case that is worked out by hand. */
import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { readMapping } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import { readJournal } from '../../../src/core/project/format/journal.ts'
import type { ChainEnd, Project } from '../../../src/core/project/format/project.ts'
import { jsonOf } from '../../../src/core/project/format/save.ts'
import { projectAsOf } from '../../../src/core/project/hazards/as-of.ts'
import { decidesOtherwise } from '../../../src/core/project/review/confirmed-mapping.ts'
import {
  addVerdicts,
  drawSample,
  lockPlan,
  type ReviewAct,
  reopenPlan,
  sign,
} from '../../../src/core/project/review/review-steps.ts'
import { found } from '../../../src/core/project/rule-pages/index.ts'
import { shownLines } from '../../../src/core/project/rule-pages/parts.ts'
import type { RulePage } from '../../../src/core/project/rule-pages/rule-page.ts'
import {
  addLooks,
  joinedWorklist,
  keepWorklist,
  keptWorklist,
  withNamedWork,
  worklistFault,
  worklistOf,
} from '../../../src/core/project/sample/worklist-file.ts'
import { currentDigests } from '../../../src/core/project/signing/signature.ts'
import type { Verdict } from '../../../src/core/review/model/review-event.ts'
import { sha256 } from '../../../src/core/sha256.ts'
import { exampleRun } from './example-project.ts'
import { drawnProject, exampleFrame, examplePlan, exampleSigner, hand, judged, ok, words } from './review-walk.ts'

const names = (project: Project): readonly string[] => (project.review.draw?.records ?? []).map(({ id }) => id)
const said = (record: string, verdict: Verdict, item = 'allergies:3'): readonly ReviewAct[] => [
  {
    kind: 'difference',
    record,
    item,
    domain: 'allergies',
    class: 'lost',
    verdict,
    reason: verdict === 'acceptable' ? null : 'missing',
    fields: ['AllergyIntolerance.code'],
  },
  judged(record, 'first', verdict),
]

/** Two findings in the first two records. */
function withFindings(): Project {
  const project = drawnProject()
  const [first = '', second = ''] = names(project)
  return ok(addVerdicts(project, [...said(first, 'harmful'), ...said(second, 'wrong')], hand))
}
function afterRun(project: Project): Project {
  const number = project.runs.length + 1
  const runs = [...project.runs, { ...exampleRun, id: `run-${number}`, number }]
  return record({ ...project, runs }, [{ action: 'run-finished', object: `runs/run-${number}/summary.json`, digest: null }], hand)
}
const idsOf = (project: Project): readonly string[] => worklistOf(project).rows.map(({ finding }) => finding.id)
const look = (finding: string, run: number, there: boolean) => ({ finding, run, by: 'run' as const, there })

test('a look is about its finding alone, and one that is there is not added twice', () => {
  const project = afterRun(withFindings())
  const [first = '', second = ''] = idsOf(project)
  const step = addLooks(project, [look(first, 2, false)])
  expect(step.acts.map(({ action, object }) => [action, object])).toEqual([
    ['finding-kept', `${paths.worklist}#${first}`],
    ['finding-kept', `${paths.worklist}#${second}`],
    ['finding-looked-at', `${paths.worklist}#${first}@2-run`],
  ])
  const looked = record(step.project, step.acts, hand)
  expect(worklistOf(looked).rows.map(({ finding, looks, state }) => [finding.id, looks, state])).toEqual([
    [first, [look(first, 2, false)], 'gone'],
    [second, [], 'unlooked'],
  ])
  expect(addLooks(looked, [look(first, 2, false)])).toEqual({ project: looked, acts: [] })
  expect(addLooks(looked, [look(first, 2, false), look(second, 2, true)]).acts.map(({ object }) => object)).toEqual([
    `${paths.worklist}#${second}@2-run`,
  ])
  expect(keepWorklist(looked).acts).toEqual([])
  expect(worklistFault(looked)).toBeNull()
  // Findings by id, looks by run and name.
  const more = addLooks(looked, [look(second, 2, true), look(first, 3, true)]).project
  expect(keptWorklist(more)?.findings.map(({ id }) => id)).toEqual([first, second].sort())
  expect(keptWorklist(more)?.looks.map(({ finding, run }) => [finding, run])).toEqual([
    ...[first, second].sort().map((id) => [id, 2]),
    [first, 3],
  ])
})

test('two worklists as one: none lost, each once; of a file that nobody can read nothing is made', () => {
  const project = afterRun(withFindings())
  const [first = '', second = ''] = idsOf(project)
  const here = addLooks(project, [look(first, 2, false)]).project
  const there = addLooks(project, [look(second, 2, true)]).project
  const joined = joinedWorklist(here, there)
  expect(joined).toEqual(joinedWorklist(there, here))
  const both = { ...here, other: new Map(here.other).set(paths.worklist, joined ?? utf8('')) }
  expect(keptWorklist(both)?.findings).toHaveLength(2)
  expect(
    keptWorklist(both)
      ?.looks.map(({ finding, there: is }) => [finding, is])
      .sort(),
  ).toEqual(
    [
      [first, false],
      [second, true],
    ].sort(),
  )
  expect(joinedWorklist(here, project)).toBeNull()
  const broken = { ...here, other: new Map(here.other).set(paths.worklist, utf8('{')) }
  expect([joinedWorklist(broken, here), joinedWorklist(here, broken)]).toEqual([null, null])
  expect(keepWorklist(broken)).toEqual({ project: broken, acts: [] })
  expect(worklistFault(broken)).toEqual({ why: `${paths.worklist} can not be read.`, object: null })

  const named = withNamedWork(here.other, (object) => object === `${paths.worklist}#${second}`)
  expect(keptWorklist({ other: named })?.findings.map(({ id }) => id)).toEqual([second])
  expect(keptWorklist({ other: named })?.looks).toEqual([])
  expect(withNamedWork(broken.other, () => false)).toBe(broken.other)
  expect(withNamedWork(project.other, () => false)).toBe(project.other)
})

test('what somebody knew who had seen the chains up to an end: findings and looks that were named by then, and of earlier samples what was said by then', () => {
  const start = afterRun(withFindings())
  const [first = '', second = ''] = idsOf(start)
  const kept = keepWorklist(start)
  const keeping = record(kept.project, kept.acts, hand)
  const step = addLooks(keeping, [look(first, 2, false)])
  const looked = record(step.project, step.acts, hand)
  const frame = exampleFrame()
  const planned = ok(lockPlan(ok(reopenPlan(looked, hand)), examplePlan(frame), frame, hand))
  const again = ok(drawSample(planned, '98765432109876543210', ['r-haas', 'a-keller'], 'Corrected.', hand))
  const asOf = (project: Project, seq: number) => {
    const ends: readonly ChainEnd[] = [{ device: 'd1', seq, hash: '' }]
    const then = projectAsOf(project, ends)
    return {
      findings: keptWorklist(then)?.findings.map(({ id }) => id),
      looks: keptWorklist(then)?.looks.length,
      draw: then.review.draw !== null,
      runs: then.runs.map(({ number }) => number),
    }
  }
  const both = [first, second].sort()
  const at = (project: Project, action: string): number => project.ledger.findLast((entry) => entry.action === action)?.seq ?? 0
  expect(asOf(looked, at(looked, 'finding-looked-at'))).toEqual({ findings: both, looks: 1, draw: true, runs: [1, 2] })
  expect(asOf(looked, at(looked, 'finding-looked-at') - 1)).toEqual({ findings: both, looks: 0, draw: true, runs: [1, 2] })
  expect(asOf(looked, at(looked, 'run-finished') - 1)).toEqual({ findings: [], looks: 0, draw: true, runs: [1] })
  expect(asOf(looked, at(looked, 'sample-drawn') - 1)).toEqual({ findings: [], looks: 0, draw: false, runs: [1] })
  // Once another sample is drawn, findings of the one before are what its verdicts had said by then, kept or not.
  expect(asOf(again, at(again, 'run-finished'))).toEqual({ findings: both, looks: 0, draw: false, runs: [1, 2] })
  const firstVerdict = again.ledger.find(({ action }) => action === 'verdict')?.seq ?? 0
  expect(asOf(again, firstVerdict - 1).findings).toEqual([])
  // A device of which nothing was seen has said nothing.
  expect(projectAsOf(again, []).ledger).toEqual([])
})

test('nobody signs with a key that was not enrolled, whatever else the ledger says of it', async () => {
  const signer = await exampleSigner()
  const read = ok(
    addVerdicts(
      drawnProject(),
      names(drawnProject()).map((id) => judged(id)),
      hand,
    ),
  )
  const keyed = record(read, [{ action: 'device-keyed', object: 'd1', digest: digestOf(signer.publicKey) }], hand)
  expect(await sign(keyed, words, signer, hand)).toEqual({ ok: false, problem: 'Enrol your key before you sign.' })
})

test('digests under a signature do not depend on the order of a file', () => {
  const project = ok(
    addVerdicts(
      drawnProject(),
      names(drawnProject())
        .slice(0, 3)
        .map((id) => judged(id)),
      hand,
    ),
  )
  const source = (id: string): Project['sources'][number] => ({
    id,
    name: `${id}.csv`,
    side: 'legacy',
    format: 'csv',
    table: id,
    bytes: 1,
    sha256: `sha256:${id}`,
    records: 1,
    schema: null,
    reading: {},
  })
  const of = (...ids: readonly string[]) => currentDigests({ ...project, sources: ids.map(source) }).sources
  expect(new Set([of('a', 'b', 'c'), of('c', 'b', 'a'), of('b', 'a', 'c')]).size).toBe(1)
  expect(of('a', 'b')).not.toBe(of('a', 'c'))
  const events = [...project.review.events]
  const verdicts = (list: typeof events) => currentDigests({ ...project, review: { ...project.review, events: list } }).verdicts
  expect(verdicts(events.toReversed())).toBe(verdicts(events))
  // Signatures of earlier versions stand on this order.
  expect(verdicts(events)).toBe(digestOf(jsonOf(events.toSorted((one, other) => (one.id < other.id ? -1 : 1)))))
})

test('a journal entry whose head is none of a save is no save, though its digest is right', () => {
  const entryOf = (head: object, bytes: string): Uint8Array<ArrayBuffer> => {
    const [text, body] = [utf8(JSON.stringify(head)), utf8(bytes)]
    const entry = new Uint8Array(44 + text.length + body.length)
    const view = new DataView(entry.buffer)
    view.setUint32(0, 0x314a4f43, true)
    view.setUint32(4, 4 + text.length + body.length, true)
    view.setUint32(40, text.length, true)
    entry.set(text, 44)
    entry.set(body, 44 + text.length)
    entry.set(sha256(entry), 8)
    return entry
  }
  const change = { path: 'a', first: 0, length: 2 }
  const head = { serial: 1, revision: 'r', name: 'n', saved: 's', removed: [], changes: [change] }
  expect(readJournal(entryOf(head, 'xy'))?.files.get('a')).toEqual(utf8('xy'))
  const wrong: readonly (readonly [object, string])[] = [
    [{ ...head, changes: [{ ...change, path: 5 }] }, 'xy'],
    [{ ...head, changes: [{ ...change, first: -1 }] }, 'xy'],
    [{ ...head, changes: [{ ...change, first: 0.5 }] }, 'xy'],
    [{ ...head, changes: [{ ...change, length: '2' }] }, 'xy'],
    [{ ...head, changes: [{ ...change, length: 3 }] }, 'xy'],
    [head, 'xyz'],
    [head, 'x'],
    [{ ...head, changes: ['a'] }, 'xy'],
    [{ ...head, changes: {} }, ''],
    [{ ...head, removed: null }, 'xy'],
    [{ ...head, serial: '1' }, 'xy'],
    [{ ...head, revision: 1 }, 'xy'],
    [{ ...head, name: null }, 'xy'],
    [{ ...head, saved: 0 }, 'xy'],
    [[head], 'xy'],
  ]
  for (const [one, bytes] of wrong) expect([one, readJournal(entryOf(one, bytes))]).toEqual([one, null])
})

test('whoever decides about a line or a code decides otherwise; an order is no decision', () => {
  const mapping = (...files: readonly (readonly [string, string])[]) =>
    readMapping(new Map(files.map(([name, text]) => [`mapping/${name}`, utf8(text)]))).mapping
  const fields = (status: string, rule = 'copy') =>
    [
      'fields.csv',
      `legacy_source,legacy_field,rule,params,target,required,status,reason,by\np,A,${rule},,Patient.id,,${status},,x\n`,
    ] as const
  const values = (name: string, target: string) =>
    [
      `values/${name}.csv`,
      `source_code,source_display,target_system,target_code,relationship\n1,One,,${target},equivalent\n`,
    ] as const
  const base = mapping(fields('confirmed'), values('a', 'x'), values('b', 'y'))
  expect(decidesOtherwise(base, mapping(fields('confirmed'), values('b', 'y'), values('a', 'x')))).toBe(false)
  expect(decidesOtherwise(base, mapping(fields('confirmed'), values('a', 'x'), values('b', 'z')))).toBe(true)
  expect(decidesOtherwise(base, mapping(fields('confirmed', 'trim'), values('a', 'x'), values('b', 'y')))).toBe(true)
  expect(decidesOtherwise(mapping(fields('suggested')), mapping(fields('suggested', 'trim')))).toBe(false)
  expect(decidesOtherwise(mapping(fields('suggested')), mapping(fields('confirmed')))).toBe(true)
})

test('of a long file its head and what stands around the first four marks, of a short one all', () => {
  const lines = Array.from({ length: 60 }, (_, n) => `line ${n + 1}`).join('\n')
  const mark = [[0, 4]] as const
  const shown = (marks: readonly number[]) =>
    shownLines(lines, new Map(marks.map((at) => [at, mark]))).map(
      ({ number, text, marks: own }) => number ?? `${text}${own.length}`,
    )
  expect(shown([30])).toEqual([1, 2, 3, '… 24 lines …0', 28, 29, 30, 31, 32, '… 28 lines …0'])
  // Marks in any order: the first four lines that have one.
  expect(shown([50, 9, 40, 20, 30])).toEqual([
    ...[1, 2, 3, '… 3 lines …0', 7, 8, 9, 10, 11, '… 6 lines …0', 18, 19, 20, 21, 22, '… 5 lines …0'],
    ...[28, 29, 30, 31, 32, '… 5 lines …0', 38, 39, 40, 41, 42, '… 18 lines …0'],
  ])
  expect(shown([])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, '… 52 lines …0'])
  expect(shown([5])).toEqual([1, 2, 3, 4, 5, 6, 7, '… 53 lines …0'])
  expect(shownLines('a\r\nb\n', new Map([[2, mark]]))).toEqual([
    { number: 1, text: 'a', marks: [] },
    { number: 2, text: 'b', marks: mark },
  ])
})

test('pages are found by all words of a search, wherever each stands', () => {
  const page = (code: string, title: string): RulePage => ({
    wording: { code, title, why: 'Cells are lost.', remedy: 'Load again.', severity: 'error' },
    group: 'Files',
    decides: 'Whether a cell is there.',
    facts: [['Threshold', '5 %']],
    wing: 'data',
    limits: [],
    flags: [],
    passes: [],
    unshown: null,
  })
  const pages = [page('data/one', 'A cell is empty'), page('data/two', 'A row is gone')]
  const codes = (search: string) => found(pages, search).map(({ wording: { code } }) => code)
  expect(codes('')).toEqual(['data/one', 'data/two'])
  expect(codes('   ')).toEqual(['data/one', 'data/two'])
  expect(codes('  ROW   gone ')).toEqual(['data/two'])
  expect(codes('threshold files')).toEqual(['data/one', 'data/two'])
  expect(codes('row empty')).toEqual([])
})
