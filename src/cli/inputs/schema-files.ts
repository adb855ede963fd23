/** Schemas on the command line: JSON files, and the definition files of the OMOP common data model. */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { JsonObject, JsonValue } from '../../core/data/model/record.ts'
import { isOmopDefinition, omopPackage } from '../../core/data/schema/omop.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'
import { UsageError } from '../shell/usage-error.ts'

export interface SchemaFile {
  readonly file: string
  readonly schema: JsonObject
}

const takes = 'it takes a Table Schema, datapackage.json, JSON Schema or definitions of OMOP as CSV'

/** Every schema with its file; definition files together are one package. */
export async function readSchemaFiles(files: readonly string[]): Promise<SchemaFile[]> {
  const schemas: SchemaFile[] = []
  const definitions: { readonly file: string; readonly text: string }[] = []
  for (const file of files) {
    const text = await textOf(file)
    if (isOmopDefinition(text)) definitions.push({ file, text })
    else schemas.push({ file, schema: await withSchemaFiles(objectOf(file, text), file) })
  }
  if (definitions.length === 0) return schemas
  const schema = omopPackage(definitions.map(({ text }) => text))
  const [first] = definitions
  if (schema.kind === 'fault') throw new UsageError(`--schema got "${first?.file}": ${String(schema.says)}`)
  return [...schemas, { file: first?.file ?? '', schema: schema as JsonObject }]
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new UsageError(`--schema got "${file}", which can not be read; ${takes}.`)
  }
}

function objectOf(file: string, text: string): JsonObject {
  const read = parseJson(text.replace(/^\uFEFF/, ''))
  if (!read.ok) throw new UsageError(`--schema got "${file}", which can not be read as JSON (${read.why}); ${takes}.`)
  if (isMembers(read.value)) return read.value as JsonObject
  throw new UsageError(`--schema got "${file}", which holds no object; ${takes}.`)
}

/** Resources may name a file for their schema; paths out of the folder of the package are left alone. */
async function withSchemaFiles(schema: JsonObject, file: string): Promise<JsonObject> {
  if (!Array.isArray(schema.resources)) return schema
  const resources: JsonValue[] = []
  for (const resource of schema.resources as readonly JsonObject[]) {
    const path = resource.schema
    const isInside = typeof path === 'string' && !path.startsWith('/') && !path.split('/').includes('..') && !path.includes(':')
    const beside = isInside ? join(dirname(file), path) : null
    resources.push(beside === null ? resource : { ...resource, schema: objectOf(beside, await textOf(beside)) })
  }
  return { ...schema, resources }
}
