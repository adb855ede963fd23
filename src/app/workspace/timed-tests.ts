/**
 * Timed tests of workflows: the plan beside the maps, the runs among the files of the board, where the ledger names every change of them; every
 * change can be undone.
 */
import { create } from 'zustand'
import { digestOf, utf8 } from '../../core/canonical.ts'
import type { Project } from '../../core/project/project.ts'
import { recordName, saltOf } from '../../core/project/record-name.ts'
import { record } from '../../core/project/review-steps.ts'
import { recordsIn } from '../../core/readiness/input-files/csv-records.ts'
import { placeOfLine, recordsOf, withCell, withRecords } from '../../core/readiness/input-files/edit-input.ts'
import { inputFiles, inputPath } from '../../core/readiness/input-files/files.ts'
import { inputAdded, inputEdited, inputRemoved, inputRestored } from '../../core/readiness/input-files/input-acts.ts'
import { readInput } from '../../core/readiness/input-files/read-input.ts'
import { keptInput } from '../../core/readiness/input-files/write-input.ts'
import { readTestPlan, type TestPlan, testPlanText } from '../../core/workflow/timed-tests/plan.ts'
import { keepNow } from './keep.ts'
import { hand } from './ledger.ts'
import { newSalt } from './record-names.ts'
import { changeProject, openProject, setWorkspace, workspace } from './state.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What one change did to the files of the project; null where there was or is none. */
interface Change {
  readonly said: string
  readonly before: ReadonlyMap<string, Bytes | null>
  readonly after: ReadonlyMap<string, Bytes | null>
}

interface History {
  readonly project: string | null
  readonly undo: readonly Change[]
  readonly redo: readonly Change[]
}

const useHistory = create<History>()(() => ({ project: null, undo: [], redo: [] }))

const runsPath = inputPath('observations')

/** How many changes there are to take back, and to do again. */
export function useTestHistory(): { readonly undo: number; readonly redo: number } {
  const history = useHistory()
  const here = history.project === (workspace().project?.manifest.id ?? null)
  return here ? { undo: history.undo.length, redo: history.redo.length } : { undo: 0, redo: 0 }
}

function planPath(workflow: string): string {
  return `workflows/${workflow}/tests.json`
}

/** Bytes of a plan and of the runs; they never change in place, so views can be remembered by them. */
export function planBytes(project: Project, workflow: string): Bytes | null {
  return project.other.get(planPath(workflow)) ?? null
}

export function runsBytes(project: Project): Bytes | null {
  return project.other.get(runsPath) ?? null
}

