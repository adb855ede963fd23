/** Files that a run can be held against: an earlier report, a run kept in a project, or the findings somebody accepted. */
import { severities } from '../../finding.ts'
import type { AcceptanceEntry } from './acceptance.ts'
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
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return 'is not JSON'
  }
  if (Array.isArray(value)) {
    const entries = value.map(acceptanceEntry)
    const wrong = entries.indexOf(null)
    if (wrong >= 0) return `holds an entry without fingerprint, reason, by and expires (number ${wrong + 1})`
    return { before: null, accepted: entries.filter((entry) => entry !== null) }
  }
  if (!isMembers(value) || !Array.isArray(value.findings))
    return 'is neither a report, a run of a project nor a list of accepted findings'
  if (value.partial === true) return 'is of an interrupted run, which does not say what was there; take one that went through'
  const inputs = Array.isArray(value.inputs) ? value.inputs : []
  const findings = value.findings.map((finding) => comparedFinding(finding, inputs))
  const wrong = findings.indexOf(null)
  if (wrong >= 0) return `holds a finding without fingerprint, code, severity and count (number ${wrong + 1})`
  const read = readInputs(inputs)
  return { before: findings.filter((finding) => finding !== null), accepted: [], ...(read === null ? {} : { inputs: read }) }
}

/** Reports call an input by its path, runs of a project by its name. */
function readInputs(inputs: readonly unknown[]): ReadInput[] | null {
  const whole = inputs.filter(isMembers).filter(({ status }) => status === undefined || status === 'read')
  const read = whole.flatMap(({ path, name, records }): ReadInput[] => {
    const called = typeof path === 'string' ? path : name
    return typeof called === 'string' ? [{ name: called, records: typeof records === 'number' ? records : null }] : []
  })
  return inputs.length === 0 ? null : read
}

function acceptanceEntry(value: unknown): AcceptanceEntry | null {
  if (!isMembers(value)) return null
  const { fingerprint, reason, by, expires } = value
  if (typeof fingerprint !== 'string' || typeof reason !== 'string' || typeof by !== 'string') return null
  if (expires !== null && typeof expires !== 'string') return null
  return { fingerprint, reason, by, expires, ...texts(value, ['code', 'place', 'at', 'owner', 'due']) }
}

function comparedFinding(value: unknown, inputs: readonly unknown[]): ComparedFinding | null {
  if (!isMembers(value)) return null
  const { fingerprint, code, count, denominator, patients, input } = value
  const severity = severities.find((each) => each === value.severity)
  if (typeof fingerprint !== 'string' || typeof code !== 'string' || typeof count !== 'number' || !severity) return null
  const given = typeof input === 'number' ? inputs[input] : null
  const path = isMembers(given) && typeof given.path === 'string' ? given.path : null
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

function texts(value: Readonly<Record<string, unknown>>, names: readonly (keyof AcceptanceEntry)[]): Partial<AcceptanceEntry> {
  return Object.fromEntries(names.flatMap((name) => (typeof value[name] === 'string' ? [[name, value[name]]] : [])))
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
