/** Names on the command line to inputs of a validation or profile: paths, folders, globs, projects, standard input, schemas. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { encodingName } from '../core/data/read/encoding.ts'
import type { JsonObject } from '../core/data/record.ts'
import type { ReadingChoices } from '../core/data/source.ts'
import type { ValidateSource } from '../core/data/validation.ts'
import { bytesSource } from '../core/operation.ts'
import { expandPaths, pathSource, stdinBytes } from '../io/files-node.ts'
import { isProject, projectInputs } from './project-inputs.ts'
import { InputError, UsageError } from './usage-error.ts'

export interface ReadingOptions {
  readonly encoding?: string
  readonly delimiter?: string
  readonly quote?: string
  readonly headerRows?: number
  readonly skipRows?: number
}

/** Adds the choices of reading that `validate` and `profile` share. */
export function readingOptions(command: Command): Command {
  return command
    .option('--encoding <label>', 'encoding of the tables, such as windows-1252; guessed and reported when left out', encodingOf)
    .option('--delimiter <text>', 'what separates cells; "tab" for a tabulator', (text) =>
      text === 'tab' || text === '\\t' ? '\t' : text,
    )
    .option('--quote <char>', 'quotation mark; "none" where the file has none', (text) => (text === 'none' ? '' : text))
    .option('--header-rows <n>', 'rows of column names; 0 for none', wholeNumber)
    .option('--skip-rows <n>', 'lines above the header to pass over', wholeNumber)
}

function encodingOf(label: string): string {
  const name = encodingName(label)
  if (name === null) throw new InvalidArgumentError('It takes a label such as utf-8, windows-1252 or utf-16le.')
  return name
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It takes a whole number.')
  return Number(text)
}

export function readingOf(options: ReadingOptions): ReadingChoices {
  const { encoding, delimiter, quote, headerRows, skipRows } = options
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quote === undefined ? {} : { quote }),
    ...(headerRows === undefined ? {} : { headerRows }),
    ...(skipRows === undefined ? {} : { skipRows }),
  }
}

const stdinLimit = 1 << 30

/** Opens the inputs; a name that matches nothing ends the run with its sentence. */
export async function openInputs(
  names: readonly string[],
  reading: ReadingChoices,
): Promise<{ inputs: ValidateSource[]; paths: string[] }> {
  const projects: string[] = []
  const plain: string[] = []
  for (const name of names.filter((one) => one !== '-')) ((await isProject(name)) ? projects : plain).push(name)
  const { paths, missing } = await expandPaths(plain)
  if (missing.length > 0)
    throw new InputError(`Nothing was found at ${missing.join(', ')}. Check the spelling, or put the pattern in quotes.`)
  const inputs: ValidateSource[] = []
  for (const path of paths) {
    const source = await pathSource(path)
    inputs.push({ source, side: null, format: null, table: tableName(basename(path)), reading, schema: null })
  }
  for (const project of projects) {
    const opened = await projectInputs(project, reading)
    inputs.push(...opened.inputs)
    paths.push(...opened.paths)
  }
  if (names.includes('-')) {
    const source = bytesSource('stdin', await stdinBytes(stdinLimit))
    inputs.push({ source, side: null, format: null, table: 'stdin', reading, schema: null })
    paths.push('-')
  }
  if (inputs.length === 0) throw new UsageError('No input was given; name files, folders or "-" for standard input.')
  return { inputs, paths }
}

function tableName(name: string): string {
  return name.replace(/\.[^.]+$/, '')
}

/** Gives each table its schema: from a data package by name, from `<table>.schema.json`, or the one schema that was given. */
export async function withSchemas(inputs: readonly ValidateSource[], files: readonly string[]): Promise<ValidateSource[]> {
  const schemas = await Promise.all(files.map(async (file) => ({ file, schema: await jsonFile(file) })))
  return inputs.map((input) => {
    const inPackage = schemas.find(({ schema }) => Array.isArray(schema.resources))
    const named = schemas.find(
      ({ file, schema }) => tableName(basename(file)).replace(/\.schema$/, '') === input.table || schema.name === input.table,
    )
    const only = schemas.length === 1 ? schemas[0] : undefined
    return { ...input, schema: (named ?? inPackage ?? only)?.schema ?? input.schema }
  })
}

async function jsonFile(path: string): Promise<JsonObject> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    throw new UsageError(`--schema got "${path}", which can not be read; it takes a JSON file.`)
  }
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  } catch {
    throw new UsageError(`--schema got "${path}", which is not JSON; it takes a Table Schema, datapackage.json or JSON Schema.`)
  }
  throw new UsageError(`--schema got "${path}", which holds no object; it takes a Table Schema, datapackage.json or JSON Schema.`)
}
