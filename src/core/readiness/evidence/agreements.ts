/**
 * What was agreed in calm: the way back with its point of no return, the rule of the pilot, the rules for stopping. A named person agrees to the words as they
 * stand; the ledger binds the name to their digest, and a later change of the file says what is no longer what was agreed.
 */
import * as v from 'valibot'
import { canonicalJson, digestOf, utf8 } from '../../canonical.ts'
import { type Hand, record } from '../../project/acts/hand.ts'
import type { Project } from '../../project/format/project.ts'
import { slugOf } from '../../project/ledger/actor-slug.ts'
import { dayText } from '../../values/day.ts'
import { type Kept, keptIn, object } from '../../values/document.ts'
import { recordsOf } from '../input-files/edit-input.ts'
import { agreementsPath, inputFiles, inputPath } from '../input-files/files.ts'
import type { InputFile } from '../input-files/input-file.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { isExample } from '../kept-files/examples.ts'
import { goLiveOf } from '../kept-files/go-live.ts'

/** Columns that are agreed to, the key of the file first; what is measured later is none of them. */
const agreed = {
  rollback: ['order', 'step', 'minutes', 'owner', 'no_return', 'exports_new_data'],
  pilot: ['measure', 'baseline_met', 'baseline_of', 'most_drop', 'rule_on', 'data_from'],
  'stop-rules': ['id', 'measure', 'limit', 'agreed_on', 'agreed_by'],
} as const

export type AgreedKind = keyof typeof agreed

export const agreedKinds = ['rollback', 'pilot', 'stop-rules'] as const satisfies readonly AgreedKind[]

export const agreementAction = 'agreed'

/** `readiness/agreed/…json`. */
export const agreementDocument = object({
  kind: v.picklist(agreedKinds),
  name: v.string(),
  role: v.string(),
  /** Lines of the file, the agreed columns only. */
  rows: v.array(v.array(v.string())),
})
export type Agreement = Kept<typeof agreementDocument>

export interface StandingAgreement {
  readonly agreement: Agreement
  /** RFC 3339, by the ledger: its clock is not set back behind what it already knows. */
  readonly at: string
  /** What differs from what was agreed, one sentence per place; empty while the file is what was agreed. */
  readonly changes: readonly string[]
}

function textOf(project: Pick<Project, 'other'>, path: string): string | null {
  const bytes = project.other.get(path)
  return bytes === undefined ? null : new TextDecoder().decode(bytes)
}

function rowsNow(project: Pick<Project, 'other'>, kind: AgreedKind): readonly (readonly string[])[] | null {
  const text = textOf(project, inputPath(kind))
  return text === null ? null : recordsOf(text).map((row) => agreed[kind].map((name) => row.get(name) ?? ''))
}

/** A named person agrees to the file as it stands; in words why not, where nothing can be agreed to. */
export function agree(
  project: Project,
  kind: AgreedKind,
  { name, role }: { readonly name: string; readonly role: string },
  hand: Hand,
): Project | string {
  const rows = rowsNow(project, kind)
  if (rows === null || rows.length === 0) return 'There is nothing to agree to: the file is not there, or has no row.'
  if (isExample(project, kind))
    return 'This is the example of a fictional clinic. Put your own file in its place, then agree to that.'
  if (name.trim() === '' || role.trim() === '') return 'An agreement names a person and a role.'
  const stranger = notTheirName(project, hand, name.trim())
  if (stranger !== null) return stranger
  // A role that was enrolled with a key is not said anew.
  const known = project.keys.find((key) => key.actor === hand.actor && key.device === hand.device)
  const agreement = { kind, name: name.trim(), role: known?.role ?? role.trim(), rows: rows.map((row) => [...row]) }
  const digest = digestOf(agreement)
  const path = `${agreementsPath(kind)}${digest.slice('sha256:'.length, 'sha256:'.length + 12)}.json`
  const other = new Map(project.other).set(path, utf8(`${canonicalJson(agreement)}\n`))
  return record({ ...project, other }, [{ action: agreementAction, object: path, digest }], hand)
}

/**
 * In whose name an entry may agree: that by which the ledger knows who acts. Whoever has a key agrees by the name that was enrolled with it, and on
 * the device that holds it: a name that signs is not said by another device.
 */
function notTheirName(
  { keys }: Pick<Project, 'keys'>,
  { actor, device }: Pick<Hand, 'actor' | 'device'>,
  name: string,
): string | null {
  if (actor === 'unnamed') return 'Say who agrees: the ledger names a person.'
  const theirs = keys.filter((key) => key.actor === actor || slugOf(key.name) === slugOf(name))
  if (theirs.length === 0) return slugOf(name) === actor ? null : `${actor} acts here and can not agree as ${name}.`
  const own = theirs.find((key) => key.actor === actor)
  if (own?.name !== name) return `${actor} ${own ? `signs as ${own.name}` : 'acts here'} and can not agree as ${name}.`
  return theirs.some((key) => key.actor === actor && key.name === name && key.device === device)
    ? null
    : `${name} has a key on another device: agree there, or enrol a key on this one.`
}

type Holder = Pick<Project, 'other' | 'ledger' | 'keys'>

function entriesOf({ ledger }: Holder, kind: AgreedKind): Project['ledger'] {
  return ledger.filter(({ action, object }) => action === agreementAction && object.startsWith(agreementsPath(kind)))
}

