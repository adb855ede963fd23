/** Example files of a fictional clinic in a project: known by the ledger and by a list, shown with what they would say, and never evidence. */
import { canonicalJson, digestOf, utf8 } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import type { Project } from '../../project/format/project.ts'
import { recordsOf } from '../input-files/edit-input.ts'
import { type InputKind, inputKindNames, inputPath } from '../input-files/files.ts'
import { exampleByLedger, exampleTaken, rowsObject } from './input-acts.ts'
import { openedInput } from './opened.ts'

/** Digests of the example files that were taken, by kind; the ledger says the same, so that dropping this list makes none of them evidence. */
export const examplesPath = 'readiness/examples.json'

type Holder = Pick<Project, 'other' | 'ledger'>

export function examplesOf(project: Pick<Project, 'other'>): Readonly<Record<string, string>> {
  const bytes = project.other.get(examplesPath)
  if (bytes === undefined) return {}
  try {
    const held: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (typeof held !== 'object' || held === null) return {}
    return Object.fromEntries(Object.entries(held).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return {}
  }
}

/** An example that was edited since still is of the fictional clinic; only another file put whole in its place is the own one. */
export function isExample(project: Holder, kind: InputKind): boolean {
  const bytes = project.other.get(inputPath(kind))
  if (bytes === undefined) return false
  if (Object.hasOwn(examplesOf(project), kind)) return true
  return exampleByLedger(project.ledger, inputPath(kind), openedInput(kind, bytes).digest) || hasExampleRows(project, kind, bytes)
}

/** The rows of an example in another order, with other spaces or columns in other places, still are of the fictional clinic. */
function hasExampleRows({ ledger }: Holder, kind: InputKind, bytes: Uint8Array): boolean {
  const object = rowsObject(inputPath(kind))
  const taken = ledger.filter((entry) => entry.action === exampleTaken && entry.object === object)
  if (taken.length === 0) return false
  const digest = digests.get(bytes) ?? rowsDigest(new TextDecoder().decode(bytes))
  digests.set(bytes, digest)
  return taken.some((entry) => entry.digest === digest)
}

/** Bytes never change, so each is read once. */
const digests = new WeakMap<Uint8Array, string>()

/** Digest of the records as a set: the same whatever their order and that of the columns, and however they are spaced. */
export function rowsDigest(text: string): string {
  const plain = (cell: string): string => cell.trim().replace(/\s+/g, ' ')
  const rows = recordsOf(text).map((record) =>
    canonicalJson(Object.fromEntries([...record].filter(([, cell]) => cell !== '').map(([name, cell]) => [name, plain(cell)]))),
  )
  return digestOf([...new Set(rows)].sort(compareText))
}

export function exampleKinds(project: Holder): readonly InputKind[] {
  return inputKindNames.filter((kind) => isExample(project, kind))
}

/** The files with these kinds on the list of examples, or taken off it. */
export function listedExamples(other: Project['other'], change: Readonly<Record<string, string | null>>): Project['other'] {
  const listed = Object.entries({ ...examplesOf({ other }), ...change }).filter(([, digest]) => digest !== null)
  const next = new Map(other)
  if (listed.length === 0) next.delete(examplesPath)
  else next.set(examplesPath, utf8(`${JSON.stringify(Object.fromEntries(listed), null, 2)}\n`))
  return next
}

export const exampleReason = 'it is an example file of a fictional clinic, not evidence'
