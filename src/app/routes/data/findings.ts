/** Findings of the last run as the page lists them: filtered, worst first, with their words. */
import { compareFindings, type Finding, type Severity } from '../../../core/finding.ts'
import { wordingOf } from '../../../core/project/wording.ts'
import type { Wording } from '../../../core/rule.ts'
import type { RunDetail } from '../../workspace/state.ts'

export interface ListedFinding {
  readonly finding: Finding
  readonly wording: Wording
  readonly input: string | null
  readonly side: 'legacy' | 'target' | null
  /** What the file calls a column that is known by number alone; a cell of the file, so shown on request. */
  readonly column: string | null
  /** Engine that reported it: checks of one file, or the comparison of both sides. */
  readonly family: 'file checks' | 'FHIR' | 'comparison'
}

export interface FindingFilter {
  readonly severity: Severity | 'all'
  readonly side: 'all' | 'legacy' | 'target'
  readonly family: ListedFinding['family'] | 'all'
  readonly text: string
}

export const everything: FindingFilter = { severity: 'all', side: 'all', family: 'all', text: '' }

/** All findings of a run; a code without words would be a defect of the program, so it is shown as its code. */
export function listFindings(run: RunDetail | null): readonly ListedFinding[] {
  if (!run) return []
  const inputs = run.validation?.inputs ?? []
  const validation = (run.validation?.findings ?? []).map((finding): ListedFinding => {
    const input = finding.input === null ? undefined : inputs[finding.input]
    const family = finding.code.startsWith('data/fhir-') ? 'FHIR' : 'file checks'
    const number = /^column (\d+)$/.exec(finding.place)?.[1]
    const column = (number === undefined ? null : input?.structure?.header[Number(number) - 1]) ?? null
    return { finding, wording: wordsOf(finding), input: input?.name ?? null, side: input?.side ?? null, column, family }
  })
  const pairing = (run.pairing?.findings ?? []).map(
    (finding): ListedFinding => ({
      finding,
      wording: wordsOf(finding),
      input: null,
      side: null,
      column: null,
      family: 'comparison',
    }),
  )
  return [...validation, ...pairing].sort((a, b) => compareFindings(a.finding, b.finding))
}

export function filterFindings(list: readonly ListedFinding[], filter: FindingFilter): readonly ListedFinding[] {
  const wanted = filter.text.trim().toLowerCase()
  return list.filter(
    ({ finding, wording, input, side, family }) =>
      (filter.severity === 'all' || finding.severity === filter.severity) &&
      (filter.side === 'all' || side === filter.side) &&
      (filter.family === 'all' || family === filter.family) &&
      (wanted === '' || `${wording.title} ${finding.place} ${input ?? ''} ${finding.code}`.toLowerCase().includes(wanted)),
  )
}

function wordsOf(finding: Finding): Wording {
  return wordingOf(finding.code) ?? { code: finding.code, title: finding.code, why: '', remedy: '', severity: finding.severity }
}
