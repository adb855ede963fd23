/** Which schema is held against which input, and a sentence wherever a schema that was given is held against nothing. */
import { basename } from 'node:path'
import type { JsonObject } from '../../core/data/model/record.ts'
import { tableName } from '../../core/data/model/source.ts'
import type { ValidateSource } from '../../core/data/model/validation.ts'
import { lookInto, readAs } from '../../core/data/read/look-into.ts'
import { readTable } from '../../core/data/read/table.ts'
import { asPackaged, pathsOf } from '../../core/data/schema/resource.ts'
import { isTableSchema } from '../../core/data/schema/table-schema.ts'
import type { NotEvaluated } from '../../core/finding.ts'
import { readSchemaFiles, type SchemaFile } from './schema-files.ts'

export interface AssignedSchemas {
  readonly inputs: readonly ValidateSource[]
  /** Schemas that fit no input, and inputs that a schema was not held against. */
  readonly notEvaluated: readonly NotEvaluated[]
  /** For standard error: what would otherwise be a surprise. */
  readonly said: readonly string[]
}

const neverAborted = new AbortController().signal

/**
 * Gives each table its schema: from a data package by name, from `<table>.schema.json`, or the one schema that was given. One resource
 * is held against one input whatever both are called; one Table Schema and several inputs have to share a name or most columns.
 */
export async function assignSchemas(inputs: readonly ValidateSource[], files: readonly string[]): Promise<AssignedSchemas> {
  const schemas = await readSchemaFiles(files)
  const inPackage = schemas.find(({ schema }) => Array.isArray(schema.resources))
  const packaged = inPackage ? await fromPackage(inputs, inPackage) : { inputs, notEvaluated: [], said: [] }
  const only = schemas.length === 1 && !inPackage ? schemas[0] : undefined
  const notEvaluated = [...packaged.notEvaluated]
  const left: string[] = []
  const assigned: ValidateSource[] = []
  for (const input of packaged.inputs) {
    const named = input.declared ? undefined : schemas.find((one) => isNamed(one, input.table))
    if (named) assigned.push({ ...input, schema: named.schema })
    else if (!only) assigned.push(input)
    else if (packaged.inputs.length === 1 || (await fits(only.schema, input))) assigned.push({ ...input, schema: only.schema })
    else {
      left.push(input.table)
      assigned.push(input)
    }
  }
  if (only && left.length > 0)
    notEvaluated.push({
      what: `${basename(only.file)} for ${listed(left)}`,
      why: 'It is the schema of one table; these have neither its name nor most of its columns. A data package describes several.',
    })
  const said = [...packaged.said, ...(left.length > 0 ? notEvaluated.slice(-1).map(({ what, why }) => `${what}: ${why}`) : [])]
  return { inputs: assigned, notEvaluated, said }
}

function isNamed({ file, schema }: SchemaFile, table: string): boolean {
  if (Array.isArray(schema.resources)) return false
  return tableName(basename(file)).replace(/\.schema$/, '') === table || schema.name === table
}

async function fromPackage(inputs: readonly ValidateSource[], { file, schema }: SchemaFile): Promise<AssignedSchemas> {
  const given = await asPackaged(inputs, schema, neverAborted)
  const asIs = given.map((input) => (input.declared ? input : { ...input, schema: input.schema ?? schema }))
  const resources = (schema.resources as readonly JsonObject[]).map((one) => ({
    one,
    name: String(one.name ?? pathsOf(one)[0] ?? ''),
  }))
  if (given.some((input) => input.declared)) {
    const notEvaluated = leftAlone(
      basename(file),
      given,
      resources.map((one) => one.name),
    )
    return { inputs: asIs, notEvaluated, said: notEvaluated.map(({ what, why }) => `${what}: ${why}`) }
  }
  const [resource] = resources
  const [input] = inputs
  const name = basename(file)
  if (resources.length === 1 && inputs.length === 1 && resource && input) {
    // Size and digest are those of the file that the package names, not of this one.
    const { bytes: _bytes, hash: _hash, ...rest } = resource.one
    const renamed = { ...schema, resources: [{ ...rest, path: input.source.name }] }
    const says = `${name} describes ${resource.name} alone; it is held against ${input.source.name}, the only input.`
    return { inputs: await asPackaged(inputs, renamed, neverAborted), notEvaluated: [], said: [says] }
  }
  const tables = inputs.map(({ table }) => table)
  const why = `None of the inputs (${listed(tables)}) has the name or file of a resource. Give files and resources the same names.`
  const what = `${name}, which describes ${listed(resources.map((one) => one.name)) || 'no resource'}`
  return { inputs: asIs, notEvaluated: [{ what, why }], said: [`${what}, was held against nothing. ${why}`] }
}

/** Inputs that a package does not describe, and resources that no input is; later tables of a file are met while it is read. */
function leftAlone(name: string, inputs: readonly ValidateSource[], resources: readonly string[]): NotEvaluated[] {
  const without = inputs.filter(({ declared }) => !declared).map(({ table }) => table)
  const found = new Set(inputs.filter(({ declared }) => declared).map(({ table }) => table))
  const absent = resources.filter((resource) => !found.has(resource) && !/#\d+$/.test(resource))
  return [
    ...(without.length > 0
      ? [
          {
            what: `Schema of ${listed(without)}`,
            why: `${name} describes no resource of that name, so only what needs no schema was checked.`,
          },
        ]
      : []),
    ...(absent.length > 0
      ? [
          {
            what: `${listed(absent)} of ${name}`,
            why: 'No input has that name or file, so nothing of it was checked, nor what refers to it.',
          },
        ]
      : []),
  ]
}

/** Only a Table Schema speaks of one table; others, such as JSON Schema, are held against every input. */
async function fits(schema: JsonObject, input: ValidateSource): Promise<boolean> {
  if (!isTableSchema(schema)) return true
  const fields = (schema.fields as readonly JsonObject[]).map(({ name }) => String(name).toLowerCase())
  const header = new Set((await headerOf(input)).map((name) => name.toLowerCase()))
  return fields.filter((name) => header.has(name)).length * 2 > fields.length
}

/** Names of the columns; none where the input is no table, which the run itself will say. */
async function headerOf({ source, reading }: ValidateSource): Promise<readonly string[]> {
  const { recognised, content } = await lookInto(source, reading, neverAborted)
  if (recognised.kind !== 'format' || !content || readAs(recognised.format) !== 'csv') return []
  for await (const event of readTable(content.source, content.reading, neverAborted))
    if (event.kind === 'structure') return event.structure.header
  return []
}

const mostNamed = 8

function listed(names: readonly string[]): string {
  const more = names.length - mostNamed
  return more > 1 ? `${names.slice(0, mostNamed).join(', ')} and ${more} more` : names.join(', ')
}
