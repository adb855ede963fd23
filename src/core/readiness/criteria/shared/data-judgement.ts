/** The shared sum of the data criteria: occurrences of some codes on one side, accepted ones left out, against a threshold. */
import type { Side } from '../../../data/model/source.ts'
import type { AcceptedFinding } from '../../../project/format/project.ts'
import type { RunInput } from '../../../project/format/run.ts'
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
  /** What a schema has to declare for it, in words: "a list of values". */
  readonly declared?: string
  /** Any check of a schema is enough: it is asked how the file reads as a whole. */
  readonly byAnyCheck?: true
}

/** Unknown where an input was not read to its end: what was not read may hold the next defect. Not judged where no schema asks for it. */
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
  if (inputs.every((input) => input.records === 0)) return nothingToJudge('The sources hold no record')
  const looked = new Set(open.map(({ input }) => input))
  const checked = inputs.filter((input) => isAsked(validation, input, question) || looked.has(input.name))
  const records = (looked.has(null) ? inputs : checked).reduce((sum, input) => sum + input.records, 0)
  if (value === 0 && records === 0) return nothingToJudge(nothingAsked(question))
  const words = `${count(value)} ${value === 1 ? question.one : question.many} in ${count(records)} records`
  return atMost(question.threshold, records, words, open.map(findingCell), value)
}

function isAsked({ asked }: EvidenceOf['validation'], input: RunInput, { counts, declared, byAnyCheck }: DataQuestion): boolean {
  if (declared === undefined) return true
  const own = asked.find(({ name, side }) => name === input.name && side === input.side)
  return own?.checks.some((check) => byAnyCheck === true || counts.includes(check)) === true
}

function nothingAsked({ side, declared, many }: DataQuestion): string {
  const whose = side === 'both' ? '' : `${side} `
  return `Not judged: no schema of a ${whose}source declares ${declared}, so no check looked for ${many}. Give each ${whose}source a schema and run all checks again`
}
