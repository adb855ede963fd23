/** Shows resources to the judge the way readers do, and collects everything it says. */
import { readdirSync, readFileSync } from 'node:fs'
import { fhirWordings } from '../../../../src/core/data/fhir/definitions/codes.ts'
import { createFhirJudge, type FhirContext } from '../../../../src/core/data/fhir/judge.ts'
import type { JsonObject, ResourceRecord } from '../../../../src/core/data/model/record.ts'
import type { NotEvaluated, Sighting } from '../../../../src/core/finding.ts'

export type Judged = Sighting & { readonly place: string }

export interface Verdict {
  readonly sightings: readonly Judged[]
  readonly atEnd: readonly Judged[]
  readonly notEvaluated: readonly NotEvaluated[]
  readonly denominators: readonly { readonly code: string; readonly place: string; readonly input: number; readonly of: number }[]
}

/** A line of NDJSON as the reader hands it on. */
export function recordOf(value: JsonObject, record = 1, length = 100): ResourceRecord {
  const type = typeof value.resourceType === 'string' ? value.resourceType : ''
  const id = typeof value.id === 'string' ? value.id : null
  return { kind: 'resource', type, id, value, record, line: record, byte: (record - 1) * length, length, within: null }
}

/** Judges files of resources in one run. */
export async function judgeFiles(files: readonly (readonly JsonObject[])[], context: FhirContext = {}): Promise<Verdict> {
  const judge = await createFhirJudge(context)
  const sightings: Judged[] = []
  for (const [input, resources] of files.entries())
    for (const [index, resource] of resources.entries())
      sightings.push(...judge.see(recordOf(resource, index + 1, JSON.stringify(resource).length), input))
  const atEnd = [...judge.finish()]
  return { sightings, atEnd, notEvaluated: judge.notEvaluated(), denominators: [...judge.denominators()] }
}

/** What is wrong with one resource on its own, as `code path`; which extensions have a definition depends on what is loaded, not on the resource. */
export async function troublesOf(resource: JsonObject, context: FhirContext = {}): Promise<readonly string[]> {
  const { sightings, atEnd } = await judgeFiles([[resource]], context)
  return [...sightings, ...atEnd].filter(isAboutData).map((sighting) => `${sighting.code} ${pathOf(sighting)}`)
}

export function isAboutData({ code }: Judged): boolean {
  return code !== 'data/fhir-extension-unknown'
}

export function pathOf(sighting: Judged): string {
  return sighting.at.kind === 'cell' ? (sighting.at.path ?? '') : ''
}

export function readJson(path: string): JsonObject {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  if (!isJsonObject(value)) throw new Error(`${path} holds no JSON object`)
  return value
}

export function readLines(path: string): JsonObject[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const value: unknown = JSON.parse(line)
      if (!isJsonObject(value)) throw new Error(`${path} holds a line that is no object`)
      return value
    })
}

export function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`)
}

export function isError(sighting: Judged): boolean {
  const severity = sighting.severity ?? fhirWordings.find((wording) => wording.code === sighting.code)?.severity
  return severity === 'critical' || severity === 'error'
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
