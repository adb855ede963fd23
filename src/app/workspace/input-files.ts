/** Files a clinic already has, as the board reads them: kept in the project without numbers of persons, the original in `private/`. */
import { create } from 'zustand'
import { counted } from '../../core/counted.ts'
import type { Project } from '../../core/project/project.ts'
import { recordName, saltOf } from '../../core/project/record-name.ts'
import { type AgreedKind, agree } from '../../core/readiness/agreements.ts'
import { recordsIn } from '../../core/readiness/input-files/csv-records.ts'
import { type InputKind, inputFiles, inputPath } from '../../core/readiness/input-files/files.ts'
import { inputText } from '../../core/readiness/input-files/input-text.ts'
import { looksLikeXml, readJUnit } from '../../core/readiness/input-files/junit.ts'
import { takenWords } from '../../core/readiness/input-files/junit-words.ts'
import { type Hide, withInput, withInputsBack, withoutInput } from '../../core/readiness/input-files/keep-input.ts'
import { keepNow } from './keep.ts'
import { hand } from './ledger.ts'
import { newSalt } from './record-names.ts'
import { changeProject, openProject, setWorkspace, useWorkspace } from './state.ts'

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
  await changeInputs([kind], `${inputFiles[kind].title}: ${whole ? 'added' : 'changed'}`, (project) =>
    withInput(project, kind, text, { whole, hide: hider(project), hand: hand(), reason, ...(original ? { original } : {}) }),
  )
  if (said !== null) setWorkspace({ done: `${inputFiles[kind].title}: ${whole ? 'added' : 'changed'}. ${said}` })
  return null
}

export async function removeInputFile(kind: InputKind): Promise<void> {
  await changeInputs([kind], `${inputFiles[kind].title}: removed`, (project) => withoutInput(project, [kind], hand()))
}

/** A named person agrees to a plan or rule as it stands; null where it was kept, else a sentence. */
export async function agreeToInput(
  kind: AgreedKind,
  person: { readonly name: string; readonly role: string },
): Promise<string | null> {
  const project = openProject()
  const next = agree(project, kind, person, hand())
  if (typeof next === 'string') return next
  changeProject({ other: next.other, ledger: next.ledger })
  await keepNow()
  return null
}

/** Without the salt (it stays in `private/`) a fresh one still hides the numbers; they then match no other file. */
export function hider(project: Project): Hide {
  const salt = saltOf(project) ?? newSalt()
  return (number) => recordName(salt, number)
}

interface Step {
  readonly said: string
  readonly kinds: readonly InputKind[]
  readonly before: Project
  readonly after: Project
}

interface InputSteps {
  /** Project the steps belong to. */
  readonly project: string | null
  readonly undo: readonly Step[]
}

const useInputSteps = create<InputSteps>()(() => ({ project: null, undo: [] }))

/** One act on input files, kept at once; it can be taken back as long as the project stays open. */
export async function changeInputs(
  kinds: readonly InputKind[],
  said: string,
  change: (project: Project) => Project,
): Promise<void> {
  const before = openProject()
  if (kinds.length === 0) return
  const after = change(before)
  changeProject({ other: after.other, private: after.private, ledger: after.ledger })
  if (before.readOnly !== null) return
  const { id } = before.manifest
  useInputSteps.setState(({ project, undo }) => ({
    project: id,
    undo: [...(project === id ? undo : []), { said, kinds, before, after }],
  }))
  await keepNow()
}

/** Brings back what the last act on input files changed; the ledger keeps both. Says so where something else has changed them since. */
export async function undoInputs(): Promise<void> {
  const { project, undo } = useInputSteps.getState()
  const last = undo.at(-1)
  const now = openProject()
  if (!last || project !== now.manifest.id) return
  useInputSteps.setState({ project, undo: undo.slice(0, -1) })
  if (last.kinds.some((kind) => now.other.get(inputPath(kind)) !== last.after.other.get(inputPath(kind)))) {
    setWorkspace({ problem: `“${last.said}” can not be taken back: the file has been changed elsewhere since.` })
    return
  }
  const { other, private: hidden, ledger } = withInputsBack(now, last.kinds, last.before, hand())
  changeProject({ other, private: hidden, ledger })
  setWorkspace({ done: `Taken back: ${last.said}` })
  await keepNow()
}

/** What undoing would take back, in words; null where there is nothing. */
export function useInputUndo(): string | null {
  const id = useWorkspace((w) => w.project?.manifest.id)
  const { project, undo } = useInputSteps()
  return project === id ? (undo.at(-1)?.said ?? null) : null
}
