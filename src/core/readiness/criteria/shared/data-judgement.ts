/** The shared sum of the data criteria: occurrences of some codes on one side, accepted ones left out, against a threshold. */
import type { Side } from '../../../data/model/source.ts'
import type { AcceptedFinding } from '../../../project/format/project.ts'
import { count } from '../../../review/result/result.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { atMost, type Measure, nothingToJudge } from '../../model/criterion.ts'
import { findingCell, occurrences, openAmong } from './open-findings.ts'

export interface DataQuestion {
  readonly side: Side | 'both'
  readonly counts: readonly string[]
  /** What one occurrence is, in words: "orphan reference". */
  readonly one: string
  readonly many: string
  readonly threshold: number
}

/** Unknown where an input was not read to its end: what was not read may hold the next defect. */
export function judgeData(
  validation: EvidenceOf['validation'],
  baseline: readonly AcceptedFinding[],
  asOf: string,
  question: DataQuestion,
): Measure {
  const inputs = validation.inputs.filter((input) => question.side === 'both' || input.side === question.side)
  if (inputs.length === 0) return nothingToJudge(`No ${question.side === 'both' ? '' : `${question.side} `}source was read`)
  const torn = inputs.filter((input) => input.status !== 'read')
  if (torn.length > 0) {
    const cells = torn.map((input) => ({ name: input.name, route: '/data/sources' }))
    const words = `${torn.map((input) => input.name).join(', ')} could not be read to the end`
    return { state: 'unknown', value: null, of: inputs.length, threshold: null, words, cells }
  }
  const names = new Set(inputs.map((input) => input.name))
  const own = validation.findings.filter((finding) => finding.input === null || names.has(finding.input))
  const open = openAmong(own, question.counts, baseline, asOf)
  const value = occurrences(open)
  const records = inputs.reduce((sum, input) => sum + input.records, 0)
  if (records === 0) return nothingToJudge('The sources hold no record')
  const words = `${count(value)} ${value === 1 ? question.one : question.many} in ${count(records)} records`
  return atMost(question.threshold, records, words, open.map(findingCell), value)
}
