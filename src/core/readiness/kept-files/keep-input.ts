/**
 * Input files put into a project, changed, removed and brought back: each act is an entry of the ledger. What is kept holds known columns and no number
 * of a person; the whole text, own columns among them, stays in `private/`, and each original that was given stays beside it.
 */
import { digestOf, utf8 } from '../../canonical.ts'
import { type Hand, record } from '../../project/acts/hand.ts'
import type { Project } from '../../project/format/project.ts'
import { recordsIn } from '../input-files/csv-records.ts'
import { agreementsPath, type InputKind, inputFiles, inputPath } from '../input-files/files.ts'
import type { InputFile } from '../input-files/input-file.ts'
import { columnName } from '../input-files/read-input.ts'
import { csvText, isPersonal, keptInput } from '../input-files/write-input.ts'
import { cellsEdited, editOf, editsPath } from './cell-edits.ts'
import { examplesOf, listedExamples, rowsDigest } from './examples.ts'
import { goLiveAct } from './go-live-moves.ts'
import { exampleTaken, inputAdded, inputEdited, inputRemoved, inputRestored, rowsObject } from './input-acts.ts'
/** Gives the same hexadecimal text for the same number of a person, and nothing else about it. */
export type Hide = (number: string) => string

export function privatePath(kind: InputKind): string {
  return `private/${inputPath(kind)}`
}

/** Originals of a kind that other files have taken the place of. */
function originalsPath(kind: InputKind): string {
  return `private/readiness/originals/${kind}-`
}

/** Agreements to a file and edits of it: each holds lines or cells of the file. */
function agreementsIn({ other }: Pick<Project, 'other'>, kind: InputKind): readonly (readonly [string, Bytes])[] {
  return [...other].filter(([path]) => path.startsWith(agreementsPath(kind)) || path.startsWith(editsPath(kind)))
}

/** @param original bytes as they were given, where they are not the text */
export function withInput(
  project: Project,
  kind: InputKind,
  text: string,
  {
    whole,
    hide,
    hand,
    original,
    reason = '',
  }: {
    readonly whole: boolean
    readonly hide: Hide
    readonly hand: Hand
    readonly original?: Uint8Array
    readonly reason?: string
  },
): Project {
  const kept = keptInput(inputFiles[kind], text, hide)
  const full = withNumbers(kind, text, textAt(project.private, privatePath(kind)), hide)
  const hidden = new Map(project.private)
  // What was changed by hand is no original any more.
  if (project.ledger.findLast(({ object }) => object === inputPath(kind))?.action !== inputEdited) keepOriginal(hidden, kind)
  hidden.set(privatePath(kind), new Uint8Array(original ?? utf8(full)))
  const put = new Map(project.other).set(inputPath(kind), utf8(kept))
  const other = new Map(whole ? listedExamples(put, { [kind]: null }) : put)
  const act = { action: whole ? inputAdded : inputEdited, object: inputPath(kind), digest: digestOf(kept) }
  const named = goLiveActs(kind, kept)
  const edit = whole ? null : editOf(kind, textAt(project.other, inputPath(kind)) ?? '', kept, reason)
  if (edit === null) return record({ ...project, other, private: hidden }, [act, ...named], hand)
  other.set(edit.path, utf8(edit.text))
  return record(
    { ...project, other, private: hidden },
    [act, ...named, { action: cellsEdited, object: edit.path, digest: edit.digest }],
    hand,
  )
}

/** Nothing of the file stays, neither its originals nor what was agreed to in it: it may have been given by mistake. */
export function withoutInput(project: Project, kinds: readonly InputKind[], hand: Hand): Project {
  const there = kinds.filter((kind) => project.other.has(inputPath(kind)))
  const acts = there.map((kind) => {
    const digest = digestOf(textAt(project.other, inputPath(kind)) ?? '')
    return { action: inputRemoved, object: inputPath(kind), digest }
  })
  const gone = there.flatMap((kind) => [...filesOf(project, kind).keys(), ...agreementsIn(project, kind).map(([path]) => path)])
  const files = new Map(gone.map((path) => [path, null] as const))
  const list = Object.fromEntries(there.map((kind) => [kind, null]))
  const next = putFiles(project, files)
  return record({ ...next, other: listedExamples(next.other, list) }, acts, hand)
}

/** Files of a fictional clinic for kinds that are not there. */
export function withExamples(project: Project, files: ReadonlyMap<InputKind, string>, hide: Hide, hand: Hand): Project {
  const taken = [...files]
    .filter(([kind]) => !project.other.has(inputPath(kind)))
    .map(([kind, text]) => ({ kind, kept: keptInput(inputFiles[kind], text, hide) }))
  if (taken.length === 0) return project
  const other = new Map(project.other)
  for (const { kind, kept } of taken) other.set(inputPath(kind), utf8(kept))
  const digests = Object.fromEntries(taken.map(({ kind, kept }) => [kind, digestOf(kept)]))
  const acts = taken.flatMap(({ kind, kept }) => [
    { action: exampleTaken, object: inputPath(kind), digest: digestOf(kept) },
    ...goLiveActs(kind, kept),
    { action: exampleTaken, object: rowsObject(inputPath(kind)), digest: rowsDigest(kept) },
  ])
  return record({ ...project, other: listedExamples(other, digests) }, acts, hand)
}

