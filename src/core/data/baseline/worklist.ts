/** What somebody else has to mend, as a list that can be sent: codes, places and counts; no values, no record numbers, no patients' keys. */
import { compareText, type SafetyClass, type Severity, severities } from '../../finding.ts'
import type { Wording } from '../../rule.ts'
import { markdownText } from '../../values/markdown-text.ts'
import { type CsvMode, csvLine } from '../../values/spreadsheet.ts'
import { safetyWords } from '../blast-radius/severity-table.ts'
import { type AcceptanceEntry, acceptanceOf } from './acceptance.ts'
import type { ComparedFinding } from './compare-runs.ts'
import { fingerprintsOf } from './former-fingerprints.ts'

export interface WorkItem {
  readonly fingerprint: string
  readonly severity: Severity
  readonly code: string
  readonly title: string
  readonly input: string | null
  readonly place: string
  readonly count: number
  readonly denominator: number | null
  readonly patients: number | null
  readonly safety: SafetyClass | null
  readonly remedy: string
  readonly owner: string | null
  readonly due: string | null
  /** True where the due day has passed. */
  readonly overdue: boolean
  /** `accepted` until its expiry, `open` otherwise. */
  readonly status: 'open' | 'accepted'
}

export interface WorklistChoices {
  readonly accepted: readonly AcceptanceEntry[]
  /** Day that decides what is overdue or expired. */
  readonly asOf: string
  readonly wordsOf: (code: string) => Wording | null
  /** Only what this person or firm is to mend; everything when left out. */
  readonly owner?: string
}

/** Overdue first, then by due day, then worst first. */
export function worklistOf(
  findings: readonly (ComparedFinding & { readonly safety?: SafetyClass | null })[],
  { accepted, asOf, wordsOf, owner }: WorklistChoices,
): readonly WorkItem[] {
  const items = findings.map((finding): WorkItem => {
    const said = acceptanceOf(fingerprintsOf(finding), accepted, asOf)
    const entry = said.kind === 'none' ? said.assigned : said.acceptance
    const words = wordsOf(finding.code)
    const due = entry?.due ?? null
    return {
      fingerprint: finding.fingerprint,
      severity: finding.severity,
      code: finding.code,
      title: words?.title ?? finding.code,
      input: finding.input,
      place: finding.place,
      count: finding.count,
      denominator: finding.denominator,
      patients: finding.patients,
      safety: finding.safety ?? null,
      remedy: words?.remedy ?? '',
      owner: entry?.owner ?? null,
      due,
      overdue: due !== null && due < asOf.slice(0, 10),
      status: said.kind === 'accepted' ? 'accepted' : 'open',
    }
  })
  return items.filter((item) => owner === undefined || item.owner === owner).sort(byUrgency)
}

const columns = [
  'severity',
  'what',
  'file',
  'place',
  'how many',
  'of',
  'patients',
  'about',
  'what to do',
  'owner',
  'due',
  'status',
  'code',
  'fingerprint',
]

export function worklistCsv(items: readonly WorkItem[], mode: CsvMode = 'spreadsheet'): string {
  const lines = items.map((item) =>
    csvLine(
      [
        item.severity,
        item.title,
        item.input,
        item.place === '' ? 'file' : item.place,
        item.count,
        item.denominator,
        item.patients,
        item.safety === null ? null : safetyWords[item.safety],
        item.remedy,
        item.owner,
        item.due,
        statusOf(item),
        item.code,
        item.fingerprint,
      ],
      mode,
    ),
  )
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`
}

export function worklistMarkdown(items: readonly WorkItem[]): string {
  const lines = [
    '# Worklist',
    '',
    `${items.length} ${items.length === 1 ? 'item' : 'items'}. No values of records are in this list.`,
  ]
  if (items.length > 0)
    lines.push(
      '',
      '| Severity | What | Where | How many | Patients | What to do | Owner | Due | Status |',
      '| --- | --- | --- | ---: | ---: | --- | --- | --- | --- |',
    )
  for (const item of items) {
    const of = item.denominator === null ? '' : ` of ${item.denominator}`
    const where = [item.input, item.place].filter((part) => part !== null && part !== '').join(': ')
    const cells = [
      item.severity,
      `${item.title} (${item.code}, ${item.fingerprint.slice(0, 12)})`,
      where,
      `${item.count}${of}`,
      item.patients === null ? '' : String(item.patients),
      item.remedy,
      item.owner ?? '',
      item.due ?? '',
      statusOf(item),
    ]
    lines.push(`| ${cells.map(markdownText).join(' | ')} |`)
  }
  return `${lines.join('\n')}\n`
}

function statusOf({ status, overdue }: WorkItem): string {
  return overdue ? `${status}, overdue` : status
}

function byUrgency(a: WorkItem, b: WorkItem): number {
  return (
    Number(b.overdue) - Number(a.overdue) ||
    compareText(a.due ?? '9999', b.due ?? '9999') ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    b.count - a.count ||
    compareText(a.fingerprint, b.fingerprint)
  )
}
