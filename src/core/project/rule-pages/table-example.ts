/** An example of a check as the run that judges it: files with their bytes, their schemas and what the run is given. */

import { type FhirSettings, readFhirSettings } from '../../data/fhir/definitions/settings.ts'
import type { JsonObject } from '../../data/model/record.ts'
import type { TableExample } from '../../data/model/table-example.ts'
import type { ValidateSource } from '../../data/model/validation.ts'

export interface ExampleFile extends Omit<ValidateSource, 'source'> {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What a run of an example takes beside its files. */
export interface ExampleRun {
  readonly asOf: string | null
  readonly definitions: readonly JsonObject[]
  readonly fhir?: FhirSettings
}

const encoder = new TextEncoder()

/** The file of the example first, then the others of its run. */
export function filesOf(example: TableExample): readonly ExampleFile[] {
  const others = Object.entries(example.others ?? {}).map(([name, other]) =>
    fileOf(name.includes('.') ? name : `${name}.csv`, other.csv, other.schema),
  )
  return [fileOf(example.name ?? 'table.csv', example.csv, example.schema, example.reading), ...others]
}

/** @throws Error where a setting of the example can not be used */
export function runOf({ asOf, definitions = [], settings }: TableExample): ExampleRun {
  const fhir = settings === undefined ? undefined : readFhirSettings(settings)
  if (typeof fhir === 'string') throw new Error(fhir)
  return { asOf: asOf ?? null, definitions, ...(fhir === undefined ? {} : { fhir }) }
}

function fileOf(
  name: string,
  csv: string | Uint8Array,
  schema: TableExample['schema'],
  reading: TableExample['reading'] = {},
): ExampleFile {
  const bytes = typeof csv === 'string' ? encoder.encode(csv) : Uint8Array.from(csv)
  return { name, bytes, side: null, format: null, table: name.replace(/\.[^.]+$/, ''), reading, schema: schema ?? null }
}
