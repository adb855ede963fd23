/** Every kind of act through the one door: what can not be kept is nowhere to be seen, the person is told, and the same act goes well afterwards. */
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { beginThread, settle, withdraw } from '../../../src/app/comments/talk.ts'
import { acceptFindings, assignFindings, withdrawAcceptances } from '../../../src/app/routes/data/acts/acceptance.ts'
import { changeMapping } from '../../../src/app/routes/data/acts/mapping.ts'
import { explain, replaceExplanation, withdrawExplanation } from '../../../src/app/routes/data/acts/reconcile.ts'
import { readFrom } from '../../../src/app/routes/data/acts/sources.ts'
import {
  editRisk,
  recordStatement,
  risksPlace,
  setThresholds,
  withdrawStatement,
} from '../../../src/app/routes/readiness/acts/board-acts.ts'
import { makeDowntimeKit } from '../../../src/app/routes/readiness/acts/downtime-kit.ts'
import { addInputFile, agreeToInput, inputsPlace, removeInputFile } from '../../../src/app/routes/readiness/acts/input-files.ts'
import { nameVersion, renameSharedVersion, shareMap } from '../../../src/app/routes/workflow/acts/shared-drawing.ts'
import { addRuns, keepPlan, testsPlace } from '../../../src/app/routes/workflow/acts/timed-tests.ts'
import { act, actAtOnce, actOrSay, type Deed, draftAtOnce, recorded } from '../../../src/app/session/act.ts'
import { noteChange, redoChange, undoChange } from '../../../src/app/session/history.ts'
import { openProject, setWorkspace, workspace } from '../../../src/app/session/state.ts'
import { fieldsPath } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { SourceEntry } from '../../../src/core/data/model/source.ts'
import type { Explanation } from '../../../src/core/data/reconcile/account/result.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import { newProject } from '../../../src/core/project/format/open.ts'
import type { BoardStatement, Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { setRisk } from '../../../src/core/readiness/board/record-board.ts'
import { inputFiles, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { withPairSearch } from '../../../src/core/readiness/kept-files/pair-search.ts'
import { loggedEvents, withBoardEvents } from '../../../src/core/readiness/log/board-log.ts'
import { loggedRisks } from '../../../src/core/readiness/log/risks.ts'
import { documentsOf } from '../../../src/core/workflow/map/files.ts'
import { readTestPlan } from '../../../src/core/workflow/timed-tests/plan.ts'
import { readLog } from '../../../src/core/workflow/together/edit-log.ts'
import { editLogPath } from '../../../src/core/workflow/together/log-path.ts'
import { readTalk, threadsOf } from '../../../src/core/workflow/together/talk.ts'
import { disk } from '../keep-double.ts'
import { refill } from '../refill.ts'

vi.mock('../../../src/app/session/keep.ts', async () => (await import('../keep-double.ts')).keepDouble)
vi.mock('../../../src/app/session/browser-store.ts', async () => (await import('../keep-double.ts')).keepDouble)
vi.mock('../../../src/app/session/device.ts', () => ({ deviceId: () => 'd1' }))
vi.mock('../../../src/app/session/jobs.ts', () => ({ jobs: {} }))

const noRoom = 'This browser has no room left. Save the project to a file, then try again.'
const at = '2026-07-01T09:00:00+02:00'
const names = { id: 'p', name: 'Harbour', legacy: 'A', target: 'B', created: at, tool: 'test', servers: [] }
const finding = { fingerprint: 'sha256:aa', code: 'data/required', place: 'patients.dob' }
const acceptance = { ...finding, reason: 'Known', by: 'Ada Example', expires: '2026-12-31', at }
const explanation: Explanation = {
  ...{ side: 'legacy', table: 'patients', record: '7', state: 'archived' },
  ...{ into: '', reason: 'Closed chart', by: 'Ada Example' },
}
const another: Explanation = { ...explanation, record: '8' }
const statement: BoardStatement = {
  ...{ id: 's1', criterion: 'readiness/vendor', text: 'The vendor was asked', by: 'Ada Example' },
  ...{ role: 'Lead', reason: 'Call of Monday', at, expires: null },
}
const persons: SourceEntry = {
  ...{ id: 'person', name: 'person.csv', side: 'target', format: 'csv', table: 'person', bytes: 9, records: 9, reading: {} },
  ...{ sha256: 'sha256:aa', schema: null },
}
const risk = 'readiness/training'
const agreedKind = 'rollback'
const run = new Map(Object.entries({ task_id: 'book', role: 'Clerk', system: 'old', started_at: at, seconds: '31' }))
const plan = readTestPlan(null).value
const lineOne = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by\n'
const fields = `${lineOne}patients,DOB,date,order=day-first,Patient.birthDate,,suggested,,\n`

const onStep = { kind: 'step', map: 'refill', side: 'current', id: 'take-call' } as const

function namedVersion() {
  const log = readLog(openProject().other.get(editLogPath('refill')) ?? new Uint8Array())
  const [version] = log?.versions ?? []
  if (!version) throw new Error('no version')
  return version
}

function openThread() {
  const [thread] = threadsOf(readTalk(openProject().private.get(paths.talk)).events)
  if (!thread) throw new Error('no thread')
  return thread
}

const refusalOf = (result: unknown): unknown => (typeof result === 'string' ? result : workspace().problem)

/** What has to stand before an act, and the act. */
interface Kind {
  readonly before?: () => Promise<unknown>
  readonly act: () => unknown
}

const kinds: Readonly<Record<string, Kind>> = {
  'a finding accepted': { act: () => acceptFindings([acceptance]) },
  'a finding given to somebody': { act: () => assignFindings([finding], { owner: 'Bo Example' }) },
  'an acceptance withdrawn': {
    before: () => acceptFindings([acceptance]),
    act: () => withdrawAcceptances([finding.fingerprint]),
  },
  'a statement': { act: () => recordStatement(statement) },
  'a statement taken back': {
    before: () => recordStatement(statement),
    act: () => withdrawStatement(statement.criterion),
  },
  'a search for duplicates kept': {
    act: () =>
      actOrSay((held, by) => ({ ok: true, project: withPairSearch(held, persons, { records: 9, pairs: 4, groups: 0 }, by) })),
  },
  'a limit changed': { act: () => setThresholds('readiness/vendor', { from: { days: 3 }, to: { days: 5 }, reason: 'Agreed' }) },
  'a risk described': { act: () => editRisk(risk, { owner: 'Bo Example' }) },
  'the description of a risk taken back': {
    before: () => editRisk(risk, { owner: 'Bo Example' }),
    act: () => undoChange(risksPlace),
  },
  'an input file added': { act: () => addInputFile('tickets', inputFiles.tickets.example) },
  'an input file removed': {
    before: () => addInputFile('tickets', inputFiles.tickets.example),
    act: () => removeInputFile('tickets'),
  },
  'an input file taken back': {
    before: () => addInputFile('tickets', inputFiles.tickets.example),
    act: () => undoChange(inputsPlace),
  },
  'a plan agreed to': {
    before: () => addInputFile(agreedKind, inputFiles[agreedKind].example),
    act: () => agreeToInput(agreedKind, { name: 'Ada Example', role: 'Lead' }),
  },
  'the downtime kit': { before: () => addInputFile('roster', inputFiles.roster.example), act: () => makeDowntimeKit() },
  'a timed run': { act: () => addRuns([run], 'A run was saved') },
  'a timed run taken back': { before: () => addRuns([run], 'A run was saved'), act: () => undoChange(testsPlace) },
  'a timed run done again': {
    before: async () => [await addRuns([run], 'A run was saved'), await undoChange(testsPlace)],
    act: () => redoChange(testsPlace),
  },
  'a plan of timed tests': { act: () => keepPlan('refill', plan, 'The plan was made') },
  'a map shared': { act: () => shareMap('refill') },
  'a version of a shared map named': { before: () => shareMap('refill'), act: () => nameVersion('refill', 'After the huddle') },
  'a version of a shared map renamed': {
    before: async () => [await shareMap('refill'), await nameVersion('refill', 'After the huddle')],
    act: () => renameSharedVersion('refill', namedVersion(), 'After the second huddle'),
  },
  'a comment': { act: () => beginThread(onStep, 'Two inbox blocks a day?', []) },
  'a thread resolved': { before: () => beginThread(onStep, 'Two blocks?', []), act: () => settle(openThread(), false) },
  'a comment taken back': {
    before: () => beginThread(onStep, 'Two blocks?', []),
    act: () => withdraw(openThread(), openThread().said[0]?.id ?? ''),
  },
  'records explained': { act: () => explain([explanation]) },
  'an explanation changed': { before: () => explain([explanation]), act: () => replaceExplanation(explanation, another) },
  'an explanation withdrawn': { before: () => explain([explanation]), act: () => withdrawExplanation(explanation) },
  'a server read': { act: () => actOrSay((project, by) => readFrom(project, 'https://fhir.example', by)) },
  'a line of the field map confirmed': {
    act: async () => {
      changeMapping({ kind: 'confirm-line', at: 0, by: 'Ada Example' })
      // A gesture is kept in its turn; the next act waits for that.
      await act((project) => ({ ok: true, project }))
    },
  },
}

/** Every byte that a page could show or a file could hold. */
function shown(): ReadonlyMap<string, string> {
  return new Map([...saveProject(openProject())].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]))
}

