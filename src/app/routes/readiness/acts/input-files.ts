/** Files a clinic already has, as the board reads them: kept in the project without numbers of persons, the original in `private/`. */

import { utf8 } from '../../../../core/canonical.ts'
import { counted } from '../../../../core/counted.ts'
import type { Hand, Step } from '../../../../core/project/acts/hand.ts'
import { refuse } from '../../../../core/project/acts/refusal.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { recordName, saltOf } from '../../../../core/project/format/record-name.ts'
import { type AgreedKind, agree } from '../../../../core/readiness/evidence/agreements.ts'
import { recordsIn } from '../../../../core/readiness/input-files/csv-records.ts'
import { type InputKind, inputFiles, inputPath } from '../../../../core/readiness/input-files/files.ts'
import type { InputFile } from '../../../../core/readiness/input-files/input-file.ts'
import { inputText } from '../../../../core/readiness/input-files/input-text.ts'
import { looksLikeXml, readJUnit } from '../../../../core/readiness/input-files/junit.ts'
import { takenWords } from '../../../../core/readiness/input-files/junit-words.ts'
import {
  type ColumnMatch,
  columnChoices,
  columnChoicesPath,
  proposedMatch,
  unmatchedColumns,
  withColumnNames,
} from '../../../../core/readiness/input-files/match-columns.ts'
import { type Hide, withInput, withInputsBack, withoutInput } from '../../../../core/readiness/kept-files/keep-input.ts'
import { csvText } from '../../../../core/values/csv-text.ts'
import { act, type Refusal } from '../../../session/act.ts'
import { noteChange } from '../../../session/history.ts'
import { hand } from '../../../session/ledger.ts'
import { askColumns } from '../../../session/question.ts'
import { newSalt } from '../../../session/record-names.ts'
import { openProject, setWorkspace } from '../../../session/state.ts'
/** Largest file that is read; the board holds its rows. */
export const largestInput = 64 << 20

/** The time zone of this browser: tests mostly run where they are read. */
export function placeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/**
 * Takes the place of the file of this kind that was there; null where it was kept, else a sentence. Tests may come as JUnit XML: what of it
 * had to be left out is said on the page.
 * @param whole false where the text was changed by hand: it then stays what it was, an example or not
 * @param original bytes that the text was made from, kept in its place
 * @param zone of times of tests that say no offset
 * @param reason of a change by hand
 */
export async function addInputFile(
  kind: InputKind,
  content: Blob | string,
  whole = typeof content !== 'string',
  original: Uint8Array | null = null,
  zone = placeZone(),
  reason = '',
): Promise<string | null> {
  if (!whole && hand().actor === 'unnamed') return 'Say who works here first: what is typed stands on the board under a name.'
  if (typeof content !== 'string' && content.size > largestInput)
    return `The file is larger than ${largestInput >> 20} MB; take a shorter period.`
  if (kind === 'tests' && typeof content !== 'string') {
    const bytes = new Uint8Array(await content.arrayBuffer())
    const read = looksLikeXml(bytes) ? readJUnit(bytes, zone) : null
    if (read && !read.ok) return read.problem
    if (read) {
      const left = takenWords(read, zone)
      if (read.tests === 0) return left ?? 'No test was taken.'
      const problem = await addInputFile(kind, read.csv, true, bytes)
      const taken = `${counted(read.tests, 'test')} taken from JUnit XML.`
      if (problem === null) setWorkspace({ done: left === null ? taken : `${taken} ${left}` })
      return problem
    }
  }
  const read =
    typeof content === 'string'
      ? { ok: true as const, text: content, said: null }
      : inputText(new Uint8Array(await content.arrayBuffer()))
  if (!read.ok) return read.problem
  const { text, said } = read
  const { trouble } = recordsIn(text)
  if (trouble !== null) return `${trouble} Nothing was taken.`
  const match = typeof content === 'string' ? {} : await matchColumns(kind, text)
  if (match === null) return 'Nothing was taken: nobody said which of its columns are meant.'
  const named = Object.keys(match).length === 0 ? text : withColumnNames(text, match)
  const refusal = await changeInputs([kind], `${inputFiles[kind].title}: ${whole ? 'added' : 'changed'}`, (project, hand) =>
    withColumnChoice(
      withInput(project, kind, named, { whole, hide: hider(project), hand, reason, ...(original ? { original } : {}) }),
      kind,
      match,
    ),
  )
  if (refusal !== null) return refusal
  if (said !== null) setWorkspace({ done: `${inputFiles[kind].title}: ${whole ? 'added' : 'changed'}. ${said}` })
  return null
}

