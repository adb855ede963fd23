/** Where a piece of evidence comes from. Only what was computed, or a file whose origin a named person signed, proves anything; the rest is claimed. */
import { digestOf } from '../../canonical.ts'
import { counted } from '../../counted.ts'
import { whyNotAllowed } from '../../project/duties/roles.ts'
import type { Project } from '../../project/format/project.ts'
import type { RunSummary } from '../../project/format/run.ts'
import { jsonOf } from '../../project/format/save.ts'
import { isNameOf, unnamed } from '../../project/ledger/actor-slug.ts'
import type { LedgerEntry } from '../../project/ledger/ledger.ts'
import { payloadOf } from '../../project/signing/signature.ts'
import { dayText } from '../../values/day.ts'
import { type InputKind, inputPath } from '../input-files/files.ts'
import type { Origin, Said } from '../model/origin-kind.ts'
import { editWords, lastEditOf } from './cell-edits.ts'
import { isExample } from './examples.ts'
import { inputAdded, inputEdited } from './input-acts.ts'
import { originFault, originOf, originSigned } from './signed-origin.ts'
import { typedCells, typedWords } from './typed-cells.ts'

type Holder = Pick<Project, 'ledger' | 'keys' | 'manifest' | 'other'>

/** @param broken why the project does not verify, in words; null where it does, undefined where nobody has looked */
export function fileOrigin(project: Holder, kind: InputKind, digest: string, broken: string | null | undefined): Origin {
  const path = inputPath(kind)
  const file = `${kind}.csv`
  if (isExample(project, kind)) return { kind: 'example', file }
  const { ledger } = project
  const signed = ledger.findLastIndex(
    (entry, at) =>
      entry.action === originSigned &&
      entry.object === path &&
      originOf(entry)?.file === digest &&
      originFault(project, ledger, at) === null,
  )
  const entry = ledger[signed]
  const origin = entry && originOf(entry)
  if (entry && origin) {
    const said = { file, by: origin.name, role: origin.role, at: entry.time.wall }
    if (broken === null) return { kind: 'signed', ...said, from: origin.from, edits: origin.edits }
    const why = broken === undefined ? 'the signature has not been verified yet' : `the project does not verify: ${broken}`
    return { kind: 'unverified', ...said, why }
  }
  const act = ledger.findLast(
    (each) => each.object === path && each.digest === digest && (each.action === inputAdded || each.action === inputEdited),
  )
  if (!act) return { kind: 'dropped', file }
  if (act.action === inputAdded)
    return { kind: 'added', file, ...saidBy(project, act), typed: typedWords(typedCells(project, kind)) }
  const edit = lastEditOf(project, kind, digest)
  return { kind: 'typed', file, ...saidBy(project, act), edit: edit && editWords(edit) }
}

function saidBy({ keys }: Pick<Project, 'keys'>, { actor, device, time }: LedgerEntry): Said {
  const key = keys.find((each) => each.actor === actor && each.device === device) ?? keys.find((each) => each.actor === actor)
  const by = actor === unnamed ? null : (key?.name ?? actor)
  return { by, role: key?.role ?? null, at: time.wall }
}

/** What shows that a run was computed and not written: nothing in the file itself can. */
export interface Witness {
  /** Devices whose keys are kept here: what their chains name was computed here. */
  readonly devices: readonly string[]
  /** Digests of run records that were computed again here, from the files, and came out the same. */
  readonly runs: readonly string[]
}

const finished = 'run-finished'

/**
 * A run counts as computed where the ledger names its record by digest, and it was computed here, or somebody with the role for it entered it
 * on the device that the role is bound to. Without roles anybody's device says what it likes: that is a claim, until a named person's signature
 * under the review covers it.
 */
export function runOrigin(
  { ledger, keys }: Pick<Project, 'ledger' | 'keys'>,
  run: RunSummary,
  { witness, broken }: { readonly witness?: Witness | undefined; readonly broken?: string | null } = {},
): Origin {
  const object = `runs/${run.id}/summary.json`
  const digest = digestOf(jsonOf(run))
  const entries = ledger.filter((entry) => entry.action === finished && entry.object === object && entry.digest === digest)
  const [entry] = entries
  if (!entry) return { kind: 'dropped', file: object }
  const isHere = witness?.runs.includes(digest) || entries.some(({ device }) => witness?.devices.includes(device))
  const inForce = ledger.some(({ action }) => action === 'role-granted')
  const isTheirs = inForce && entries.some((each) => whyNotAllowed(ledger, each, finished) === null)
  if (isHere || isTheirs) return { kind: 'computed', run: run.number, at: run.started }
  const page = broken === null ? ledger.findLast((each) => isSignedFor(each, digest)) : undefined
  const signed = page && payloadOf(page)
  if (page && signed)
    return { kind: 'vouched', run: run.number, ran: run.started, by: signed.name, role: signed.role, at: page.time.wall }
  const why = inForce ? 'this person has no role for it' : 'no role is granted, so nobody answers for it'
  return { kind: 'told', run: run.number, at: run.started, by: saidBy({ keys }, entry).by, why }
}