/** Everything a project holds of a kind, as it is now; null for a path where nothing is. */
export function filesOf(project: Pick<Project, 'other' | 'private'>, kind: InputKind): ReadonlyMap<string, Bytes | null> {
  const originals = [...project.private.keys()].filter((path) => path.startsWith(originalsPath(kind)))
  return new Map([
    [inputPath(kind), project.other.get(inputPath(kind)) ?? null],
    ...[privatePath(kind), ...originals].map((path) => [path, project.private.get(path) ?? null] as const),
  ])
}

/** The kinds as they were; the ledger keeps both the act and that it was taken back. */
export function withInputsBack(project: Project, kinds: readonly InputKind[], before: Project, hand: Hand): Project {
  const files = new Map<string, Bytes | null>()
  for (const kind of kinds) {
    for (const path of filesOf(project, kind).keys()) files.set(path, null)
    for (const [path, bytes] of [...filesOf(before, kind), ...agreementsIn(before, kind)]) files.set(path, bytes)
  }
  const acts = kinds.flatMap((kind) => {
    const was = textAt(before.other, inputPath(kind))
    const now = textAt(project.other, inputPath(kind))
    const act = {
      action: was === null ? inputRemoved : inputRestored,
      object: inputPath(kind),
      digest: digestOf(was ?? now ?? ''),
    }
    return was === null ? [act] : [act, ...goLiveActs(kind, was)]
  })
  const next = putFiles(project, files)
  const listed = new Map(Object.entries(examplesOf(before)))
  const list = Object.fromEntries(kinds.map((kind) => [kind, listed.get(kind) ?? null]))
  return record({ ...next, other: listedExamples(next.other, list) }, acts, hand)
}

/**
 * The text to change by hand: what is kept, with the columns that only the original has behind its own; numbers of persons stay hidden.
 * Null where there is no file.
 */
export function editableText(project: Pick<Project, 'other' | 'private'>, kind: InputKind): string | null {
  const kept = textAt(project.other, inputPath(kind))
  const full = textAt(project.private, privatePath(kind))
  if (kept === null || full === null) return kept
  const [own, all] = [recordsIn(kept), recordsIn(full)]
  const extra = extraColumns(inputFiles[kind], all.head)
  if (extra.length === 0 || all.trouble !== null || own.records.length !== all.records.length) return kept
  const rows = own.records.map(({ cells }, at) => [
    ...own.head.map((_, column) => cells[column] ?? ''),
    ...extra.map((column) => all.records[at]?.cells[column] ?? ''),
  ])
  return csvText([[...own.head, ...extra.map((column) => all.head[column] ?? '')], ...rows])
}

type Bytes = Uint8Array<ArrayBuffer>

/** Milestones hold the day that decides what is due: the ledger names it with the file. */
function goLiveActs(kind: InputKind, kept: string) {
  return kind === 'milestones' ? [goLiveAct(kept)] : []
}

function putFiles(project: Project, files: ReadonlyMap<string, Bytes | null>): Project {
  const [other, hidden] = [new Map(project.other), new Map(project.private)]
  for (const [path, bytes] of files) {
    const part = path.startsWith('private/') ? hidden : other
    if (bytes === null) part.delete(path)
    else part.set(path, bytes)
  }
  return { ...project, other, private: hidden }
}

function textAt(files: ReadonlyMap<string, Uint8Array>, path: string): string | null {
  const bytes = files.get(path)
  return bytes === undefined ? null : new TextDecoder().decode(bytes)
}

function extraColumns({ columns }: InputFile, head: readonly string[]): readonly number[] {
  return head.flatMap((name, at) => (name.trim() === '' || Object.hasOwn(columns, columnName(name)) ? [] : [at]))
}

function keepOriginal(hidden: Map<string, Bytes>, kind: InputKind): void {
  const before = hidden.get(privatePath(kind))
  if (before === undefined) return
  const digest = digestOf(new TextDecoder().decode(before)).slice('sha256:'.length, 'sha256:'.length + 12)
  hidden.set(`${originalsPath(kind)}${digest}.csv`, before)
}

/** Numbers that the former original shows behind their hidden names, so that changing a cell by hand loses none of them. */
function withNumbers(kind: InputKind, text: string, before: string | null, hide: Hide): string {
  if (before === null) return text
  const file: InputFile = inputFiles[kind]
  const numbers = new Map<string, string>()
  for (const number of personalCells(file, before)) numbers.set(`id-${hide(number).slice(0, 16)}`, number)
  const { head, records, trouble } = recordsIn(text)
  const places = head.map((name) => isPersonal(file.columns[columnName(name)]))
  if (numbers.size === 0 || trouble !== null || !places.includes(true)) return text
  const rows = records.map(({ cells }) => cells.map((cell, at) => (places[at] ? (numbers.get(cell.trim()) ?? cell) : cell)))
  return csvText([head, ...rows])
}

function personalCells(file: InputFile, text: string): readonly string[] {
  const { head, records } = recordsIn(text)
  const places = head.flatMap((name, at) => (isPersonal(file.columns[columnName(name)]) ? [at] : []))
  return records.flatMap(({ cells }) => places.map((at) => (cells[at] ?? '').trim())).filter((cell) => cell !== '')
}