beforeAll(() => {
  vi.stubGlobal('__VERSION__', '0')
})

beforeEach(async () => {
  disk.trouble = null
  const opened = {
    ...{ kind: 'risk-opened' as const, at, by: 'ada-example', risk, what: 'Training', why: 'Late', avoid: 'Teach' },
    ...{ words: '3 of 9', severity: 3, owner: null, evidence: [] },
  }
  const blank = newProject({ ...names, id: crypto.randomUUID() })
  const project: Project = {
    ...blank,
    workflows: [documentsOf(refill)],
    mapping: new Map([[fieldsPath, fields]]),
    other: withBoardEvents(blank.other, [opened]),
    private: new Map([['private/salt.json', new TextEncoder().encode(JSON.stringify({ salt: 'ab'.repeat(32) }))]]),
  }
  setWorkspace({
    project,
    workflows: new Map([[refill.id, refill]]),
    person: { name: 'Ada Example', role: 'Lead' },
    problem: null,
    done: null,
    unsaved: 0,
  })
  // The first act gives this device its key; that is no part of what is looked at here.
  await act((now, by) => recorded(now, [{ action: 'exported', object: 'x', digest: null }], by))
  setWorkspace({ unsaved: 0 })
})

test.each(Object.entries(kinds))('%s: not kept, it is not shown, and said; kept, it is', async (_, kind) => {
  await kind.before?.()
  const before = shown()
  setWorkspace({ problem: null, done: null, unsaved: 0 })
  disk.trouble = noRoom
  const refused = refusalOf(await kind.act())
  expect(refused).toBe(`Not recorded: ${noRoom}`)
  expect(shown()).toEqual(before)
  expect(workspace()).toMatchObject({ done: null, unsaved: 0 })
  disk.trouble = null
  setWorkspace({ problem: null })
  const writes = disk.writes
  expect(refusalOf(await kind.act())).not.toBe(refused)
  expect(workspace().problem).toBeNull()
  expect(shown()).not.toEqual(before)
  expect(disk.writes).toBe(writes + 1)
})

