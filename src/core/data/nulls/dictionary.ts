/** Tokens that stand for "no value", each with its reason: an unanswered question is not an unknown answer. */
import type { JsonObject, JsonValue } from '../model/record.ts'

/** FHIR data-absent-reason, with the cell that holds nothing at all kept apart. */
export type NullReason =
  | 'empty'
  | 'unknown'
  | 'asked-unknown'
  | 'not-asked'
  | 'not-applicable'
  | 'masked'
  | 'temp-unknown'
  | 'error'
  | 'as-text'

/** HL7 v3 nullFlavor of each reason. */
export const nullFlavors: Readonly<Record<NullReason, string>> = {
  empty: 'NI',
  unknown: 'UNK',
  'asked-unknown': 'ASKU',
  'not-asked': 'NASK',
  'not-applicable': 'NA',
  masked: 'MSK',
  'temp-unknown': 'NAV',
  error: 'NI',
  'as-text': 'OTH',
}

export interface NullEntry {
  readonly token: string
  readonly reason: NullReason
}

/** Spellings that legacy systems export, in lower case; numbers are never among them. */
const standard: readonly (readonly [NullReason, readonly string[]])[] = [
  ['unknown', ['null', '(null)', '\\n', '.', '-', '--', '?', 'nil', 'unk', 'unknown', 'u/k', 'nan', 'missing', 'not known']],
  ['asked-unknown', ['asku', 'asked, unknown', 'asked but unknown', 'patient does not know', "doesn't know", 'does not know']],
  ['not-asked', ['nask', 'not asked', 'not recorded', 'not assessed', 'not documented', 'not entered']],
  ['not-applicable', ['n/a', '#n/a', 'na', 'n.a.', 'not applicable']],
  ['masked', ['msk', 'masked', 'restricted', 'redacted', 'withheld', 'confidential', '***', '****', '*****', '********']],
  ['temp-unknown', ['nav', 'pending', 'to follow', 'tbd', 'tbc', 'not yet known', 'awaiting result']],
  ['error', ['#ref!', '#value!', '#name?', '#div/0!', '#num!', '#null!']],
]

const reasons: ReadonlyMap<string, NullReason> = new Map(
  standard.flatMap(([reason, tokens]) => tokens.map((token) => [token, reason] as const)),
)

/** Answers that say something about a patient: that nobody knows of an allergy is a fact, not the lack of one. */
const statements = /^(none|nil|no|negative|nka|nkda|nkfa|nkea|nkma|den(ies|ied)|(none|nil|no|den(ies|ied)) .*)[.!]?$/i

/** True where a token answers the question of an allergy column. `subject` is the name of table and column. */
export function isStatement(token: string, subject: string): boolean {
  return isAboutAllergies(subject) && statements.test(token.trim())
}

export function isAboutAllergies(subject: string): boolean {
  return /allerg|intoleran|sensitiv|adverse/i.test(subject)
}

/** The reason that a token usually stands for; null where it is a value or a statement. */
export function usualReason(token: string, subject: string): NullReason | null {
  if (token === '') return 'empty'
  if (isStatement(token, subject)) return null
  const text = token.trim().toLowerCase()
  return text === '' ? 'empty' : (reasons.get(text) ?? null)
}

/** All spellings of the list. */
export const usualSpellings: readonly string[] = [...reasons.keys()]

/** Longest spelling of the list, in characters. */
export const longestUsual = Math.max(...usualSpellings.map((token) => token.length))

/** Reason of a token that somebody declared: by its label, else as usual, else unknown. Statements stay values whatever was declared. */
export function declaredEntry(token: string, label: string | null, subject: string): NullEntry | null {
  if (isStatement(token, subject)) return null
  const named = label === null ? null : reasonNamed(label)
  return { token, reason: named ?? usualReason(token, subject) ?? 'unknown' }
}

function reasonNamed(label: string): NullReason | null {
  const text = label.trim()
  const lower = text.toLowerCase()
  for (const [reason, flavor] of Object.entries(nullFlavors) as [NullReason, string][])
    if (lower === reason || lower === reason.replaceAll('-', ' ')) return reason
    else if (text === flavor && reason !== 'error') return reason
  return reasons.get(lower) ?? null
}

/** `missingValues` of Table Schema v2: strings, or objects with `value` and `label`. */
export function entriesOfMissingValues(missingValues: JsonValue | undefined, subject: string): NullEntry[] {
  if (!Array.isArray(missingValues)) return []
  const list: NullEntry[] = []
  for (const item of missingValues as readonly JsonValue[]) {
    const entry =
      typeof item === 'string'
        ? declaredEntry(item, null, subject)
        : typeof item === 'object' && item !== null && !Array.isArray(item) && typeof (item as JsonObject).value === 'string'
          ? declaredEntry(String((item as JsonObject).value), labelOf(item as JsonObject), subject)
          : null
    if (entry && !list.some((known) => known.token === entry.token)) list.push(entry)
  }
  return list
}

function labelOf(item: JsonObject): string | null {
  return typeof item.label === 'string' ? item.label : null
}

/** The dictionary as labelled `missingValues`: read back, it gives the same tokens and reasons. */
export function missingValuesOf(entries: readonly NullEntry[]): JsonObject[] {
  return entries.map(({ token, reason }) => ({ value: token, label: reason }))
}
