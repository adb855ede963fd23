/**
 * What was agreed in calm: the way back with its point of no return, the rule of the pilot, the rules for stopping. A named person agrees to the words as they
 * stand; the ledger binds the name to their digest, and a later change of the file says what is no longer what was agreed.
 */
import { canonicalJson, digestOf, utf8 } from '../canonical.ts'
import { isMembers, parseJson } from '../project/json.ts'
import type { Project } from '../project/project.ts'
import { type Hand, record } from '../project/review-steps.ts'
import { dayText } from './day.ts'
import { goLiveOf } from './go-live.ts'
import { recordsOf } from './input-files/edit-input.ts'
import { inputPath } from './input-files/files.ts'
import { rowsOf } from './reports/rows.ts'

/** Columns that are agreed to, the first of them naming a line; what is measured later is none of them. */
const agreed = {
  rollback: ['order', 'step', 'minutes', 'owner', 'no_return', 'exports_new_data'],
  pilot: ['measure', 'most_drop', 'rule_on'],
  'stop-rules': ['id', 'measure', 'limit', 'agreed_on', 'agreed_by'],
} as const

export type AgreedKind = keyof typeof agreed

export const agreedKinds = Object.keys(agreed) as readonly AgreedKind[]

export const agreementAction = 'agreed'

export interface Agreement {
  readonly kind: AgreedKind
  readonly name: string
  readonly role: string
  /** RFC 3339. */
  readonly at: string
  /** Lines of the file, the agreed columns only. */
  readonly rows: readonly (readonly string[])[]
}

export interface StandingAgreement {
  readonly agreement: Agreement
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
  if (name.trim() === '' || role.trim() === '') return 'An agreement names a person and a role.'
  const agreement = { kind, name: name.trim(), role: role.trim(), at: hand.wall, rows: rows.map((row) => [...row]) }
  const digest = digestOf(agreement)
  const path = `readiness/agreements/${kind}-${digest.slice('sha256:'.length, 'sha256:'.length + 12)}.json`
  const other = new Map(project.other).set(path, utf8(`${canonicalJson(agreement)}\n`))
  return record({ ...project, other }, [{ action: agreementAction, object: path, digest }], hand)
}

/** The agreement that was entered last for this file as it is in the project; null where nobody has agreed, or its words are gone or differ. */
export function standingAgreement(project: Pick<Project, 'other' | 'ledger'>, kind: AgreedKind): StandingAgreement | null {
  const entry = project.ledger.findLast(
    ({ action, object }) => action === agreementAction && object.startsWith(`readiness/agreements/${kind}-`),
  )
  const text = entry && textOf(project, entry.object)
  const agreement = text ? agreementIn(text) : null
  if (
    !entry ||
    !agreement ||
    agreement.kind !== kind ||
    digestOf({ ...agreement, rows: agreement.rows.map((row) => [...row]) }) !== entry.digest
  )
    return null
  return { agreement, changes: changesOf(kind, agreement.rows, rowsNow(project, kind) ?? []) }
}

/** Why a file that has to be agreed to, or that people sign under one, does not count, in words; null where it stands, or asks for no agreement. */
export function notAgreed(project: Pick<Project, 'other' | 'ledger'>, kind: string): string | null {
  if (kind === 'acknowledgements') return signedTooEarly(project)
  const asked = agreedKinds.find((each) => each === kind)
  if (asked === undefined) return null
  const standing = standingAgreement(project, asked)
  if (standing === null) return 'nobody has agreed to it by name: open the file and agree'
  const { agreement, changes } = standing
  if (changes.length === 0) return agreedTooLate(project, agreement)
  const more = changes.length > 3 ? `; and ${changes.length - 3} more` : ''
  return `it is not what ${agreement.name} (${agreement.role}) agreed to on ${dayText(agreement.at)}: ${changes.slice(0, 3).join('; ')}${more}`
}

/** A rule agreed to once its numbers are there decides nothing. */
function agreedTooLate(project: Pick<Project, 'other' | 'ledger'>, { kind, at }: Agreement): string | null {
  const day = at.slice(0, 10)
  const early = kind === 'pilot' ? rowsOf(project, 'pilot')?.find((row) => row.data_from <= day) : undefined
  if (early) return `the rule was agreed to on ${dayText(day)}, the data begin on ${dayText(early.data_from)}`
  const live = kind === 'stop-rules' ? goLiveOf(rowsOf(project, 'milestones') ?? []) : null
  return live !== null && live <= day ? `it was agreed to on ${dayText(day)}, go-live is ${dayText(live)}` : null
}

/** Who signed before the present plan was agreed to has signed under another one. */
function signedTooEarly(project: Pick<Project, 'other' | 'ledger'>): string | null {
  const day = standingAgreement(project, 'rollback')?.agreement.at.slice(0, 10)
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
  const nameOf = (row: readonly string[]): string => row[0] ?? ''
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
  return [...kept, ...[...was.keys()].flatMap((name) => (is.has(name) ? [] : [`${names[0]} ${name} is gone`]))]
}

function agreementIn(text: string): Agreement | null {
  const parsed = parseJson(text.trimEnd())
  if (!parsed.ok || !isMembers(parsed.value)) return null
  const { kind, name, role, at, rows } = parsed.value
  const known = agreedKinds.find((each) => each === kind)
  if (known === undefined || typeof name !== 'string' || typeof role !== 'string' || typeof at !== 'string') return null
  if (!Array.isArray(rows)) return null
  const cells = rows.map((row: unknown) =>
    Array.isArray(row) ? row.filter((cell): cell is string => typeof cell === 'string') : [],
  )
  return { kind: known, name, role, at, rows: cells }
}
