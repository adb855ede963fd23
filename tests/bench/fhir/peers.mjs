/** The other validators, each as a function from a resource to whether it is accepted. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../../../scripts/setup.mjs'

const definitions = join(root, 'node_modules', '@medplum', 'definitions', 'dist', 'fhir', 'r4')
const readDefinition = (name) => JSON.parse(readFileSync(join(definitions, name), 'utf8'))

export async function medplum() {
  const { indexStructureDefinitionBundle, validateResource } = await import('@medplum/core')
  for (const name of ['profiles-types.json', 'profiles-resources.json']) indexStructureDefinitionBundle(readDefinition(name))
  return (resource) => {
    try {
      return !validateResource(resource).some(({ severity }) => severity === 'error')
    } catch {
      return false
    }
  }
}

export function fhirJs() {
  const { Fhir } = createRequire(import.meta.url)('fhir')
  const fhir = new Fhir()
  return (resource) => fhir.validate(resource).valid
}

/** The official JSON Schema, asked by type: its own root tries all types one after the other. */
export async function officialSchema() {
  const { default: Ajv } = await import('ajv')
  const schema = readDefinition('fhir.schema.json')
  delete schema.$schema
  delete schema.id
  delete schema.discriminator
  delete schema.oneOf
  schema.definitions.Resource ??= schema.definitions.ResourceList
  // It names types that it does not define.
  for (const [, name] of JSON.stringify(schema).matchAll(/"#\/definitions\/(\w+)"/g)) schema.definitions[name] ??= {}
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false })
  ajv.addSchema(schema, 'fhir')
  const checks = new Map()
  return (resource) => {
    const { resourceType } = resource
    if (!checks.has(resourceType)) checks.set(resourceType, ajv.compile({ $ref: `fhir#/definitions/${resourceType}` }))
    return checks.get(resourceType)(resource)
  }
}