/** The agreement that was entered last for this file as it is in the project; null where nobody has agreed, or its words are gone or differ. */
export function standingAgreement(project: Holder, kind: AgreedKind): StandingAgreement | null {
  const entry = entriesOf(project, kind).at(-1)
  const agreement = entry && agreementOf(project, kind, entry)
  if (!entry || !agreement || notTheirName(project, entry, agreement.name) !== null) return null
  return { agreement, at: entry.time.wall, changes: changesOf(kind, agreement.rows, rowsNow(project, kind) ?? []) }
}

function agreementOf(
  project: Pick<Project, 'other'>,
  kind: AgreedKind,
  { object, digest }: Project['ledger'][number],
): Agreement | null {
  const bytes = project.other.get(object)
  const agreement = bytes === undefined ? null : agreementIn(bytes, digest)
  return agreement?.kind === kind ? agreement : null
}

/** Why a file that has to be agreed to, or that people sign under one, does not count, in words; null where it stands, or asks for no agreement. */
export function notAgreed(project: Holder, kind: string): string | null {
  if (kind === 'acknowledgements') return signedTooEarly(project)
  const asked = agreedKinds.find((each) => each === kind)
  if (asked === undefined) return null
  const standing = standingAgreement(project, asked)
  if (standing === null) return 'nobody has agreed to it by name: open the file and agree'
  const { agreement, changes, at } = standing
  if (changes.length === 0) return agreedTooLate(project, standing)
  const more = changes.length > 3 ? `; and ${changes.length - 3} more` : ''
  return `it is not what ${agreement.name} (${agreement.role}) agreed to on ${dayText(at)}: ${changes.slice(0, 3).join('; ')}${more}`
}

/** Whether agreeing to the file as it stands is what makes it count: nobody has, or it was changed since. */
export function awaitsAgreement(project: Holder, kind: string): boolean {
  const asked = agreedKinds.find((each) => each === kind)
  const standing = asked === undefined ? undefined : standingAgreement(project, asked)
  return standing === null || (standing !== undefined && standing.changes.length > 0)
}

/** A rule agreed to once its numbers are there decides nothing. */
function agreedTooLate(project: Holder, { agreement, at }: StandingAgreement): string | null {
  const day = at.slice(0, 10)
  if (agreement.kind === 'pilot') {
    const begun = firstData(project)
    if (begun === null) return 'an earlier agreement to it is gone from the project'
    return begun <= day ? `the rule was agreed to on ${dayText(day)}, the data begin on ${dayText(begun)}` : null
  }
  const live = agreement.kind === 'stop-rules' ? goLiveOf(rowsOf(project, 'milestones') ?? []) : null
  return live !== null && live <= day ? `it was agreed to on ${dayText(day)}, go-live is ${dayText(live)}` : null
}

/** First day of pilot data that any agreement names: agreeing anew to a later day does not undo the data that were there. Null where one can not be read. */
function firstData(project: Holder): string | null {
  const place = agreed.pilot.indexOf('data_from')
  const days = entriesOf(project, 'pilot').map((entry) =>
    agreementOf(project, 'pilot', entry)?.rows.map((row) => row[place] ?? ''),
  )
  return days.includes(undefined) ? null : (days.flat().sort()[0] ?? null)
}

/** Who signed before the present plan was agreed to has signed under another one. */
function signedTooEarly(project: Holder): string | null {
  const day = standingAgreement(project, 'rollback')?.at.slice(0, 10)
  if (day === undefined) return null
  const early = rowsOf(project, 'acknowledgements')?.find(
    ({ document, signed_on }) => document === 'rollback' && signed_on !== null && signed_on < day,
  )
  return early
    ? `${early.department} signed on ${dayText(early.signed_on ?? '')}, the present plan was agreed to on ${dayText(day)}`
    : null
}

function changesOf(
  kind: AgreedKind,
  before: readonly (readonly string[])[],
  now: readonly (readonly string[])[],
): readonly string[] {
  const names = agreed[kind]
  const { key = [] }: InputFile = inputFiles[kind]
  const nameOf = (row: readonly string[]): string =>
    names.flatMap((column, at) => (key.includes(column) ? [row[at] ?? ''] : [])).join(', ')
  const was = new Map(before.map((row) => [nameOf(row), row]))
  const is = new Map(now.map((row) => [nameOf(row), row]))
  const kept = [...is].flatMap(([name, row]) => {
    const old = was.get(name)
    if (!old) return [`${names[0]} ${name} was added`]
    return names.flatMap((column, at) => {
      const [from, to] = [old[at] ?? '', row[at] ?? '']
      return from === to ? [] : [`${names[0]} ${name}: ${column.replaceAll('_', ' ')} is “${to}”, agreed was “${from}”`]
    })
  })
  const changes = [...kept, ...[...was.keys()].flatMap((name) => (is.has(name) ? [] : [`${names[0]} ${name} is gone`]))]
  // Lines that bear one name would hide behind each other.
  return changes.length > 0 || before.length === now.length
    ? changes
    : [`it has ${now.length} lines, agreed were ${before.length}`]
}

function agreementIn(bytes: Uint8Array, digest: string | null): Agreement | null {
  const agreement = keptIn(bytes, agreementDocument)
  return agreement && digestOf(agreement) === digest ? agreement : null
}