test('what only stands in the way of an act is said in the same place, and nothing is written', async () => {
  const writes = disk.writes
  await makeDowntimeKit()
  expect(workspace().problem).toMatch(/The roster names no department/)
  setWorkspace({ project: { ...openProject(), readOnly: 'Another tab writes.' }, problem: null })
  await acceptFindings([acceptance])
  expect([workspace().problem, disk.writes]).toEqual(['Another tab writes.', writes])
})

test('what was drawn meanwhile in another file stays when an act is taken back', async () => {
  const text = (value: string) => new TextEncoder().encode(value)
  const adding = (path: string) => (project: Project) => ({
    ok: true as const,
    project: { ...project, other: new Map(project.other).set(path, text(path)) },
  })
  disk.trouble = noRoom
  const decided = act(adding('readiness/decided.txt'))
  draftAtOnce(adding('drawings/drawn.txt'), false)
  expect(await decided).toBe(`Not recorded: ${noRoom}`)
  expect([...openProject().other.keys()]).toEqual(['readiness/history.jsonl', 'drawings/drawn.txt'])
  expect(workspace().unsaved).toBe(1)
})

test('acts that rest on one another are taken back with the last of them', async () => {
  const entry = (object: string) => [{ action: 'exported', object, digest: null }]
  disk.trouble = noRoom
  actAtOnce((project, by) => recorded(project, entry('first'), by))
  actAtOnce((project, by) => recorded(project, entry('second'), by))
  expect(await act((project) => ({ ok: true, project }))).toBeNull()
  expect(openProject().ledger.map(({ object }) => object)).toEqual(['d1', 'x'])
  expect(workspace()).toMatchObject({ unsaved: 0, problem: expect.stringMatching(/^Not recorded: /) })
})

