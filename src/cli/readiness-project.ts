/** What `readiness` and `report` share: the project, the day it is judged on, and files that are judged as if they were in it. */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { utf8 } from '../core/canonical.ts'
import { openProject } from '../core/project/open.ts'
import type { Project } from '../core/project/project.ts'
import { StoreProblem } from '../core/project/store.ts'
import { brokenIn, verifyProject } from '../core/project/verify.ts'
import { isDay } from '../core/readiness/day.ts'
import type { Verification } from '../core/readiness/evidence.ts'
import { type InputKind, inputFiles, inputKindNames, inputPath } from '../core/readiness/input-files/files.ts'
import type { InputFile } from '../core/readiness/input-files/input-file.ts'
import { leftOutWords, looksLikeXml, readJUnit } from '../core/readiness/input-files/junit.ts'
import { keptInput } from '../core/readiness/input-files/write-input.ts'
import { webVerifier } from '../io/signature-web.ts'
import { readProject } from '../io/store-node.ts'
import { localDay } from './local-day.ts'
import { InputError, UsageError } from './usage-error.ts'

/** The day of `--as-of`, today where it was left out. */
export function boardDay(asOf: string | undefined): string {
  const day = asOf ?? localDay()
  if (!isDay(day)) throw new UsageError(`--as-of got "${day}"; it takes a calendar day as YYYY-MM-DD.`)
  return day
}

export interface OpenedForBoard {
  readonly project: Project
  readonly verification: Verification | null
}

/** The project with the outcome of `carryover verify`, which is also said on standard error where something does not stand. */
export async function openedForBoard(path: string): Promise<OpenedForBoard> {
  try {
    const files = await readProject(path)
    const { project, problems } = openProject(files)
    for (const problem of problems) process.stderr.write(`${problem.path}: ${problem.what}\n`)
    if (project) {
      const report = await verifyProject(files, webVerifier)
      const verification = report && { broken: brokenIn(report) }
      if (verification?.broken) process.stderr.write(`The project does not verify: ${verification.broken}\n`)
      return { project, verification }
    }
  } catch (error) {
    if (error instanceof StoreProblem) throw new InputError(error.message)
    throw error
  }
  throw new InputError(`${path} is not a Carryover project: its carryover.json can not be read.`)
}

/**
 * The project with files of `--input KIND=FILE` in the place of its own. Suites and cells that could not be taken are said on standard error.
 * `keep` writes them into the project folder, the original under `private/`.
 */
export async function withInputs(project: Project, path: string, inputs: readonly string[], keep: boolean): Promise<Project> {
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() === true
  if (keep && !isFolder) throw new UsageError(`--keep writes into a project folder; ${path} is a file. Unpack it first.`)
  const other = new Map(project.other)
  for (const input of inputs) {
    const { kind, file } = inputOf(input)
    const bytes = await bytesOf(file)
    const text = kind === 'tests' && looksLikeXml(bytes) ? testsOf(bytes, file) : new TextDecoder().decode(bytes)
    if (text.includes('\0')) throw new InputError(`${file} is no text. Save it as CSV and try again.`)
    const kept = utf8(keptInput(inputFiles[kind], text, () => ''))
    other.set(inputPath(kind), kept)
    if (!keep) continue
    for (const [place, content] of [
      [inputPath(kind), kept],
      [`private/${inputPath(kind)}`, bytes],
    ] as const) {
      await mkdir(dirname(join(path, place)), { recursive: true })
      await writeFile(join(path, place), content)
    }
  }
  return { ...project, other }
}

function inputOf(text: string): { readonly kind: InputKind; readonly file: string } {
  const at = text.indexOf('=')
  const [name, file] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
  const kind = inputKindNames.find((each) => each === name)
  if (!kind || file === '')
    throw new UsageError(`--input got "${text}"; it takes KIND=FILE, with one of ${inputKindNames.join(', ')}.`)
  const columns = Object.values<InputFile['columns'][string]>(inputFiles[kind].columns)
  if (columns.some(({ type }) => type === 'person' || type === 'patient'))
    throw new UsageError(
      `--input got "${text}": the file ${kind} names persons. Add it in the app, which replaces their numbers by the key of the project.`,
    )
  return { kind, file }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new InputError(`${file} can not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function testsOf(bytes: Uint8Array, file: string): string {
  const read = readJUnit(bytes)
  if (!read.ok) throw new InputError(`${file}: ${read.problem}`)
  const words = leftOutWords(read.leftOut)
  if (words !== null) process.stderr.write(`${file}: ${words}\n`)
  return read.csv
}
