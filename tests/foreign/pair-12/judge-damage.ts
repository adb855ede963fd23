/** Whether a comparison told a damage of pair-12 by its name, with its exact count and patients, and told nothing else that is grave. */
import { readFileSync } from 'node:fs'
import { type Json, pair, patientOf, type Resource, type TargetFile, textAt } from './bundles.ts'
import type { DamageKind, DamageTruth } from './damages.ts'

type Fact = { readonly name: string; readonly value: string | number }
export type Difference = {
  readonly code: string
  readonly severity: string
  readonly rows: readonly { readonly facts: readonly Fact[] }[]
}
export type Comparison = {
  readonly inputs: readonly { readonly name: string; readonly side: string }[]
  readonly findings: readonly Difference[]
  readonly unaccounted: number
}

/** Names that say what was done; chosen from the list of names before any comparison ran on a damage. */
export const expectedNames: Readonly<Record<DamageKind, readonly string[]>> = {
  'allergy dropped': ['data/allergy-lost'],
  'values ten times': ['data/value-changed'],
  'patient swapped': ['data/wrong-patient'],
  'unit removed': ['data/unit-lost'],
  'code system changed': ['data/code-system-changed', 'data/code-system-lost', 'data/field-changed', 'data/allergy-altered'],
  'text cut short': ['data/note-truncated', 'data/text-truncated'],
  'patient duplicated': ['data/duplicate-patient'],
  'stopped medicine active': ['data/item-resurrected'],
  'dates one day later': ['data/date-shifted', 'data/time-shifted', 'data/field-changed'],
  'encounter removed': ['data/item-lost', 'data/record-unaccounted'],
}

/** What one row of a difference speaks of: the legacy row, the resource, and whose they are. */
type Subject = {
  readonly resource: string | null
  readonly code: string
  readonly day: string
  readonly patients: readonly string[]
}

export type DamageVerdict = { readonly ok: boolean; readonly why: string }

export class DamageJudge {
  private readonly legacy = new Map<string, readonly (readonly string[])[]>()

  /** The comparison of the pair as it is: what it says already is not held against a damage. */
  private readonly clean: Comparison

  constructor(clean: Comparison) {
    this.clean = clean
  }

  judge(truth: DamageTruth, before: readonly TargetFile[], after: readonly TargetFile[], said: Comparison): DamageVerdict {
    const names = expectedNames[truth.kind]
    const wanted = subjectsOf(truth, before)
    const known = new Set(
      this.clean.findings.flatMap((one) => one.rows.map((row) => keyOf(one, this.subject(row.facts, this.clean, before)))),
    )
    const told = said.findings.flatMap((one) =>
      one.rows
        .map((row) => ({ ...one, subject: this.subject(row.facts, said, after) }))
        .filter((row) => !known.has(keyOf(one, row.subject))),
    )
    const right = told.filter(({ code }) => names.includes(code))
    const hit = wanted.filter((one) => right.some(({ subject }) => same(subject, one)))
    const others = right.filter(({ subject }) => !wanted.some((one) => same(subject, one)))
    const patients = new Set(right.flatMap(({ subject }) => subject.patients))
    const lacking = truth.patients.filter((id) => !patients.has(id))
    const excused = new Set(truth.consequences.map(({ resource }) => resource))
    const grave = told.filter(
      ({ severity, subject }) =>
        ['critical', 'error'].includes(severity) &&
        !wanted.some((one) => same(subject, one)) &&
        !(subject.resource !== null && excused.has(subject.resource)),
    )
    const faults = [
      ...(hit.length === truth.count ? [] : [`${hit.length} of ${truth.count} found`]),
      ...(others.length === 0 ? [] : [`${others.length} too many of its name`]),
      ...(lacking.length === 0 ? [] : [`${lacking.length} patients not named`]),
      ...(grave.length === 0
        ? []
        : [`${grave.length} grave differences beside it (${[...new Set(grave.map(({ code }) => code))].join(', ')})`]),
    ]
    return { ok: faults.length === 0, why: faults.join('; ') }
  }

  private subject(facts: readonly Fact[], said: Comparison, files: readonly TargetFile[]): Subject {
    const number = (name: string) => facts.find((fact) => fact.name === name)?.value
    const legacy = this.legacyRow(said.inputs[Number(number('legacy input') ?? -1)]?.name, Number(number('legacy record') ?? 0))
    const file = files.find(({ name }) => name === said.inputs[Number(number('target input') ?? -1)]?.name)
    const resource = file?.bundle.entry[Number(number('target record') ?? 0) - 1]?.resource
    const owner = resource === undefined ? undefined : patientOf(resource)
    return {
      resource: resource === undefined ? null : `${resource.resourceType}/${resource.id}`,
      code: legacy?.code ?? '',
      day: legacy?.day ?? '',
      patients: [...new Set([legacy?.patient ?? [], owner ?? []].flat())],
    }
  }

  private legacyRow(name: string | undefined, record: number) {
    if (name?.endsWith('.csv') !== true) return undefined
    const lines = this.legacy.get(name) ?? readLegacy(name)
    this.legacy.set(name, lines)
    const [header = []] = lines
    const row = lines[record]
    const cell = (...columns: readonly string[]) =>
      columns.map((column) => row?.[header.indexOf(column)]).find((text) => text !== undefined) ?? ''
    return (
      row && {
        patient: cell('PATIENT', 'PATIENTID', 'Id'),
        code: cell('CODE'),
        day: cell('START', 'DATE', 'BIRTHDATE').slice(0, 10),
      }
    )
  }
}

/** No cell of the legacy tables that are read here holds a comma or a quote (the exporter leaves them out). */
function readLegacy(name: string): readonly (readonly string[])[] {
  return readFileSync(`${pair}legacy/${name}`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd().split(','))
}

function subjectsOf(truth: DamageTruth, files: readonly TargetFile[]): readonly Subject[] {
  const all = files.flatMap(({ bundle }) => bundle.entry.map(({ resource }) => resource))
  return truth.resources.map((name) => {
    const resource = all.find((one) => `${one.resourceType}/${one.id}` === name)
    if (resource === undefined) throw new Error(`${name} is not in the target.`)
    return { resource: name, code: codeOf(resource), day: dayOf(resource), patients: [patientOf(resource) ?? []].flat() }
  })
}

/** The same resource, or (where it is gone) the legacy row of the same patient, code and day; days of both sides may differ by their zone. */
function same(told: Subject, wanted: Subject): boolean {
  if (told.resource !== null) return told.resource === wanted.resource
  const apart = Math.abs(Date.parse(told.day) - Date.parse(wanted.day))
  return told.code === wanted.code && apart <= 86_400_000 && wanted.patients.every((id) => told.patients.includes(id))
}

const keyOf = ({ code }: Difference, { resource, ...subject }: Subject) => `${code} ${resource ?? JSON.stringify(subject)}`

const concepts = ['code', 'medicationCodeableConcept', 'vaccineCode', 'type'] as const
const codeOf = (resource: Resource) =>
  concepts.map((name) => textAt(resource[name] ?? null, 'coding', 'code')).find((code) => code !== undefined) ?? ''

function dayOf(resource: Resource): string {
  const { period, performedPeriod } = resource as { readonly [name: string]: Json | undefined }
  const dated = ['recordedDate', 'onsetDateTime', 'occurrenceDateTime', 'effectiveDateTime', 'authoredOn', 'birthDate'].map(
    (name) => textAt(resource, name),
  )
  return (
    [...dated, textAt(period ?? null, 'start'), textAt(performedPeriod ?? null, 'start')].find((text) => text !== undefined) ?? ''
  ).slice(0, 10)
}
