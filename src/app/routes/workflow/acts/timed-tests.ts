/**
 * Timed tests of workflows: the plan beside the maps, the runs among the files of the board, where the ledger names every change of them; every
 * change can be undone.
 */

import { digestOf, utf8 } from '../../../../core/canonical.ts'
import type { Hand, Step } from '../../../../core/project/acts/hand.ts'
import { refuse } from '../../../../core/project/acts/refusal.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { recordName, saltOf } from '../../../../core/project/format/record-name.ts'
import { recordsIn } from '../../../../core/readiness/input-files/csv-records.ts'
import { placeOfLine, recordsOf, withCell, withRecords } from '../../../../core/readiness/input-files/edit-input.ts'
import { inputFiles, inputPath } from '../../../../core/readiness/input-files/files.ts'
import { readInput } from '../../../../core/readiness/input-files/read-input.ts'
import { keptInput } from '../../../../core/readiness/input-files/write-input.ts'
import { inputAdded, inputEdited, inputRemoved, inputRestored } from '../../../../core/readiness/kept-files/input-acts.ts'
import { readTestPlan, type TestPlan, testPlanText } from '../../../../core/workflow/timed-tests/plan.ts'
import { actOrSay, type PlainDeed, recorded } from '../../../session/act.ts'
import { noteChange } from '../../../session/history.ts'
import { newSalt } from '../../../session/record-names.ts'
import { openProject } from '../../../session/state.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Files by path; null where there is none. */
type States = ReadonlyMap<string, Bytes | null>

/** Where changes of timed tests are taken back. */
export const testsPlace = 'timed tests'

const runsPath = inputPath('observations')

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

export async function keepPlan(workflow: string, plan: TestPlan, said: string): Promise<void> {
  await change(() => ({ files: new Map([[planPath(workflow), utf8(testPlanText(plan))]]) }), said)
}

/**
 * False where the file of observations can not be changed or kept; what was to be added is not kept then.
 * @param records cells by column; persons as they were typed, which are hashed outside `private/`
 */
export async function addRuns(records: readonly ReadonlyMap<string, string>[], said: string): Promise<boolean> {
  return await changeRuns((text) => withRecords(text, records), said)
}

/** An empty reason makes a run count again. */
export async function discardRun(line: number, reason: string, said: string): Promise<void> {
  const place = placeOfLine(runsText(openProject()), line)
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
  const had = new Set(recordsOf(runsText(openProject())).map(keyOf))
  const kept = recordsOf(keptInput(file, text, hider(openProject())))
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

const sameRun = ['task_id', 'role', 'system', 'started_at', 'seconds', 'person_id'] as const

function keyOf(record: ReadonlyMap<string, string>): string {
  return JSON.stringify(sameRun.map((name) => record.get(name) ?? ''))
}

function runsText(project: Project): string {
  const bytes = runsBytes(project)
  return bytes ? new TextDecoder().decode(bytes) : `${sameRun.slice(0, 5).join(',')}\n`
}

/** The original in `private/` follows where it still has the same records as what is kept. */
function changeRuns(edit: (text: string) => string, said: string): Promise<boolean> {
  return change((project) => {
    const before = runsText(project)
    const { trouble } = recordsIn(before)
    if (trouble !== null) return { problem: `The file of timed observations can not be changed. ${trouble}` }
    const hidden = project.private.get(`private/${runsPath}`)
    const original = hidden ? new TextDecoder().decode(hidden) : runsBytes(project) === null ? before : null
    const files = new Map<string, Bytes>([[runsPath, utf8(keptInput(inputFiles.observations, edit(before), hider(project)))]])
    if (original !== null && recordsOf(original).length === recordsOf(before).length)
      files.set(`private/${runsPath}`, utf8(edit(original)))
    return { files }
  }, said)
}

/** Without a salt of the project one of this visit hides the persons; they then match no other file. */
let visitSalt: string | null = null

function hider(project: Project): (person: string) => string {
  visitSalt ??= newSalt()
  const salt = saltOf(project) ?? visitSalt
  return (person) => recordName(salt, person)
}

/** One act on files of timed tests; false, with the sentence on screen, where it was not kept. */
async function change(make: (project: Project) => { readonly files: States } | { readonly problem: string }, said: string) {
  let made: { readonly before: States; readonly after: States } | null = null
  return await actOrSay(
    (project, by) => {
      const wanted = make(project)
      if ('problem' in wanted) return refuse(wanted.problem)
      const before = new Map([...wanted.files.keys()].map((path) => [path, held(project, path)] as const))
      made = { before, after: wanted.files }
      return written(project, wanted.files, before.get(runsPath) === null ? inputAdded : inputEdited, by)
    },
    () => {
      if (!made) return
      const { before, after } = made
      noteChange(testsPlace, { said, undo: turned(after, before), redo: turned(before, after) })
    },
  )
}

/** From one state of files to another, refused where another page has changed them since. */
function turned(from: States, to: States): PlainDeed {
  return (project, by) =>
    [...from].some(([path, bytes]) => held(project, path) !== bytes)
      ? refuse('The runs have been changed on another page since; this step can not be taken back any more.')
      : written(project, to, inputRestored, by)
}

function held({ other, private: hidden }: Project, path: string): Bytes | null {
  return (path.startsWith('private/') ? hidden : other).get(path) ?? null
}

/** @param action what the ledger says of the runs where they are among the files */
function written(project: Project, files: States, action: string, by: Hand): Step {
  const other = new Map(project.other)
  const hidden = new Map(project.private)
  for (const [path, bytes] of files) {
    const part = path.startsWith('private/') ? hidden : other
    if (bytes === null) part.delete(path)
    else part.set(path, bytes)
  }
  const runs = files.get(runsPath)
  const named = runs ?? project.other.get(runsPath)
  const entries =
    runs === undefined || named === undefined
      ? []
      : [{ action: runs === null ? inputRemoved : action, object: runsPath, digest: digestOf(new TextDecoder().decode(named)) }]
  return recorded(project, entries, by, { other, private: hidden })
}
