/** What `readiness` and `report` share: the project, the day it is judged on, and files that are judged as if they were in it. */

import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Hand } from '../../core/project/acts/hand.ts'
import { openProject } from '../../core/project/format/open.ts'
import type { Project } from '../../core/project/format/project.ts'
import { recordName, saltOf } from '../../core/project/format/record-name.ts'
import { StoreProblem } from '../../core/project/format/store.ts'
import { brokenIn, verifyProject } from '../../core/project/verify/verify.ts'
import type { Verification } from '../../core/readiness/evidence/evidence.ts'
import { recordsIn } from '../../core/readiness/input-files/csv-records.ts'
import { type InputKind, inputFiles, inputKindNames } from '../../core/readiness/input-files/files.ts'
import type { InputFile, InputProblem } from '../../core/readiness/input-files/input-file.ts'
import { inputText } from '../../core/readiness/input-files/input-text.ts'
import { looksLikeXml, readJUnit } from '../../core/readiness/input-files/junit.ts'
import { takenWords } from '../../core/readiness/input-files/junit-words.ts'
import { readInput } from '../../core/readiness/input-files/read-input.ts'
import { isPersonal } from '../../core/readiness/input-files/write-input.ts'
import { type Hide, withInput } from '../../core/readiness/kept-files/keep-input.ts'
import { isDay } from '../../core/values/day.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { webVerifier } from '../../io/keys/signature-web.ts'
import { readProject } from '../../io/store/store-node.ts'
import { deviceName } from '../shell/device-name.ts'
import { localDay } from '../shell/local-day.ts'
import { printAside } from '../shell/print.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
/** The day of `--as-of`, today where it was left out. */
export function boardDay(asOf: string | undefined): string {
  const day = asOf ?? localDay()
  if (!isDay(day)) throw new UsageError(`--as-of got "${day}"; it takes a calendar day as YYYY-MM-DD.`)
  return day
}

/** The day of `--as-of` where something is written: what has not come yet is refused, for what is kept bears the day on which it was. */
export function writingDay(asOf: string | undefined): string {
  const day = boardDay(asOf)
  if (day > localDay()) throw new UsageError(`--as-of got ${day}, which has not come yet; --keep writes no later day than today.`)
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
    for (const problem of problems) printAside(`${problem.path}: ${problem.what}\n`)
    if (project) {
      const report = await verifyProject(files, webVerifier, { now: new Date().toISOString() })
      const verification = report && { broken: brokenIn(report) }
      if (verification?.broken) printAside(`The project does not verify: ${verification.broken}\n`)
      return { project, verification }
    }
  } catch (error) {
    if (error instanceof StoreProblem) throw new InputError(error.message)
    throw error
  }
  throw new InputError(`${path} is not a Carryover project: its carryover.json can not be read.`)
}

/** Who acts on the command line at a moment, RFC 3339: nobody said a name. */
export function handAt(wall: string, device = deviceName()): Hand {
  return { device, actor: 'unnamed', wall }
}

interface Given {
  readonly kind: InputKind
  readonly file: string
  readonly bytes: Buffer
  readonly text: string
}

export interface InputsGiven {
  readonly inputs: readonly string[]
  /** Whether they are to be written: numbers of persons then need the salt of the project. */
  readonly keep: boolean
  /** Of times of tests that say no offset. */
  readonly zone: string
}

/**
 * The project with files of `--input KIND=FILE` in the place of its own, as the app would add them on that day: every file is read before any
 * takes its place. Suites and cells that could not be taken are said on standard error.
 */
export async function withInputs(project: Project, { inputs, keep, zone }: InputsGiven, hand: Hand): Promise<Project> {
  const given: Given[] = []
  for (const input of inputs) {
    const { kind, file } = inputOf(input)
    if (given.some((each) => each.kind === kind))
      throw new UsageError(`--input got ${kind} twice; there is one file of each kind.`)
    const bytes = await bytesOf(file)
    const text = kind === 'tests' && looksLikeXml(bytes) ? testsOf(bytes, file, zone) : textOf(bytes, file)
    const { trouble } = recordsIn(text)
    if (trouble !== null) throw new InputError(`${file}: ${trouble} Nothing was taken.`)
    const { problems, readAs, missing } = readInput<InputFile['columns']>(inputFiles[kind], text)
    if (missing.length > 0)
      throw new InputError(
        `${file} is no file of ${kind}: it lacks ${missing.map((name) => `“${name}”`).join(', ')}. docs/reference/board-files.md names its columns. Nothing was taken.`,
      )
    sayProblems(file, problems)
    for (const sentence of readAs) printAside(`${file}: ${sentence}\n`)
    given.push({ kind, file, bytes, text })
  }
  if (keep && project.readOnly !== null) throw new InputError(project.readOnly)
  const hide = hiderOf(
    project,
    given.filter(({ kind }) => namesPersons(kind)),
    keep,
  )
  return given.reduce(
    (held, { kind, text, bytes }) =>
      withInput(held, kind, text, {
        whole: true,
        hide,
        hand,
        ...(looksLikeXml(bytes) ? { original: new Uint8Array(bytes) } : {}),
      }),
    project,
  )
}

function textOf(bytes: Uint8Array, file: string): string {
  const read = inputText(bytes)
  if (!read.ok) throw new InputError(`${file}: ${read.problem}`)
  if (read.said !== null) printAside(`${file}: ${read.said}\n`)
  return read.text
}

function namesPersons(kind: InputKind): boolean {
  return Object.values<InputFile['columns'][string]>(inputFiles[kind].columns).some((column) => isPersonal(column))
}

/** Numbers of persons under the salt of the project, as the app hides them. Without one they match only files given beside them. */
function hiderOf(project: Project, personal: readonly Given[], keep: boolean): Hide {
  const salt = saltOf(project)
  const kinds = personal.map(({ kind }) => kind).join(', ')
  if (salt === null && keep && personal.length > 0)
    throw new UsageError(
      `--keep can not write ${kinds}: the files name persons, and this project has no salt of its own to hide their numbers by (private/salt.json). Add them in the app, which makes one, or judge without --keep.`,
    )
  if (salt === null && personal.length > 0)
    printAside(
      `The project has no salt of its own (private/salt.json): persons of ${kinds} match only those of files given beside it.\n`,
    )
  // The id of the project lies in it: a key made of it would hide nothing.
  const key = salt ?? randomBytes(32).toString('hex')
  return (number) => recordName(key, number)
}

/** Sentences said one by one; all are counted. */
const mostSaid = 20

function sayProblems(file: string, problems: readonly InputProblem[]): void {
  for (const { sentence } of problems.slice(0, mostSaid)) printAside(`${file}: ${sentence}\n`)
  if (problems.length > mostSaid) printAside(`${file}: and ${problems.length - mostSaid} more.\n`)
}

function inputOf(text: string): { readonly kind: InputKind; readonly file: string } {
  const at = text.indexOf('=')
  const [name, file] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
  const kind = inputKindNames.find((each) => each === name)
  if (!kind || file === '')
    throw new UsageError(`--input got "${text}"; it takes KIND=FILE, with one of ${inputKindNames.join(', ')}.`)
  return { kind, file }
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new InputError(`${file} can not be read: ${errorWords(error)}`)
  }
}

function testsOf(bytes: Uint8Array, file: string, zone: string): string {
  const read = readJUnit(bytes, zone)
  if (!read.ok) throw new InputError(`${file}: ${read.problem}`)
  const words = takenWords(read, zone)
  if (words !== null) printAside(`${file}: ${words}\n`)
  return read.csv
}
