/** Tables of callers, validated. */
import { tableName } from '../core/data/model/source.ts'
import type { ValidateSource } from '../core/data/model/validation.ts'
import { readRuleFiles } from '../core/data/rules/rule-file.ts'
import { type Data, sourceOf } from './given-data.ts'
import { InvalidInput } from './invalid-input.ts'
import { jsonObject } from './json-object.ts'
import { runValidation } from './validate.ts'
import type { ValidationOptions, ValidationReport } from './validation-report.ts'

/**
 * How a table is read; whatever is left out is recognised from the bytes.
 *
 * @public
 */
export interface TableReading {
  /** Label of the WHATWG Encoding Standard such as `windows-1252`, or cp437, cp850, ebcdic-037, ebcdic-500. */
  readonly encoding?: string
  /** What separates cells. */
  readonly delimiter?: string
  /** Empty where the file has none. */
  readonly quote?: string
  /** Rows of column names; 0 for none. */
  readonly headerRows?: number
  /** Lines above the header to pass over. */
  readonly skipRows?: number
  /** Spellings that mean "nothing recorded", beside the empty cell. */
  readonly nulls?: readonly string[]
  /** Which part of dates such as 03/04/1990 comes first, where the cells do not prove it. */
  readonly dateOrder?: 'day-first' | 'month-first' | 'year-first'
  /** How fractions are written where the schema names no mark. */
  readonly decimal?: 'point' | 'comma'
  /** Sheet of a workbook, or table of an SQL dump. */
  readonly sheet?: string
  /** File inside a zip archive. */
  readonly entry?: string
}

/**
 * One table: delimited text, a workbook, fixed-width text, an SQL dump or a Parquet file; all but the last also in gzip or zip.
 *
 * @public
 */
export interface TableInput {
  /** File name; reports name the table by it, and schemas by it without its ending. */
  readonly name: string
  /** The content of the file. */
  readonly data: Data
  /** Table Schema, one resource of a data package, or JSON Schema, as parsed JSON. Without one, what is unlike the rest is told. */
  readonly schema?: object
  /** Choices that a person made. */
  readonly reading?: TableReading
}

/**
 * How tables are validated.
 *
 * @public
 */
export interface TableOptions extends ValidationOptions {
  /** A data package (`datapackage.json` as parsed JSON); its resources are found by the names of the tables. */
  readonly package?: object
  /** Rules of the team: the content of `rules/*.json`, each as parsed JSON. */
  readonly rules?: readonly object[]
}

/**
 * Validates a table, or several that refer to each other by keys.
 *
 * @example
 * ```js
 * const report = await validateTable({ name: 'visits.csv', data: 'id,seen\n1,2026-02-30\n' })
 * ```
 * @param tables - one table or several; keys are looked up among all of them
 * @param options - rules, the day of the extract, and what a report shows
 * @returns every finding with exact counts; memory stays bounded for blobs
 * @throws {@link InvalidInput} where an argument, a rule or a schema can not be used, or a file is no table
 * @public
 */
export async function validateTable(
  tables: TableInput | readonly TableInput[],
  options: TableOptions = {},
): Promise<ValidationReport> {
  const given = 'data' in tables ? [tables] : tables
  if (given.length === 0) throw new InvalidInput('tables', 'tables is empty. Give at least one table.')
  const inputs = given.map((table, index) => inputOf(table, 'data' in tables ? 'tables' : `tables[${index}]`))
  const rules = (options.rules ?? []).map((rule, index) => ({ name: `rules[${index}]`, text: JSON.stringify(rule) }))
  const [fault] = readRuleFiles(rules).faults
  if (fault) throw new InvalidInput(fault.file, `${fault.file}, ${fault.at}: ${fault.says}`)
  const dataPackage = options.package === undefined ? null : jsonObject(options.package, 'package')
  const report = await runValidation(inputs, options, { rules, package: dataPackage })
  const other = report.inputs.findIndex(({ format }) => format === 'ndjson' || format === 'json' || format === 'bundle')
  if (other >= 0)
    throw new InvalidInput(
      'data' in tables ? 'tables' : `tables[${other}]`,
      `${report.inputs[other]?.path} holds ${report.inputs[other]?.format}, no table. Call validateResources.`,
    )
  return report
}

function inputOf({ name, data, schema, reading = {} }: TableInput, place: string): ValidateSource {
  if (typeof name !== 'string' || name === '')
    throw new InvalidInput(`${place}.name`, `${place}.name is missing. Give a file name.`)
  return {
    source: sourceOf(name, data, `${place}.data`),
    side: null,
    format: null,
    table: tableName(name.replace(/^.*[\\/]/, '')),
    reading,
    schema: schema === undefined ? null : jsonObject(schema, `${place}.schema`),
  }
}
