/** FHIR R4 resources of callers, validated. */
import { utf8 } from '../core/canonical.ts'
import { readFhirSettings } from '../core/data/fhir/definitions/settings.ts'
import { definitionOf } from '../core/data/fhir/packages/package.ts'
import type { ValidateSource } from '../core/data/model/validation.ts'
import type { CreateJudge } from '../core/data/validate/validate.ts'
import { bytesSource } from '../core/operation.ts'
import { type Data, sourceOf } from './given-data.ts'
import { InvalidInput } from './invalid-input.ts'
import { jsonObject } from './json-object.ts'
import { runValidation } from './validate.ts'
import type { ValidationOptions, ValidationReport } from './validation-report.ts'

/**
 * One file of resources: NDJSON (one resource a line), one resource as JSON, or a Bundle.
 *
 * @public
 */
export interface ResourcesInput {
  /** File name; reports name the file by it. */
  readonly name: string
  /** The content of the file. */
  readonly data: Data
}

/**
 * How resources are validated.
 *
 * @public
 */
export interface ResourceOptions extends ValidationOptions {
  /** Conformance resources beside FHIR R4: StructureDefinition, ValueSet, CodeSystem …, as parsed JSON. */
  readonly definitions?: readonly object[]
  /** Canonical addresses of profiles; every resource of their type has to fit. */
  readonly profiles?: readonly string[]
  /** Settings by name, as `--fhir-setting` of the command line takes them, such as `{ 'best-practice': 'warning' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * Validates FHIR R4 resources: structure, codes, invariants, profiles, and references among all of them.
 *
 * @example
 * ```js
 * const report = await validateResources([{ resourceType: 'Patient', birthDate: '1990-13-01' }])
 * ```
 * @param resources - files, or resources as parsed JSON; of the latter, record `n` of a finding is the n-th resource
 * @param options - profiles, definitions, settings, and what a report shows
 * @returns every finding with exact counts; nothing is looked up on a network
 * @throws {@link InvalidInput} where an argument can not be used, a profile is not known, or a file holds no resources
 * @public
 */
export async function validateResources(
  resources: ResourcesInput | readonly ResourcesInput[] | readonly object[],
  options: ResourceOptions = {},
): Promise<ValidationReport> {
  const inputs = inputsOf(resources)
  const fhir = readFhirSettings(Object.entries(options.settings ?? {}).map(([name, value]) => `${name}=${value}`))
  if (typeof fhir === 'string') throw new InvalidInput('settings', `settings: ${fhir}`)
  const loaded = (options.definitions ?? []).flatMap((one, index) => {
    const found = definitionOf(utf8(JSON.stringify(jsonObject(one, `definitions[${index}]`))))
    if (found.length === 0)
      throw new InvalidInput(`definitions[${index}]`, `definitions[${index}] is no conformance resource and no Bundle of them.`)
    return found
  })
  const createJudge: CreateJudge = async (context) => {
    // A caller who only looks at tables never loads the definitions of FHIR.
    const { createFhirJudge } = await import('../core/data/fhir/judge.ts')
    const judge = await createFhirJudge({ ...context, loaded, chosenProfiles: options.profiles ?? [] })
    const unknown = judge.unknownProfiles?.() ?? []
    if (unknown.length > 0) throw new InvalidInput('profiles', `profiles: ${unknown.join(' ')} Give it in definitions.`)
    return judge
  }
  const report = await runValidation(inputs, options, { fhir }, createJudge)
  const other = report.inputs.find(({ format }) => format !== null && !['ndjson', 'json', 'bundle', 'manifest'].includes(format))
  if (other) throw new InvalidInput('resources', `${other.path} holds ${other.format}, no FHIR resources. Call validateTable.`)
  return report
}

function inputsOf(resources: ResourcesInput | readonly object[]): readonly ValidateSource[] {
  const given = isFile(resources) ? [resources] : resources
  if (!Array.isArray(given) || given.length === 0)
    throw new InvalidInput('resources', 'resources is empty. Give at least one resource or file.')
  const files = given.filter(isFile)
  if (files.length === given.length)
    return files.map(({ name, data }, index) => inputOf(name, sourceOf(name, data, `resources[${index}].data`)))
  if (files.length > 0) throw new InvalidInput('resources', 'resources mixes files and resources. Give one kind at a time.')
  const lines = given.map((one, index) => `${JSON.stringify(jsonObject(one, `resources[${index}]`))}\n`)
  return [inputOf('resources.ndjson', bytesSource('resources.ndjson', utf8(lines.join(''))), 'ndjson')]
}

function isFile(given: object): given is ResourcesInput {
  return 'name' in given && 'data' in given && typeof given.name === 'string'
}

function inputOf(name: string, source: ValidateSource['source'], format: ValidateSource['format'] = null): ValidateSource {
  return { source, side: null, format, table: name, reading: {}, schema: null }
}