test('what a draft rests on is still shown, and the sentence says that it is not kept and what to do', async () => {
  const set = (value: string) => (project: Project) => ({
    ok: true as const,
    project: { ...project, other: new Map(project.other).set('a', new TextEncoder().encode(value)) },
  })
  disk.trouble = noRoom
  actAtOnce(set('decided'))
  draftAtOnce(set('drawn over'), false)
  await act((project) => ({ ok: true, project }))
  expect(workspace().problem).toMatch(/^Not kept: .*still shown\. Press Ctrl S to try again, or save the project as a file/)
  expect(new TextDecoder().decode(openProject().other.get('a'))).toBe('drawn over')
  expect(workspace().unsaved).toBe(2)
})

test('in a tab that was taken over, the sentence offers the file and no key that does nothing', async () => {
  const set = (value: string) => (project: Project) => ({
    ok: true as const,
    project: { ...project, other: new Map(project.other).set('a', new TextEncoder().encode(value)) },
  })
  const taken = 'Another tab took this project over. This tab only reads now.'
  disk.trouble = taken
  const decided = act(set('decided'))
  await Promise.resolve()
  actAtOnce(set('at once'))
  draftAtOnce(set('drawn over'), false)
  setWorkspace({ project: { ...openProject(), readOnly: taken } })
  await decided
  await vi.waitFor(() => expect(workspace().problem).toMatch(/^Not kept: .*Save the project as a file in Settings to keep it\.$/))
  expect(workspace().problem).not.toMatch(/Ctrl S/)
})

test('signed ends of chains that come in with a copy are kept with it', async () => {
  const head = { device: 'd2', seq: 1, hash: 'sha256:aa', signature: 'x' }
  expect(await act((project) => ({ ok: true, project: { ...project, heads: [head] } }))).toBeNull()
  expect(openProject().heads).toEqual([head])
})

test('an act that finds the project changed begins again on what is there now', async () => {
  let turns = 0
  const refusal = await act(async (project, by) => {
    if (turns++ === 0) actAtOnce((now, hand) => recorded(now, [{ action: 'exported', object: 'between', digest: null }], hand))
    return recorded(project, [{ action: 'exported', object: 'slow', digest: null }], by)
  })
  expect(refusal).toBeNull()
  expect(turns).toBe(2)
  expect(
    openProject()
      .ledger.map(({ object }) => object)
      .slice(-2),
  ).toEqual(['between', 'slow'])
})

test('two presses of undo take back two steps, and a burst is one step', async () => {
  const set = (value: string) => (project: Project) => ({
    ok: true as const,
    project: { ...project, other: new Map(project.other).set('a', new TextEncoder().encode(value)) },
  })
  const value = (): string => new TextDecoder().decode(openProject().other.get('a'))
  for (const [from, to, burst] of [
    ['0', '1', null],
    ['1', '2', 'typing'],
    ['2', '3', 'typing'],
    ['3', '4', null],
  ] as const) {
    await act(set(to))
    noteChange('place', { said: to, undo: set(from), redo: set(to), burst })
  }
  await Promise.all([undoChange('place'), undoChange('place')])
  expect(value()).toBe('1')
  await redoChange('place')
  expect([value(), workspace().done]).toEqual(['3', 'Done again: 3'])
})

