/** Findings as the page shows them: one line for each cause, whatever the number of files that share it. */
import { stableName } from '../../../../core/data/model/stable-name.ts'
import { type CausedFinding, causesOf } from '../../../../core/data/report/causes.ts'
import { type FindingStatus, type ListedFinding, stateWordOf } from './findings.ts'

/** One line: a finding, or several of one cause. */
export interface FindingLine {
  /** Fingerprint of its first finding. */
  readonly key: string
  readonly first: ListedFinding
  /** Its findings, most occurrences first. */
  readonly parts: readonly ListedFinding[]
  readonly count: number
  readonly denominator: number | null
  readonly patients: number | null
  /** Sum of the run it is compared with; null where that run had none of it, undefined without such a run. */
  readonly before: number | null | undefined
  readonly status: FindingStatus
}

const worstStatus: readonly FindingStatus[] = ['fail', 'partial', 'pass-with-exceptions', 'not-applicable', 'pass']

/** @param grouped false keeps every finding a line of its own */
export function findingLines(list: readonly ListedFinding[], grouped: boolean): readonly FindingLine[] {
  if (!grouped) return list.map((listed) => lineOf([listed]))
  const lines = new Map<string, FindingLine>()
  // What is fixed stays apart: it is no part of what the run found.
  for (const wanted of [false, true]) {
    const parts = list.filter(({ state }) => (state === 'fixed') === wanted).map(asCaused)
    for (const { key, findings, ...sums } of causesOf(parts, ({ kind }) => kind))
      lines.set(`${wanted} ${key}`, {
        ...lineOf(findings.map(({ listed }) => listed)),
        ...(findings.length > 1 ? { count: sums.count, denominator: sums.denominator, patients: sums.patients } : {}),
      })
  }
  const place = new Map(list.map((listed, at) => [listed, at]))
  return [...lines.values()].sort((a, b) => rank(a) - rank(b) || (place.get(a.first) ?? 0) - (place.get(b.first) ?? 0))
}

interface Caused extends CausedFinding {
  readonly listed: ListedFinding
  readonly kind: string
}

/** An element of FHIR is the same in every file; a column only in files of one kind. */
function asCaused(listed: ListedFinding): Caused {
  const { finding, input } = listed
  const element = /^[A-Z][A-Za-z]+(\.|$)/.test(finding.place) && listed.family === 'FHIR'
  return { ...finding, listed, kind: element || input === null ? finding.place : `${stableName(input)}\n${finding.place}` }
}

function lineOf(findings: readonly ListedFinding[]): FindingLine {
  const parts = findings.toSorted((a, b) => b.finding.count - a.finding.count)
  const [first] = parts
  if (!first) throw new Error('A line without findings')
  const { count, denominator, patients } = first.finding
  const known = parts.flatMap(({ before }) => (typeof before === 'number' ? [before] : []))
  return {
    key: first.finding.fingerprint,
    first,
    parts,
    count,
    denominator,
    patients,
    before: first.before === undefined ? undefined : known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0),
    status: worstStatus.find((one) => parts.some(({ status }) => status === one)) ?? first.status,
  }
}

/** Worst first, then most occurrences; what is fixed last. */
function rank({ first, count }: FindingLine): number {
  const severity = { critical: 0, error: 1, warning: 2, info: 3 }[first.finding.severity]
  return (first.state === 'fixed' ? 4 : severity) * 1e12 - Math.min(count, 1e11)
}

/** "Open", or "3 known, 9 new" where the parts differ. */
export function stateWordsOf(parts: readonly ListedFinding[]): string {
  const counts = new Map<string, number>()
  for (const part of parts) counts.set(stateWordOf(part), (counts.get(stateWordOf(part)) ?? 0) + 1)
  const [only] = counts.keys()
  if (counts.size === 1 && only !== undefined) return only
  return [...counts].map(([word, n]) => `${n} ${word.toLowerCase()}`).join(', ')
}
