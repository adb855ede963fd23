/** One pair as a reader sees it: differences first, everything else folded to counts, in clinical order. */
import type { AllergyState, Domain, PairClass, PairField, PairItem, RecordPair } from '../../../core/review/pair-types.ts'

/** One thing to judge. */
export interface Difference {
  /** Names it in verdicts. */
  readonly item: string
  readonly domain: Domain
  readonly title: string
  readonly cls: PairClass
  readonly critical: boolean
  /** What differs, in sentences without values. */
  readonly words: readonly string[]
  readonly differing: readonly PairField[]
  readonly equal: readonly PairField[]
  /** "Refuted", "Inactive" …: how legacy or target call an entry that is not current. */
  readonly status: string | null
  /** False where that side has no such entry. */
  readonly inLegacy: boolean
  readonly inTarget: boolean
}

export interface SameEntry {
  readonly item: string
  readonly title: string
  readonly fields: readonly PairField[]
  readonly status: string | null
  readonly afterRule: boolean
}

export interface DomainView {
  readonly domain: Domain
  readonly label: string
  readonly differences: readonly Difference[]
  readonly same: readonly SameEntry[]
}

export interface RecordView {
  readonly pair: RecordPair
  /** In clinical order; domains without any entry are left out. */
  readonly domains: readonly DomainView[]
  readonly differences: readonly Difference[]
  readonly fields: { readonly all: number; readonly differing: number; readonly afterRule: number }
}

export const domainWords: Readonly<Record<Domain, string>> = {
  allergies: 'Allergies',
  problems: 'Problems',
  medicines: 'Medicines',
  immunisations: 'Immunisations',
  results: 'Results',
  notes: 'Notes and documents',
  demographics: 'Demographics',
  other: 'Visits, bookings, referrals',
}

/** Verdicts of later versions may name domains that this one does not know. */
export function domainLabel(domain: string): string {
  return new Map<string, string>(Object.entries(domainWords)).get(domain) ?? domain
}

export const allergyWords: Readonly<Record<AllergyState, string>> = {
  known: 'Known allergies',
  none: 'No known allergies',
  'not-recorded': 'Allergies not recorded',
  unavailable: 'Allergies unavailable',
}

/** Class words with the mark that stands beside them. */
export const classWords: Readonly<Record<PairClass, string>> = {
  same: 'same',
  'same-after-rule': 'same after rule',
  changed: 'different',
  lost: 'missing',
  appeared: 'added',
  resurrected: 'current again',
}

const order: readonly Domain[] = [
  'allergies',
  'problems',
  'medicines',
  'immunisations',
  'results',
  'notes',
  'demographics',
  'other',
]

/** `judged`: entries called the same that this reader judges all the same, because the rule or the match may be what is wrong. */
export function viewOf(pair: RecordPair, judged: ReadonlySet<string> = new Set()): RecordView {
  if (pair.missing !== null) return missingView(pair)
  const byDomain = new Map(pair.domains.map(({ domain, items }) => [domain, items]))
  const domains = order.flatMap((domain): DomainView[] => {
    const items = byDomain.get(domain) ?? []
    const toJudge = (item: PairItem): boolean => differs(item) || judged.has(item.id)
    const differences = items.filter(toJudge).map(differenceOf)
    const same = items.filter((item) => !toJudge(item)).map(sameEntry)
    return differences.length + same.length === 0 ? [] : [{ domain, label: domainWords[domain], differences, same }]
  })
  const fields = pair.domains.flatMap(({ items }) => items.flatMap((item) => item.fields))
  return {
    pair,
    domains,
    differences: domains.flatMap((domain) => domain.differences),
    fields: {
      all: fields.length,
      differing: fields.filter((field) => fieldDiffers(field)).length,
      afterRule: fields.filter((field) => field.cls === 'same-after-rule').length,
    },
  }
}