export function planOf(bytes: Bytes | null): ReturnType<typeof readTestPlan> | null {
  if (bytes === null) return null
  try {
    return readTestPlan(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return readTestPlan(null)
  }
}

/** Plans of the other workflows of the project. */
export function otherPlans(project: Project, workflow: string): readonly TestPlan[] {
  return project.workflows.flatMap(({ id }) => {
    const plan = id === workflow ? null : planOf(planBytes(project, id))
    return plan ? [plan.value] : []
  })
}

export function keepPlan(workflow: string, plan: TestPlan, said: string): Promise<void> {
  return change(new Map([[planPath(workflow), utf8(testPlanText(plan))]]), said)
}

/** @param records cells by column; persons as they were typed, which are hashed outside `private/` */
/** False where the file of observations can not be changed; what was to be added is not kept then. */
export async function addRuns(records: readonly ReadonlyMap<string, string>[], said: string): Promise<boolean> {
  return await changeRuns((text) => withRecords(text, records), said)
}

/** An empty reason makes a run count again. */
export async function discardRun(line: number, reason: string, said: string): Promise<void> {
  const place = placeOfLine(runsText(), line)
  await changeRuns((text) => withCell(text, place, 'discarded', reason), said)
}

export interface ImportedRuns {
  readonly added: number
  /** Rows that the project had already. */
  readonly known: number
  /** What could not be read, in sentences with their lines. */
  readonly problems: readonly string[]
}

/** Adds rows of a file with the columns of `observations`; rows that are there already are left out, those that can not be read are named. */
export async function importRuns(text: string): Promise<ImportedRuns> {
  const file = inputFiles.observations
  const { rows, problems } = readInput(file, text)
  const lines = new Set(rows.map((row) => row.line))
  const usable = new Set(recordsIn(text).records.flatMap(({ line }, place) => (lines.has(line) ? [place] : [])))
  const had = new Set(recordsOf(runsText()).map(keyOf))
  const kept = recordsOf(keptInput(file, text, hide))
  const records = recordsOf(text)
  const added = records.filter((_, at) => {
    const key = keyOf(kept[at] ?? new Map())
    if (!usable.has(at) || had.has(key)) return false
    had.add(key)
    return true
  })
  const isKept = added.length > 0 && (await addRuns(added, `Imported ${added.length} runs`))
  return {
    added: isKept ? added.length : 0,
    known: usable.size - added.length,
    problems: problems.map(({ sentence }) => sentence),
  }
}

/** Takes the last change back; says so where another page has changed the same file since. */
export function undoTests(): void {
  move('undo', 'redo')
}

export function redoTests(): void {
  move('redo', 'undo')
}

const sameRun = ['task_id', 'role', 'system', 'started_at', 'seconds', 'person_id'] as const

function keyOf(record: ReadonlyMap<string, string>): string {
  return JSON.stringify(sameRun.map((name) => record.get(name) ?? ''))
}

function runsText(): string {
  const bytes = runsBytes(openProject())
  return bytes ? new TextDecoder().decode(bytes) : `${sameRun.slice(0, 5).join(',')}\n`
}

/** The original in `private/` follows where it still has the same records as what is kept. */
async function changeRuns(edit: (text: string) => string, said: string): Promise<boolean> {
  const before = runsText()
  const { trouble } = recordsIn(before)
  if (trouble !== null) {
    setWorkspace({ problem: `The file of timed observations can not be changed. ${trouble}` })
    return false
  }
  const project = openProject()
  const hidden = project.private.get(`private/${runsPath}`)
  const original = hidden ? new TextDecoder().decode(hidden) : runsBytes(project) === null ? before : null
  const next = new Map<string, Bytes>([[runsPath, utf8(keptInput(inputFiles.observations, edit(before), hide))]])
  if (original !== null && recordsOf(original).length === recordsOf(before).length)
    next.set(`private/${runsPath}`, utf8(edit(original)))
  await change(next, said)
  return true
}

/** Without a salt of the project one of this visit hides the persons; they then match no other file. */
let visitSalt: string | null = null

function hide(person: string): string {
  visitSalt ??= newSalt()
  return recordName(saltOf(openProject()) ?? visitSalt, person)
}

async function change(after: ReadonlyMap<string, Bytes | null>, said: string): Promise<void> {
  const { manifest, readOnly } = openProject()
  const before = new Map([...after.keys()].map((path) => [path, held(path)] as const))
  put(after, before.get(runsPath) === null ? inputAdded : inputEdited)
  if (readOnly !== null) return
  useHistory.setState((history) => ({
    project: manifest.id,
    undo: [...(history.project === manifest.id ? history.undo : []), { said, before, after }],
    redo: [],
  }))
  await keepNow()
}

function move(from: 'undo' | 'redo', to: 'undo' | 'redo'): void {
  const history = useHistory.getState()
  const last = history[from].at(-1)
  if (!last || history.project !== openProject().manifest.id) return
  const [now, next] = from === 'undo' ? [last.after, last.before] : [last.before, last.after]
  if ([...now].some(([path, bytes]) => held(path) !== bytes)) {
    setWorkspace({ problem: 'The runs have been changed on another page since; this step can not be taken back any more.' })
    return
  }
  put(next, inputRestored)
  useHistory.setState({ ...history, [from]: history[from].slice(0, -1), [to]: [...history[to], last] })
  setWorkspace({ done: `${from === 'undo' ? 'Taken back' : 'Done again'}: ${last.said}` })
  void keepNow()
}

function held(path: string): Bytes | null {
  const { other, private: hidden } = openProject()
  return (path.startsWith('private/') ? hidden : other).get(path) ?? null
}

/** @param act what the ledger says of the runs where they are among the files */
function put(files: ReadonlyMap<string, Bytes | null>, act: string): void {
  const project = openProject()
  const other = new Map(project.other)
  const hidden = new Map(project.private)
  for (const [path, bytes] of files) {
    const part = path.startsWith('private/') ? hidden : other
    if (bytes === null) part.delete(path)
    else part.set(path, bytes)
  }
  const runs = files.get(runsPath)
  const named = runs ?? project.other.get(runsPath)
  const acts =
    runs === undefined || named === undefined
      ? []
      : [{ action: runs === null ? inputRemoved : act, object: runsPath, digest: digestOf(new TextDecoder().decode(named)) }]
  changeProject({ other, private: hidden, ...(acts.length > 0 ? { ledger: record(project, acts, hand()).ledger } : {}) })
}
