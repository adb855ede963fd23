/** Findings of the last run as the page lists them: with their words, their state and what became of them since an earlier run. */

import { acceptanceOf, isAssignment } from '../../../../core/data/baseline/acceptance.ts'
import { compareRuns, type RunChange } from '../../../../core/data/baseline/compare-runs.ts'
import { fingerprintsOf } from '../../../../core/data/baseline/former-fingerprints.ts'
import { findingStatus } from '../../../../core/data/report/report-finding.ts'
import { compareFindings, type Finding, type Severity, severities } from '../../../../core/finding.ts'
import type { AcceptedFinding } from '../../../../core/project/format/project.ts'
import type { RunFinding, RunSummary } from '../../../../core/project/format/run.ts'
import { wordingOf } from '../../../../core/project/reports/wording.ts'
import type { Wording } from '../../../../core/rule.ts'
import type { RunDetail } from '../../../session/state.ts'

export const families = ['file checks', 'FHIR', 'comparison'] as const
export type Family = (typeof families)[number]

/** `new`: nobody has accepted it. `known`: accepted by a named person, not expired. `fixed`: an earlier run had it, this one has not. */
export const findingStates = ['new', 'known', 'fixed'] as const
export type FindingState = (typeof findingStates)[number]

/** The state in a word: "New" only where the run it is compared with did not have it, else "Open". */
export function stateWordOf({ state, before }: Pick<ListedFinding, 'state' | 'before'>): string {
  if (state === 'fixed') return 'Fixed'
  if (state === 'known') return 'Known'
  return typeof before === 'number' ? 'Open' : 'New'
}

/** What a finding says of its rule: under the share that the rule allows it passes, with exceptions; a part of a file proves nothing. */
export const statusWords = {
  pass: 'Pass',
  'pass-with-exceptions': 'Pass with exceptions',
  fail: 'Fail',
  'not-applicable': 'Not applicable',
  partial: 'Partial',
} as const
export type FindingStatus = keyof typeof statusWords

export interface ListedFinding {
  readonly finding: Finding
  readonly wording: Wording
  readonly input: string | null
  readonly side: 'legacy' | 'target' | null
  /** What the file calls a column that is known by number alone; a cell of the file, so shown on request. */
  readonly column: string | null
  /** Engine that reported it: checks of one file, or the comparison of both sides. */
  readonly family: Family
  readonly status: FindingStatus
  readonly state: FindingState
  /** The acceptance of this finding, also where it no longer counts. */
  readonly acceptance: AcceptedFinding | null
  /** Who is to mend it and by when, accepted or not. */
  readonly owner: string | null
  readonly due: string | null
  /** Why that acceptance does not count; null where it does or there is none. */
  readonly notAccepted: string | null
  /** Count in the run it is compared with; null where that run did not have it, undefined without such a run. */
  readonly before: number | null | undefined
}

export interface FindingFilter {
  readonly severity: Severity | 'all'
  readonly side: 'all' | 'legacy' | 'target'
  readonly family: Family | 'all'
  readonly state: FindingState | 'all'
  readonly text: string
}

export interface Listing {
  readonly run: RunDetail | null
  readonly baseline: readonly AcceptedFinding[]
  /** The run it is compared with, or null. */
  readonly against: RunSummary | null
  /** Day on which acceptances are judged, RFC 3339. */
  readonly asOf: string
}

/** All findings of a run, then those that the run compared with had and this one has not. */
export function listFindings({ run, baseline, against, asOf }: Listing): readonly ListedFinding[] {
  if (!run) return []
  const changes = against && changesOf(run, against)
  const before = changes && new Map(changes.flatMap((change) => (change.after ? [[change.after.fingerprint, change]] : [])))
  const stateOf = (finding: Finding, input: string | null) => ({
    ...acceptedState(fingerprintsOf({ ...finding, input }), baseline, asOf),
    before: before === null ? undefined : (before.get(finding.fingerprint)?.before?.count ?? null),
  })
  const inputs = run.validation?.inputs ?? []
  const validation = (run.validation?.findings ?? []).map((finding): ListedFinding => {
    const input = finding.input === null ? undefined : inputs[finding.input]
    const number = /^column (\d+)$/.exec(finding.place)?.[1]
    const column = (number === undefined ? null : input?.structure?.header[Number(number) - 1]) ?? null
    const family = familyOf(finding.code, finding.input !== null)
    return {
      finding,
      wording: wordsOf(finding),
      input: input?.name ?? null,
      side: input?.side ?? null,
      column,
      family,
      status: statusOf(finding, run.summary.partial || input?.status === 'partial'),
      ...stateOf(finding, input?.name ?? null),
    }
  })
  const pairing = (run.pairing?.findings ?? []).map(
    (finding): ListedFinding => ({
      finding,
      wording: wordsOf(finding),
      input: null,
      side: null,
      column: null,
      family: 'comparison',
      status: statusOf(finding, run.summary.partial),
      ...stateOf(finding, null),
    }),
  )
  const now = [...validation, ...pairing].sort((a, b) => compareFindings(a.finding, b.finding))
  return [...now, ...fixedOf(changes ?? [], run, baseline)]
}

