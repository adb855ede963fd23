/** Files a clinic already has, as the board reads them: kept in the project without numbers of persons, the original in `private/`. */
import { digestOf, utf8 } from '../../core/canonical.ts'
import { counted } from '../../core/counted.ts'
import { recordsIn } from '../../core/readiness/input-files/csv-records.ts'
import { examplesPath, withoutExample } from '../../core/readiness/input-files/examples.ts'
import { type InputKind, inputFiles, inputPath } from '../../core/readiness/input-files/files.ts'
import { inputAdded } from '../../core/readiness/input-files/input-acts.ts'
import type { InputFile } from '../../core/readiness/input-files/input-file.ts'
import { leftOutWords, looksLikeXml, readJUnit } from '../../core/readiness/input-files/junit.ts'
import { keptInput } from '../../core/readiness/input-files/write-input.ts'
import { keepNow } from './keep.ts'
import { appendLedger } from './ledger.ts'
import { newSalt, recordName, saltOf } from './record-names.ts'
import { changeProject, openProject, setWorkspace } from './state.ts'

/** Largest file that is read; the board holds its rows. */
export const largestInput = 64 << 20

/**
 * Takes the place of the file of this kind that was there; null where it was kept, else a sentence. Tests may come as JUnit XML: what of it
 * had to be left out is said on the page.
 * @param whole false where the text was changed by hand: it then stays what it was, an example or not
 */
export async function addInputFile(
  kind: InputKind,
  content: Blob | string,
  whole = typeof content !== 'string',
): Promise<string | null> {
  if (typeof content !== 'string' && content.size > largestInput)
    return `The file is larger than ${largestInput >> 20} MB; take a shorter period.`
  if (kind === 'tests' && typeof content !== 'string') {
    const bytes = new Uint8Array(await content.arrayBuffer())
    const read = looksLikeXml(bytes) ? readJUnit(bytes) : null
    if (read && !read.ok) return read.problem
    if (read) {
      const left = leftOutWords(read.leftOut)
      if (read.tests === 0) return left ?? 'No test was taken.'
      const problem = await addInputFile(kind, read.csv, true)
      const taken = `${counted(read.tests, 'test')} taken from JUnit XML.`
      if (problem === null) setWorkspace({ done: left === null ? taken : `${taken} ${left}` })
      return problem
    }
  }
  const text = typeof content === 'string' ? content : await content.text()
  if (text.includes('\0')) return 'The file is no text. Save it as CSV and try again.'
  const { trouble } = recordsIn(text)
  if (trouble !== null) return `${trouble} Nothing was taken.`
  const file: InputFile = inputFiles[kind]
  const project = openProject()
  // Without the salt (it stays in `private/`) a fresh one still hides the numbers; they then match no other file.
  const salt = saltOf(project) ?? newSalt()
  const kept = keptInput(file, text, (number) => recordName(salt, number))
  const other = new Map(project.other).set(inputPath(kind), utf8(kept))
  const hidden = new Map(project.private).set(`private/${inputPath(kind)}`, utf8(text))
  if (whole) forgetExample(other, kind)
  changeProject({ other, private: hidden })
  appendLedger([{ action: inputAdded, object: inputPath(kind), digest: digestOf(kept) }])
  await keepNow()
  return null
}

/** Text changed by hand stays an example; only a file put whole in its place, or none, is no example any more. */
function forgetExample(other: Map<string, Uint8Array<ArrayBuffer>>, kind: InputKind): void {
  const left = withoutExample({ other }, kind)
  if (left === null) other.delete(examplesPath)
  else other.set(examplesPath, left)
}

export async function removeInputFile(kind: InputKind): Promise<void> {
  const project = openProject()
  const other = new Map(project.other)
  other.delete(inputPath(kind))
  forgetExample(other, kind)
  const hidden = new Map(project.private)
  hidden.delete(`private/${inputPath(kind)}`)
  changeProject({ other, private: hidden })
  await keepNow()
}
