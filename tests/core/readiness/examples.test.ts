/** What stands in the files of the board and yet is no evidence: example files, and milestones that contradict the board. */
import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { type InputKind, inputKindNames, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { exampleReason, examplesOf, examplesPath, listedExamples } from '../../../src/core/readiness/kept-files/examples.ts'
import { goLiveConflict, goLiveOf } from '../../../src/core/readiness/kept-files/go-live.ts'
import { inputAdded } from '../../../src/core/readiness/kept-files/input-acts.ts'
import { withoutInput } from '../../../src/core/readiness/kept-files/keep-input.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject, withFile } from './ready-project.ts'

const ready = readyProject([])
const textOf = (project: Project, kind: InputKind): string => new TextDecoder().decode(project.other.get(inputPath(kind)))
const digests = Object.fromEntries(inputKindNames.map((kind) => [kind, digestOf(textOf(ready, kind))]))
const taken: Project = { ...ready, other: new Map(ready.other).set(examplesPath, utf8(JSON.stringify(digests))) }
const judged = (project: Project) => assess(project, asOf, null, criteria, verified).phases.flatMap((phase) => phase.criteria)
const kinds = new Set<string>(inputKindNames)

test('example files show what they would say and prove nothing: no gate opens on them', () => {
  const board = assess(taken, asOf)
  // An example says no day of go-live either.
  expect(board.phases.map(({ gate }) => gate)).toEqual([...Array(4).fill('blocked'), 'not due', 'not due'])
  for (const { criterion, state, reason, measure, due } of judged(taken)) {
    if (!criterion.needs.some((kind) => kinds.has(kind)) || !due.isDue) continue
    expect([criterion.code, state, reason]).toEqual([criterion.code, 'stale', exampleReason])
    expect(measure).not.toBeNull()
  }
})

test('an example file that was edited since still proves nothing; one that was put whole in its place does', () => {
  const own = `${textOf(taken, 'goals')}G9,More,calls,1,2,higher,Lead\n`
  const edited = withFile(taken, 'goals', own)
  const proven = (project: Project) =>
    judged(project).filter(({ state, criterion }) => state === 'proven' && criterion.needs.some((kind) => kinds.has(kind)))
  expect(proven(edited)).toEqual([])

  const replaced = { ...edited, other: listedExamples(edited.other, { goals: null }) }
  expect(proven(replaced).map(({ criterion }) => criterion.code)).toEqual(
    criteria.filter(({ needs }) => needs.length === 1 && needs[0] === 'goals').map(({ code }) => code),
  )
})

test('a list of example files that can not be read names none', () => {
  for (const text of ['{', '[]', 'null', '{"goals": 1}'])
    expect(examplesOf({ other: new Map([[examplesPath, utf8(text)]]) })).toEqual({})
})

test('go-live is one day: another one in board.json strikes out what rests on the milestones, the same one does not', () => {
  const rows = [{ milestone: 'go-live', planned_on: '2026-11-02', done_on: null }]
  expect(goLiveOf(rows)).toBe('2026-11-02')
  expect(goLiveOf([{ milestone: 'go-live', planned_on: '2026-11-02', done_on: '2026-11-09' }])).toBe('2026-11-09')
  expect(goLiveOf([])).toBeNull()
  expect(goLiveConflict(rows, '2026-11-02')).toBeNull()
  expect(goLiveConflict(rows, null)).toBeNull()
  expect(goLiveConflict(rows, '2026-11-09')).toContain('09-Nov-2026, the milestones say 02-Nov-2026')
  const stated = (goLive: string | null) => judged({ ...ready, board: { ...ready.board, goLive } })
  const struck = stated('2030-01-01').filter(({ state }) => state === 'stale')
  const day = textOf(ready, 'milestones').match(/go-live,(\S{10})/)?.[1] ?? ''
  // The earlier of both days decides what is due.
  expect(struck.map(({ criterion }) => criterion.code)).toEqual(
    stated(day)
      .filter(({ criterion, state }) => criterion.needs.includes('milestones') && state !== 'not-due')
      .map(({ criterion }) => criterion.code),
  )
  expect(struck.slice(0, 2).every(({ reason }) => reason?.startsWith('board.json says go-live is on 01-Jan-2030'))).toBe(true)
  expect(stated(day).filter(({ state }) => state === 'stale')).toEqual([])
})

test('a file exchanged in the folder, or put back there, is no evidence, and verifying says so', async () => {
  const text = textOf(ready, 'goals').replace('calls', 'visits')
  const outside: Project = {
    ...ready,
    other: new Map(ready.other).set(inputPath('goals'), utf8(`${text}G9,More,calls,1,2,higher,Lead\n`)),
  }
  const stateOf = (project: Project) =>
    judged(project)
      .filter(({ criterion }) => criterion.code === 'readiness/goals-measured')
      .map(({ state, reason }) => [state, reason])
  const words = (how: string): string =>
    `it is not what the ledger names, ${how} on 18-Jul-2026: it was changed outside; add it again if it is right`
  expect(stateOf(ready)).toEqual([['proven', null]])
  expect(stateOf(outside)).toEqual([['stale', words('put there')]])
  const verdict = async (project: Project) =>
    (await verifyProject(saveProject(project), webVerifier))?.checks.find(({ id }) => id === 'V8')
  expect(await verdict(ready)).toMatchObject({ ok: true })
  expect(await verdict(outside)).toMatchObject({ ok: false, why: `readiness/goals.csv: ${words('put there')}.` })
  // Once it is added, it counts; the one before is then the other file.
  const added = withFile(outside, 'goals', textOf(outside, 'goals'))
  expect(stateOf(added)).toEqual([['proven', null]])
  expect(stateOf({ ...added, other: ready.other })[0]?.[0]).toBe('stale')
  const removed = withoutInput(ready, ['goals'], { device: 'd1', actor: 'owner', wall: '2026-07-18T08:45:00+02:00' })
  expect(stateOf({ ...removed, other: ready.other })).toEqual([['stale', words('removed')]])
  // After a merge the file of either device may lie here.
  const elsewhere = record(ready, [{ action: inputAdded, object: inputPath('goals'), digest: digestOf('theirs') }], {
    device: 'd2',
    actor: 'owner',
    wall: '2026-07-18T08:50:00+02:00',
  })
  expect(stateOf(elsewhere)).toEqual([['proven', null]])
})