function acceptedState(fingerprints: readonly string[], baseline: readonly AcceptedFinding[], asOf: string) {
  const said = acceptanceOf(fingerprints, baseline, asOf)
  const state: FindingState = said.kind === 'accepted' ? 'known' : 'new'
  const entry = said.kind === 'none' ? said.assigned : said.acceptance
  return {
    state,
    owner: entry?.owner ?? null,
    due: entry?.due ?? null,
    acceptance: said.kind === 'none' ? null : said.acceptance,
    notAccepted: said.kind === 'lapsed' ? said.why : null,
  }
}

function changesOf(run: RunDetail, against: RunSummary): readonly RunChange<RunFinding>[] {
  const ofData = ({ code }: RunFinding): boolean => code.startsWith('data/')
  return compareRuns(against.findings.filter(ofData), run.summary.findings.filter(ofData))
}

/** What the earlier run had and this one has not; of a file that this run did not read nothing is known. */
function fixedOf(
  changes: readonly RunChange<RunFinding>[],
  run: RunDetail,
  baseline: readonly AcceptedFinding[],
): readonly ListedFinding[] {
  if (run.summary.partial) return []
  const read = new Map(run.summary.inputs.filter(({ status }) => status === 'read').map((input) => [input.name, input.side]))
  return changes.flatMap(({ state, before }): ListedFinding[] => {
    if (state !== 'fixed' || !before) return []
    if (before.input === null ? run.pairing === null : !read.has(before.input)) return []
    const accepted = baseline.find(({ fingerprint }) => fingerprintsOf(before).includes(fingerprint)) ?? null
    return [
      {
        finding: asFinding(before),
        wording: wordsOf(before),
        input: before.input,
        side: (before.input === null ? null : read.get(before.input)) ?? null,
        column: null,
        family: familyOf(before.code, before.input !== null),
        status: 'pass',
        state: 'fixed',
        acceptance: accepted && isAssignment(accepted) ? null : accepted,
        owner: accepted?.owner ?? null,
        due: accepted?.due ?? null,
        notAccepted: null,
        before: before.count,
      },
    ]
  })
}

function statusOf(finding: Finding, partial: boolean): FindingStatus {
  // A notice about the file as a whole tests nothing that could fail.
  if (finding.severity === 'info' && finding.denominator === null) return 'not-applicable'
  return partial ? 'partial' : findingStatus(finding, wordingOf(finding.code)?.threshold ?? 0)
}

/** A finding that is no more: nothing of it is counted now. */
function asFinding({ code, severity, place, denominator, fingerprint }: RunFinding): Finding {
  return {
    code,
    severity,
    place,
    input: null,
    count: 0,
    denominator,
    patients: null,
    sample: [],
    truncated: false,
    fingerprint,
  }
}

function familyOf(code: string, ofInput: boolean): Family {
  return code.startsWith('data/fhir-') ? 'FHIR' : ofInput ? 'file checks' : 'comparison'
}

export function filterFindings(list: readonly ListedFinding[], filter: FindingFilter): readonly ListedFinding[] {
  const wanted = filter.text.trim().toLowerCase()
  return list.filter(
    ({ finding, wording, input, side, family, state }) =>
      (filter.severity === 'all' || finding.severity === filter.severity) &&
      (filter.side === 'all' || side === filter.side) &&
      (filter.family === 'all' || family === filter.family) &&
      (filter.state === 'all' || state === filter.state) &&
      (wanted === '' || `${wording.title} ${finding.place} ${input ?? ''} ${finding.code}`.toLowerCase().includes(wanted)),
  )
}

/** The filter an address names; unknown words are left out. The text that is searched for is never part of an address. */
export function filterOf(search: string): Omit<FindingFilter, 'text'> {
  const params = new URLSearchParams(search)
  const one = <Word extends string>(name: string, words: readonly Word[]): Word | 'all' =>
    words.find((word) => word === params.get(name)) ?? 'all'
  return {
    severity: one('severity', severities),
    side: one('side', ['legacy', 'target'] as const),
    family: one('family', families),
    state: one('state', findingStates),
  }
}

/** What else an address says: the run compared with, whether every file has a line, and whether a whole cause is open. */
export interface FindingView {
  readonly against: number | null
  readonly byFile: boolean
  readonly cause: boolean
}

export function viewOf(search: string): FindingView {
  const params = new URLSearchParams(search)
  const against = Number(params.get('against'))
  return {
    against: Number.isInteger(against) && against > 0 ? against : null,
    byFile: params.get('lines') === 'files',
    cause: params.get('open') === 'cause',
  }
}

/** The search part of an address, with its question mark; empty where nothing is chosen. */
export function searchOf(filter: Omit<FindingFilter, 'text'>, { against, byFile, cause }: FindingView): string {
  const params = new URLSearchParams()
  for (const name of ['severity', 'side', 'family', 'state'] as const) if (filter[name] !== 'all') params.set(name, filter[name])
  if (against !== null) params.set('against', String(against))
  if (byFile) params.set('lines', 'files')
  if (cause) params.set('open', 'cause')
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

/** Complete runs before this one, latest first: those it can be compared with. */
export function earlierRuns(runs: readonly RunSummary[], run: RunDetail | null): readonly RunSummary[] {
  const before = run?.summary.number ?? Number.POSITIVE_INFINITY
  return runs.filter((each) => !each.partial && each.number < before).toReversed()
}

function wordsOf({ code, severity }: Pick<Finding, 'code' | 'severity'>): Wording {
  return wordingOf(code) ?? { code, title: code, why: '', remedy: '', severity }
}