/** A record that one side does not have is one difference, with everything it holds open to check. */
function missingView(pair: RecordPair): RecordView {
  const items = pair.domains.flatMap((domain) => domain.items)
  const side = pair.missing
  const difference: Difference = {
    item: 'record',
    domain: 'demographics',
    title: 'The whole record',
    cls: side === 'legacy' ? 'appeared' : 'lost',
    critical: true,
    words: [
      side === 'both'
        ? 'Found on neither side: the source files are not those the sample was drawn from.'
        : `${items.length} ${items.length === 1 ? 'entry is' : 'entries are'} on one side only.`,
    ],
    differing: [],
    equal: [],
    status: null,
    inLegacy: side === 'target',
    inTarget: side === 'legacy',
  }
  const domains = pair.domains
    .filter(({ items: list }) => list.length > 0)
    .map(({ domain, items: list }) => ({
      domain,
      label: domainWords[domain],
      differences: domain === 'demographics' ? [difference] : [],
      same: list.map(sameEntry),
    }))
  const listed = domains.some(({ differences }) => differences.length > 0)
  const shown: DomainView[] = listed
    ? domains
    : [{ domain: 'demographics', label: domainWords.demographics, differences: [difference], same: [] }, ...domains]
  const all = items.reduce((sum, item) => sum + item.fields.length, 0)
  return { pair, domains: shown, differences: [difference], fields: { all, differing: all, afterRule: 0 } }
}

function differenceOf(item: PairItem): Difference {
  // An entry that is called the same is judged by its values side by side: the rule may be what is wrong.
  const shown = differs(item) ? fieldDiffers : (field: PairField) => field.legacy !== null || field.target !== null
  const differing = item.fields.filter(shown)
  return {
    item: item.id,
    domain: item.domain,
    title: item.title,
    cls: item.cls,
    critical: item.critical,
    words: [...new Set(item.fields.flatMap((field) => (fieldDiffers(field) && field.words !== null ? [field.words] : [])))],
    differing,
    equal: item.fields.filter((field) => !shown(field)),
    status: statusOf(item.fields),
    inLegacy: item.legacy !== null,
    inTarget: item.target !== null,
  }
}

function sameEntry(item: PairItem): SameEntry {
  return {
    item: item.id,
    title: item.title,
    fields: item.fields,
    status: statusOf(item.fields),
    afterRule: item.cls === 'same-after-rule',
  }
}

function differs(item: PairItem): boolean {
  return item.cls !== 'same' && item.cls !== 'same-after-rule'
}

/** Names of fields as a reader says them; two columns of one name are told apart by their element. */
export function labelsOf(fields: readonly PairField[]): ReadonlyMap<PairField, string> {
  const plain = fields.map((field) => sentenceCase(field.label))
  return new Map(
    fields.map((field, index) => {
      const label = plain[index] ?? field.label
      const twice = plain.indexOf(label) !== plain.lastIndexOf(label)
      return [field, twice ? elementWords(field.path) : label]
    }),
  )
}

/** `LAST_NM` → "Last nm"; names that are written with small letters stay as they are. */
function sentenceCase(label: string): string {
  if (/[a-z]/.test(label)) return label
  const words = label.replaceAll('_', ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `AllergyIntolerance.verificationStatus` → "Verification status". */
function elementWords(path: string): string {
  const words = path
    .slice(path.lastIndexOf('.') + 1)
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function fieldDiffers(field: PairField): boolean {
  return field.cls !== 'same' && field.cls !== 'same-after-rule'
}

const notCurrent: ReadonlyMap<string, string> = new Map([
  ['refuted', 'Refuted'],
  ['entered-in-error', 'Entered in error'],
  ['inactive', 'Inactive'],
  ['resolved', 'Resolved'],
  ['remission', 'In remission'],
  ['stopped', 'Stopped'],
  ['completed', 'Completed'],
  ['cancelled', 'Cancelled'],
])

/** The status that makes an entry not current, in words; the worst one where two fields say so. */
function statusOf(fields: readonly PairField[]): string | null {
  const said = fields
    .filter((field) => /(?:status|clinicalStatus|verificationStatus)$/i.test(field.path))
    .flatMap((field) => [field.target, field.carried, field.legacy])
    .map((text) => text?.toLowerCase() ?? '')
  for (const [code, words] of notCurrent) if (said.includes(code)) return words
  return null
}