function isSignedFor(entry: LedgerEntry, run: string): boolean {
  const page = entry.action === 'signed' ? payloadOf(entry) : null
  return page !== null && page.meaning !== 'rejection' && page.digests.run === run
}

interface NamedAct {
  readonly actions: readonly string[]
  readonly digest: string
  /** Name that the document prints for it; absent where it prints none. */
  readonly by?: string
}

/** A document that named people answer for in the ledger by digest, or one that nobody answers for, or that was laid beside it. */
export function actOrigin(
  { ledger, keys }: Pick<Project, 'ledger' | 'keys'>,
  file: string,
  what: string,
  acts: readonly NamedAct[],
): Origin {
  for (const { actions, digest, by } of acts) {
    const entries = ledger.filter((entry) => actions.includes(entry.action) && entry.digest === digest)
    if (entries.length === 0) return { kind: 'dropped', file }
    const named = entries.filter(({ actor }) => actor !== unnamed)
    const [first] = named
    if (!first) return { kind: 'unanswered', what, why: 'nobody who gave a name entered it' }
    if (by !== undefined && !named.some(({ actor }) => isNameOf(by, actor, keys)))
      return { kind: 'unanswered', what, why: `${first.actor} entered it under the name of ${by}` }
  }
  return { kind: 'recorded', what }
}

function personWords({ by, role }: Said): string {
  return by === null ? 'nobody who gave a name' : role === null || role === '' ? by : `${by}, ${role}`
}

/** "Computed from run #3, 23-Nov-2026 04:18": the first word says how, the rest who and when. */
export function originWords(origin: Origin): { readonly how: string; readonly rest: string } {
  switch (origin.kind) {
    case 'computed':
      return { how: 'Computed', rest: `from run #${origin.run}, ${dayText(origin.at)} ${origin.at.slice(11, 16)}`.trimEnd() }
    case 'vouched':
      return {
        how: `Run #${origin.run}`,
        rest: `of ${dayText(origin.ran)}, signed for by ${personWords(origin)}, ${dayText(origin.at)}`,
      }
    case 'told': {
      const who = origin.by ?? 'nobody who gave a name'
      const rest = `by ${who}: run #${origin.run}, ${dayText(origin.at)}; ${origin.why}. Run all checks here, with the files`
      return { how: 'Claimed', rest }
    }
    case 'recorded':
      return { how: 'Recorded', rest: `in the ledger: ${origin.what}` }
    case 'unanswered':
      return { how: 'Recorded', rest: `in the ledger: ${origin.what}; ${origin.why}` }
    case 'signed': {
      const edited = origin.edits === 0 ? '' : `, changed by hand ${counted(origin.edits, 'time')} before`
      return {
        how: `File ${origin.file}`,
        rest: `signed by ${personWords(origin)}, ${dayText(origin.at)}${edited}; from ${origin.from}`,
      }
    }
    case 'unverified':
      return { how: `File ${origin.file}`, rest: `signed by ${personWords(origin)}, ${dayText(origin.at)}; ${origin.why}` }
    case 'typed':
      return {
        how: 'Typed',
        rest: `in ${origin.file} by ${personWords(origin)}, ${dayText(origin.at)}; not signed since${origin.edit === null ? '' : `: ${origin.edit}`}`,
      }
    case 'added':
      return {
        how: 'Added',
        rest: `${origin.file} by ${personWords(origin)}, ${dayText(origin.at)}; nobody signed where it comes from${origin.typed === null ? '' : `; ${origin.typed}`}`,
      }
    case 'dropped':
      return { how: 'Dropped', rest: `beside the ledger: ${origin.file}; no act names it` }
    case 'drawn':
      return { how: 'Drawn', rest: `${origin.what}; no complete run has judged it as it is` }
    case 'example':
      return { how: 'Example', rest: `${origin.file} of a fictional clinic` }
  }
}

export function originSentence(origin: Origin): string {
  const { how, rest } = originWords(origin)
  return `${how} ${rest}`
}