test('a file that something else has changed since is not taken back, and the step is let go', async () => {
  await addInputFile('tickets', inputFiles.tickets.example)
  const other = new Map(openProject().other).set(inputPath('tickets'), new TextEncoder().encode('x'))
  setWorkspace({ project: { ...openProject(), other } })
  expect(await undoChange(inputsPlace)).toBe(false)
  expect(workspace().problem).toMatch(/can not be taken back: the file has been changed elsewhere since/)
  setWorkspace({ problem: null })
  expect([await undoChange(inputsPlace), workspace().problem]).toEqual([true, null])
})

const exported =
  (object: string): Deed =>
  (project, by) =>
    recorded(project, [{ action: 'exported', object, digest: null }], by)

test('a tab that loses the project while an act waits records nothing and says why', async () => {
  const [before, writes] = [shown(), disk.writes]
  const taken = 'Another tab took this project over. This tab only reads now.'
  const signing = act(async (project, by) => {
    setWorkspace({ project: { ...openProject(), readOnly: taken } })
    return exported('signed')(project, by)
  })
  expect(await signing).toBe(taken)
  expect([shown(), disk.writes]).toEqual([before, writes])
})

test('a page that stumbles over an act that was kept says so, and the next act goes well', async () => {
  const stumbling = act(exported('first'), () => {
    throw new Error('The page is gone.')
  })
  expect(await stumbling).toBeNull()
  expect(workspace().problem).toMatch(/^This was recorded, but .*The page is gone\./)
  expect(await act(exported('second'))).toBeNull()
  expect(openProject().ledger.map(({ object }) => object)).toEqual(['d1', 'x', 'first', 'second'])
})

test('without an open project a step is neither noted nor taken back, and nothing throws', async () => {
  const project = openProject()
  setWorkspace({ project: null })
  noteChange('place', { said: 'x', undo: (now) => ({ ok: true, project: now }), redo: null })
  expect(await undoChange('place')).toBe(false)
  setWorkspace({ project, problem: null, done: null })
  expect([await undoChange('place'), workspace().done]).toEqual([true, null])
})

test('an act that waits is recorded in the name of whoever did it', async () => {
  const done = [act(exported('first')), act(exported('second'))]
  setWorkspace({ person: { name: 'Bo Example', role: 'Clerk' } })
  done.push(act(exported('third')))
  expect(await Promise.all(done)).toEqual([null, null, null])
  const entries = openProject().ledger.slice(-3)
  expect(entries.map(({ actor, object }) => [object, actor])).toEqual([
    ['first', 'ada-example'],
    ['second', 'ada-example'],
    ['third', 'bo-example'],
  ])
})

test('an act that waits does not enter the project that was opened meanwhile', async () => {
  const other = newProject({ ...names, id: crypto.randomUUID() })
  const done = [act(exported('first')), act(exported('second'))]
  setWorkspace({ project: other })
  for (const refusal of await Promise.all(done)) expect(refusal).toMatch(/^Not recorded: the project was left/)
  expect(openProject()).toBe(other)
})

const writtenBySomebody = (parts: Parameters<typeof setRisk>[2]): Deed => {
  return (project, by) => ({ ok: true, project: setRisk(project, risk, parts, { ...by, actor: 'cy-example' }) })
}
const riskNow = () => loggedRisks(loggedEvents(openProject())).get(risk)

test('what somebody else wrote about a risk since stays when an edit of another part is taken back', async () => {
  await editRisk(risk, { owner: 'Bo Example' })
  await act(writtenBySomebody({ severity: 5, due: '2026-08-01' }))
  expect(await undoChange(risksPlace)).toBe(true)
  expect(riskNow()).toMatchObject({ owner: null, severity: 5, due: '2026-08-01' })
})

test('an edit of a risk that somebody has written over since is not taken back', async () => {
  await editRisk(risk, { owner: 'Bo Example', likelihood: 2 })
  await act(writtenBySomebody({ owner: 'Cy Example' }))
  expect(await undoChange(risksPlace)).toBe(false)
  expect(workspace().problem).toMatch(/the owner of this risk has been changed since/)
  expect(riskNow()).toMatchObject({ owner: 'Cy Example', likelihood: 2 })
})