/** The day of go-live of a project that was just made: typed, so it is claimed until somebody signs for the milestones. */
export async function nameGoLive(day: string): Promise<void> {
  const text = csvText([
    ['milestone', 'planned_on', 'done_on'],
    ['go-live', day, ''],
  ])
  const refusal = await changeInputs(['milestones'], 'Day of go-live: set', (project, hand) =>
    withInput(project, 'milestones', text, { whole: false, hide: hider(project), hand }),
  )
  if (refusal !== null) setWorkspace({ problem: refusal })
}

/** Asks which columns are meant where the file names them otherwise; empty where nothing has to be asked, null where nobody answered. */
async function matchColumns(kind: InputKind, text: string): Promise<ColumnMatch | null> {
  const file: InputFile = inputFiles[kind]
  const unmatched = unmatchedColumns(file, text)
  if (unmatched === null) return {}
  const kept = columnChoices(openProject().private.get(columnChoicesPath))[kind] ?? {}
  const said = (needed: boolean) => (name: string) => ({ name, says: file.columns[name]?.says ?? '', needed })
  return await askColumns({
    title: `${file.title}: which columns are meant?`,
    columns: [...unmatched.missing.map(said(true)), ...unmatched.optional.map(said(false))],
    names: unmatched.free,
    proposed: proposedMatch(file, unmatched, kept),
  })
}

/** The next file of this kind is asked about with the same answer filled in. */
function withColumnChoice(project: Project, kind: InputKind, match: ColumnMatch): Project {
  if (Object.keys(match).length === 0) return project
  const choices = { ...columnChoices(project.private.get(columnChoicesPath)), [kind]: match }
  const bytes = utf8(`${JSON.stringify(choices, null, 2)}\n`)
  return { ...project, private: new Map(project.private).set(columnChoicesPath, bytes) }
}

export async function removeInputFile(kind: InputKind): Promise<void> {
  const refusal = await changeInputs([kind], `${inputFiles[kind].title}: removed`, (project, hand) =>
    withoutInput(project, [kind], hand),
  )
  if (refusal !== null) setWorkspace({ problem: refusal })
}

/** A named person agrees to a plan or rule as it stands; null where it was kept, else a sentence. */
export async function agreeToInput(kind: AgreedKind, person: { readonly name: string; readonly role: string }): Promise<Refusal> {
  return await act((project, hand) => {
    const next = agree(project, kind, person, hand)
    return typeof next === 'string' ? refuse(next) : { ok: true, project: next }
  })
}

/** Without the salt (it stays in `private/`) a fresh one still hides the numbers; they then match no other file. */
export function hider(project: Project): Hide {
  const salt = saltOf(project) ?? newSalt()
  return (number) => recordName(salt, number)
}

/** Where changes of input files are taken back. */
export const inputsPlace = 'inputs'

/** One act on input files; it can be taken back as long as the project stays open. */
export async function changeInputs(
  kinds: readonly InputKind[],
  said: string,
  change: (project: Project, hand: Hand) => Project,
): Promise<Refusal> {
  if (kinds.length === 0) return null
  let states: { readonly before: Project; readonly after: Project } | null = null
  return await act(
    (before, hand) => {
      const after = change(before, hand)
      states = { before, after }
      return { ok: true, project: after }
    },
    () => {
      const made = states
      if (made)
        noteChange(inputsPlace, { said, undo: (now, hand) => withoutStep(now, { said, kinds, ...made }, hand), redo: null })
    },
  )
}

interface InputStep {
  readonly said: string
  readonly kinds: readonly InputKind[]
  readonly before: Project
  readonly after: Project
}

/** What the act changed as it was; the ledger keeps both. Refused where something else has changed those files since. */
function withoutStep(now: Project, { said, kinds, before, after }: InputStep, hand: Hand): Step {
  if (kinds.some((kind) => now.other.get(inputPath(kind)) !== after.other.get(inputPath(kind))))
    return refuse(`“${said}” can not be taken back: the file has been changed elsewhere since.`)
  return { ok: true, project: withInputsBack(now, kinds, before, hand) }
}
