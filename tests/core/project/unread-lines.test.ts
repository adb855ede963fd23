/** Lines of a newer version in files of lines: opened, saved and merged by this one, each stays, once and as it was. */
import { describe, expect, test } from 'vitest'
import { canonicalJson, digestOf, type Json, utf8 } from '../../../src/core/canonical.ts'
import { settleFork } from '../../../src/core/project/copies/fork-settlement.ts'
import { standingCopy } from '../../../src/core/project/copies/standing-copy.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { afterSaving, saveProject } from '../../../src/core/project/format/save.ts'
import { forksIn } from '../../../src/core/project/ledger/ledger-union.ts'
import { addVerdicts } from '../../../src/core/project/review/review-steps.ts'
import { drawnProject, hand, judged, ok } from './review-walk.ts'

const base = drawnProject()
const ids = (base.review.draw?.records ?? []).map(({ id }) => id)
const soon = { wall: '2026-03-04T09:00:00+01:00', counter: 0 }

const readBy = (device: string, actor: string, wall: string, from: number, to: number): Project =>
  ok(
    addVerdicts(
      base,
      ids.slice(from, to).map((id) => judged(id)),
      { ...hand, device, actor, wall },
    ),
  )

/** The earlier verdicts come in second, so that the list is put in another order. */
const late = readBy('d2', 'a-keller', '2026-05-01T10:00:00+01:00', 0, 3)
const early = readBy('d3', 'b-ito', '2026-04-01T10:00:00+01:00', 3, 6)

/** Verdicts with one word that this version does not know. */
const unknownReason = line({ ...(late.review.events[0] ?? {}), id: 'd8-1', reason: 'route', kind: 'difference', item: 'dose' })
const unknownVerdict = line({ ...(late.review.events[0] ?? {}), id: 'd8-2', verdict: 'unsure' })
const otherVerdict = line({ ...(late.review.events[0] ?? {}), id: 'd9-1', verdict: 'doubtful' })
const unknownAnswer = line({ id: 'd8-3', at: soon, by: 'a-keller', kind: 'pause' })
const noJson = '{"id":"d8-4","kind":"rec'

function line(value: object): string {
  const json: Json = JSON.parse(JSON.stringify(value))
  return canonicalJson(json)
}

function linesOf(project: Project, path: string): readonly string[] {
  const bytes = saveProject(project).get(path)
  return new TextDecoder().decode(bytes).split('\n').slice(0, -1)
}

/** Opened again with more lines in a file, the first of them before all others. */
function openedWith(project: Project, path: string, [first, ...rest]: readonly string[]): Project {
  const files = new Map(saveProject(project))
  const held = files.has(path) ? linesOf(project, path) : []
  files.set(path, utf8([first, ...held, ...rest].map((each) => `${each}\n`).join('')))
  return opened(files)
}

