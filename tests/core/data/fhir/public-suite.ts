/** HL7's public validator cases as they lie beside the project: each read by the product's own door, under its own settings, beside the recorded verdict. */

import { existsSync, readFileSync } from 'node:fs'
import { fhirSettings, readFhirSettings } from '../../../../src/core/data/fhir/definitions/settings.ts'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import { definitionsIn } from '../../../../src/core/data/fhir/packages/package.ts'
import type { JsonObject, JsonValue } from '../../../../src/core/data/model/record.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import type { Finding } from '../../../../src/core/finding.ts'
import { bytesSource } from '../../../../src/core/operation.ts'
import { dataPath, hasData } from '../../../beside.ts'
import { readJson } from './judged.ts'

export const suiteFolder = `${dataPath('fhir/fhir-test-cases/')}validator/`

/** An error that the reference validator recorded. */
export interface RecordedIssue {
  /** Without comments, indexes and `ofType`, as paths are written here. */
  readonly path: string
  readonly text: string
}

export interface SuiteCase {
  readonly name: string
  readonly step: 'base' | 'profile'
  readonly file: string
  readonly module: string
  /** Empty where the file is no JSON resource. */
  readonly type: string
  readonly settings: readonly string[]
  readonly definitions: readonly string[]
  /** Canonical address of the profile of a profile step. */
  readonly profile: string | null
  readonly errors: readonly RecordedIssue[]
  readonly isWrong: boolean
}

export interface Suite {
  readonly cases: readonly SuiteCase[]
  /** Cases without a recorded verdict, or that name packages that do not lie in the folder. */
  readonly leftOut: readonly string[]
}

export function publicSuite(): Suite {
  const cases: SuiteCase[] = []
  const leftOut: string[] = []
  if (!hasData('fhir/fhir-test-cases/')) return { cases, leftOut }
  for (const entry of objects(readJson(`${suiteFolder}manifest.json`)['test-cases'])) {
    const name = String(entry.name)
    const own = { name, file: String(entry.file), module: String(entry.module), type: typeIn(suiteFolder + String(entry.file)) }
    const base = { ...own, step: 'base' as const, settings: settingsOf(entry), definitions: filesOf(entry), profile: null }
    const packages = Array.isArray(entry.packages) ? entry.packages.map(String) : []
    const missing = packages.filter((file) => !existsSync(suiteFolder + file))
    if (missing.length > 0) leftOut.push(`${name}: ${missing.join(', ')} is not in the folder`)
    else take(base, entry.java)
    const { profile } = entry
    if (!isObject(profile)) continue
    const source = String(profile.source)
    const settings = [...base.settings, ...settingsOf(profile)]
    take(
      { ...own, step: 'profile', settings, definitions: [...base.definitions, ...filesOf(profile), source], profile: source },
      profile.java,
    )
  }
  return { cases, leftOut }

  function take(about: Omit<SuiteCase, 'errors' | 'isWrong'>, java: JsonValue | undefined): void {
    const errors = recorded(java)
    if (errors === null) leftOut.push(`${about.name} (${about.step}): no recorded outcome`)
    else cases.push({ ...about, ...errors })
  }
}

function typeIn(path: string): string {
  try {
    return String(readJson(path).resourceType)
  } catch {
    return ''
  }
}

/** Null where nothing is recorded; an absent outcome is no verdict. */
function recorded(java: JsonValue | undefined): Pick<SuiteCase, 'errors' | 'isWrong'> | null {
  if (isObject(java)) return typeof java.errorCount === 'number' ? { errors: [], isWrong: java.errorCount > 0 } : null
  const path = `${suiteFolder}outcomes/${String(java)}`
  if (java === undefined || !existsSync(path)) return null
  const wrong = objects(readJson(path).issue).filter(({ severity }) => severity === 'error' || severity === 'fatal')
  const errors = wrong.map((issue) => ({
    path: plainPath(Array.isArray(issue.expression) ? String(issue.expression[0]) : ''),
    text: isObject(issue.details) ? String(issue.details.text) : '',
  }))
  return { errors, isWrong: wrong.length > 0 }
}

/** `entry[0].resource/*Patient/x*\/.value.ofType(Quantity)` → `entry.resource.valueQuantity`. */
export function plainPath(expression: string): string {
  return expression
    .replaceAll(/\/\*.*?\*\//g, '')
    .replaceAll(
      /\.ofType\(([a-z])?([A-Za-z]*)\)/g,
      (_, first: string | undefined, rest: string) => (first ?? '').toUpperCase() + rest,
    )
    .replaceAll(/\[[^\]]*\]/g, '')
}

function settingsOf(entry: JsonObject): string[] {
  return fhirSettings.flatMap(({ name }) => (entry[name] === undefined ? [] : [`${name}=${String(entry[name])}`]))
}

function filesOf(entry: JsonObject): string[] {
  const lists = [entry.supporting, entry.profiles, entry.packages]
  return lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : []))
}

export interface SuiteVerdict {
  readonly rejected: boolean
  /** `code path` of everything of error weight, without indexes. */
  readonly told: readonly string[]
}

/** One case as a run of `validate` on its file. */
export async function verdictOf(each: SuiteCase): Promise<SuiteVerdict> {
  const settings = readFhirSettings(each.settings)
  if (typeof settings === 'string') throw new Error(`${each.name}: ${settings}`)
  const loaded = (await Promise.all(each.definitions.map((file) => definitionsAt(suiteFolder + file)))).flat()
  const profile = each.profile === null ? null : String((await definitionsAt(suiteFolder + each.profile))[0]?.url)
  const source = bytesSource(each.file, new Uint8Array(readFileSync(suiteFolder + each.file)))
  const input = { source, side: null, format: null, table: 'case', reading: {}, schema: null }
  const run = validate(
    { inputs: [input], fhir: settings, asOf: '2024-06-30', maxRows: 10_000 },
    new AbortController().signal,
    (context) => createFhirJudge({ ...context, loaded, chosenProfiles: profile === null ? [] : [profile] }),
  )
  for await (const update of run)
    if (update.kind === 'result') {
      const wrong = update.value.findings.filter(({ severity }) => severity === 'error' || severity === 'critical')
      return { rejected: wrong.length > 0, told: wrong.flatMap(pathsOf) }
    }
  throw new Error(`${each.name}: the run gave no result`)
}

function definitionsAt(path: string): Promise<JsonObject[]> {
  return definitionsIn(new Uint8Array(readFileSync(path)))
}

function pathsOf({ code, sample }: Finding): string[] {
  const paths = sample.map(({ at }) => (at.kind === 'cell' ? plainPath(at.path ?? '') : ''))
  return [...new Set(paths)].map((path) => `${code} ${path}`)
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What an error of the oracle asks for that no run without a server or registry has. */
export function needsServer(text: string): boolean {
  return /snomed\.info|loinc\.org|sid\/cvx|Wrong Display Name|icd-10-gm|could not be found so is not allowed here|ECL/.test(text)
}
