/** Files that a run can be held against: an earlier report, a run kept in a project, or the findings somebody accepted. */
import { severities } from '../../finding.ts'
import { fits, misfit } from '../../values/document.ts'
import { isObject, parseJson } from '../../values/json.ts'
import { type AcceptanceEntry, baselineDocument } from './acceptance.ts'
import type { ComparedFinding } from './compare-runs.ts'

/** An input that was read to its end. */
export interface ReadInput {
  readonly name: string
  /** Records in it; null where the run does not say. */
  readonly records: number | null
}

export interface Baseline {
  /** Findings of the earlier run; null where the file holds acceptances only. */
  readonly before: readonly ComparedFinding[] | null
  readonly accepted: readonly AcceptanceEntry[]
  /** Inputs that the earlier run read whole; left out where it does not say. */
  readonly inputs?: readonly ReadInput[]
}

/** Reads `baseline.json`, `runs/…/summary.json` or the JSON of a report; a sentence where it is none of them. */
export function readBaseline(text: string): Baseline | string {
  const read = parseJson(text.replace(/^\uFEFF/, ''))
  if (!read.ok) return 'is not JSON'
  const { value } = read
  if (Array.isArray(value))
    return fits(value, baselineDocument)
      ? { before: null, accepted: value }
      : `holds an entry that is no accepted finding: ${misfit(value, baselineDocument)}`
  if (!isObject(value) || !Array.isArray(value.findings))
    return 'is neither a report, a run of a project nor a list of accepted findings'
  if (value.partial === true) return 'is of an interrupted run, which does not say what was there; take one that went through'
  const inputs = Array.isArray(value.inputs) ? value.inputs : []
  const findings = value.findings.map((finding) => comparedFinding(finding, inputs))
  const wrong = findings.indexOf(null)
  if (wrong >= 0) return `holds a finding without fingerprint, code, severity and count (number ${wrong + 1})`
  const whole = readInputs(inputs)
  return { before: findings.filter((finding) => finding !== null), accepted: [], ...(whole === null ? {} : { inputs: whole }) }
}

/** Reports call an input by its path, runs of a project by its name. */
function readInputs(inputs: readonly unknown[]): ReadInput[] | null {
  const whole = inputs.filter((input) => isObject(input)).filter(({ status }) => status === undefined || status === 'read')
  const read = whole.flatMap(({ path, name, records }): ReadInput[] => {
    const called = typeof path === 'string' ? path : name
    return typeof called === 'string' ? [{ name: called, records: typeof records === 'number' ? records : null }] : []
  })
  return inputs.length === 0 ? null : read
}

function comparedFinding(value: unknown, inputs: readonly unknown[]): ComparedFinding | null {
  if (!isObject(value)) return null
  const { fingerprint, code, count, denominator, patients, input } = value
  const severity = severities.find((each) => each === value.severity)
  if (typeof fingerprint !== 'string' || typeof code !== 'string' || typeof count !== 'number' || !severity) return null
  const given = typeof input === 'number' ? inputs[input] : null
  const path = isObject(given) && typeof given.path === 'string' ? given.path : null
  const place = [value.place, value.element, value.field].find((each) => typeof each === 'string')
  return {
    fingerprint,
    code,
    place: typeof place === 'string' ? place : '',
    input: typeof input === 'string' ? input : (path?.split(/[/\\]/).at(-1) ?? null),
    severity,
    count,
    denominator: typeof denominator === 'number' ? denominator : null,
    patients: typeof patients === 'number' ? patients : null,
  }
}