function opened(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Project {
  const { project } = openProject(files)
  if (!project) throw new Error('The project did not open.')
  expect(project.readOnly).toBeNull()
  return project
}

function merged(here: Project, other: Project): Project {
  const outcome = mergeProjects(here, other)
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome.project
}

const verdictLines = (project: Project): readonly string[] => linesOf(project, paths.verdicts)
const times = (all: readonly string[], one: string): number => all.filter((each) => each === one).length

test('opened and saved, and merged with what brings nothing, the file keeps every byte', () => {
  const here = openedWith(late, paths.verdicts, [unknownReason, unknownVerdict])
  const bytes = saveProject(here).get(paths.verdicts)
  expect(here.review.events).toEqual(late.review.events)
  expect(verdictLines(here)[0]).toBe(unknownReason)
  expect(saveProject(opened(saveProject(here))).get(paths.verdicts)).toEqual(bytes)
  for (const other of [here, late, base]) expect(saveProject(merged(here, other)).get(paths.verdicts)).toEqual(bytes)
})

describe.each([
  ['an unknown reason', unknownReason],
  ['an unknown verdict', unknownVerdict],
  ['a line that is no JSON', noJson],
])('%s', (_, unread) => {
  test('stays in both copies of a merge that puts the list in another order, and in every save after it', () => {
    const here = openedWith(late, paths.verdicts, [unread])
    for (const joined of [merged(here, early), merged(early, here)]) {
      expect(times(verdictLines(joined), unread)).toBe(1)
      expect(verdictLines(joined)).toHaveLength(7)
      const saved = afterSaving(joined, saveProject(joined))
      const more = ok(addVerdicts(saved, [judged(ids[6] ?? '')], { ...hand, device: 'd2', wall: '2026-06-01T10:00:00+01:00' }))
      for (const next of [saved, opened(saveProject(joined)), more, opened(saveProject(more)), merged(more, here)])
        expect(times(verdictLines(next), unread)).toBe(1)
      expect(opened(saveProject(more)).review.events).toHaveLength(7)
    }
  })
})

test('unread lines of both sides stay, each once, and both copies hold the same lines', () => {
  const here = openedWith(late, paths.verdicts, [unknownReason, unknownVerdict])
  const other = openedWith(early, paths.verdicts, [otherVerdict, unknownVerdict])
  const joined = merged(here, other)
  const lines = verdictLines(joined)
  for (const each of [unknownReason, unknownVerdict, otherVerdict]) expect(times(lines, each)).toBe(1)
  expect(lines).toHaveLength(9)
  expect(new Set(verdictLines(merged(other, here)))).toEqual(new Set(lines))
  expect(saveProject(merged(opened(saveProject(joined)), other)).get(paths.verdicts)).toEqual(
    saveProject(joined).get(paths.verdicts),
  )
})

test('what only the other side could not read comes in where its verdicts are here already', () => {
  const other = openedWith(late, paths.verdicts, [otherVerdict])
  expect(verdictLines(merged(late, other))).toEqual([...verdictLines(late), otherVerdict])
  const saved = afterSaving(late, saveProject(late))
  expect(verdictLines(merged(saved, other))).toEqual([...verdictLines(late), otherVerdict])
})

test('answers about prepared records that this version can not read stay as well', () => {
  const here = openedWith(late, paths.calibration, [unknownAnswer])
  expect(here.review.calibration).toEqual([])
  for (const joined of [merged(here, early), merged(early, here)]) {
    expect(linesOf(joined, paths.calibration)).toEqual([unknownAnswer])
    expect(linesOf(opened(saveProject(joined)), paths.calibration)).toEqual([unknownAnswer])
  }
})

test('a last line without its end gets one before more is written', () => {
  const files = new Map(saveProject(late))
  files.set(paths.verdicts, utf8(`${verdictLines(late).join('\n')}\n${noJson}`))
  const more = ok(
    addVerdicts(opened(files), [judged(ids[6] ?? '')], { ...hand, device: 'd2', wall: '2026-06-01T10:00:00+01:00' }),
  )
  const again = opened(saveProject(more))
  expect(again.review.events).toHaveLength(4)
  expect(times(verdictLines(again), noJson)).toBe(1)
})

test('the own ledger keeps a line that is no entry, and takes none of another one', () => {
  const here = openedWith(late, paths.ledger, [noJson])
  expect(times(linesOf(merged(here, early), paths.ledger), noJson)).toBe(1)
  expect(times(linesOf(merged(early, here), paths.ledger), noJson)).toBe(0)
})

test('where roles are in force a line comes in that an entry names as it stands, and no other', () => {
  const other = openedWith(early, paths.verdicts, [unknownVerdict, otherVerdict, noJson])
  const named = {
    ...(late.ledger[0] ?? base.ledger[0]),
    object: `${paths.verdicts}#d8-2`,
    digest: digestOf(JSON.parse(unknownVerdict)),
  }
  const entry = named as Project['ledger'][number]
  expect(standingCopy(late, other, [entry]).unread.get(paths.verdicts)).toEqual([unknownVerdict])
  const mine = openedWith(late, paths.verdicts, [noJson])
  expect(standingCopy(mine, other, [entry]).unread.get(paths.verdicts)).toEqual([unknownVerdict, noJson])
})

test('lines that were put aside with a continuation stay on both sides of the next merge', () => {
  const one = ok(addVerdicts(base, [judged(ids[0] ?? '')], { ...hand, wall: '2026-05-01T10:00:00+01:00' }))
  const two = ok(addVerdicts(base, [judged(ids[1] ?? '')], { ...hand, wall: '2026-05-02T10:00:00+01:00' }))
  const both = merged(one, two)
  const [fork] = forksIn(both.ledger)
  const kept = one.ledger.find((entry) => entry.device === fork?.device && entry.seq === fork.seq)
  if (!fork || !kept) throw new Error('There is no fork.')
  const settled = ok(
    settleFork(both, fork, kept.hash, 'An old copy.', { ...hand, device: 'd5', wall: '2026-05-03T10:00:00+01:00' }),
  )
  const here = openedWith(settled, paths.givenUpVerdicts, [unknownReason])
  const other = openedWith(settled, paths.givenUpVerdicts, [otherVerdict])
  for (const joined of [merged(here, other), merged(other, here)]) {
    const lines = linesOf(joined, paths.givenUpVerdicts)
    for (const each of [unknownReason, otherVerdict, ...linesOf(settled, paths.givenUpVerdicts)])
      expect(times(lines, each)).toBe(1)
    expect(lines).toHaveLength(3)
  }
})

test.each([paths.ledger, paths.verdicts, paths.calibration, paths.forks, paths.hazards])(
  'a project whose %s can not be read at all opens for reading only, and saving changes none of its bytes',
  (path) => {
    const files = new Map(saveProject(late))
    const bytes = new Uint8Array([...utf8('[{"device":"'), 0xff, 0xfe, ...utf8('"}]\n')])
    files.set(path, bytes)
    const { project, problems } = openProject(files)
    expect(problems.map(({ path: at }) => at)).toContain(path)
    expect(project?.readOnly).toMatch(`${path} can not be read as written.`)
    expect(project && saveProject(project).get(path)).toEqual(bytes)
  },
)
