/** OMOP CDM definitions (field and table level CSV, or the CSV of a mapping tool) as a data package of Table Schemas. */
import { parseCsvText } from '../../values/csv-text.ts'
import type { JsonObject } from '../model/record.ts'

/** What definitions can not be read as, in words. */
export interface OmopFault {
  readonly kind: 'fault'
  readonly says: string
}

type Row = (column: string) => string

interface Field {
  readonly table: string
  readonly name: string
  readonly required: boolean
  readonly type: string
  readonly primary: boolean
  readonly reference: { readonly table: string; readonly field: string } | null
  readonly description: string
}

/** True for the first line of one of the three files. */
export function isOmopDefinition(text: string): boolean {
  const header = text.slice(0, 2000).split(/\r?\n/)[0]?.toLowerCase() ?? ''
  return /(^|,)"?cdmtablename"?(,|$)/.test(header) || /^\uFEFF?"?table"?,"?field"?,"?required"?,"?type"?/.test(header)
}

/**
 * The package of the given definition files, in any order: field level is needed, table level adds what each table is for. Names are in
 * lower case; files are found by their name whatever its case.
 */
export function omopPackage(texts: readonly string[]): JsonObject | OmopFault {
  const fields: Field[] = []
  const tables = new Map<string, Row>()
  for (const text of texts) {
    const [header, ...records] = parseCsvText(text.replace(/^\uFEFF/, ''))
    const at = new Map(header?.cells.map((name, i) => [name.trim().toLowerCase(), i]))
    const rows = records.map(
      ({ cells }): Row =>
        (column) =>
          (cells[at.get(column.toLowerCase()) ?? -1] ?? '').trim(),
    )
    if (at.has('cdmfieldname')) fields.push(...rows.map(fieldLevel))
    else if (at.has('field') && at.has('table')) fields.push(...rows.filter((row) => row('field') !== '').map(mappingTool))
    else if (at.has('cdmtablename')) for (const row of rows) tables.set(nameIn(row('cdmTableName')), row)
    else return { kind: 'fault', says: 'It has neither cdmTableName and cdmFieldName, nor table and field among its columns.' }
  }
  if (fields.length === 0)
    return { kind: 'fault', says: 'The definitions of fields are missing (columns cdmTableName, cdmFieldName …).' }
  const names = [...new Set(fields.map(({ table }) => table))]
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'omop-cdm',
    resources: names.map((table) =>
      resource(
        table,
        fields.filter((field) => field.table === table),
        tables.get(table),
      ),
    ),
  }
}

function fieldLevel(row: Row): Field {
  const to = nameIn(row('fkTableName'))
  const field = nameIn(row('fkFieldName'))
  return {
    table: nameIn(row('cdmTableName')),
    name: nameIn(row('cdmFieldName')),
    required: yes(row('isRequired')),
    type: row('cdmDatatype').toLowerCase(),
    primary: yes(row('isPrimaryKey')),
    reference: yes(row('isForeignKey')) ? { table: to, field } : null,
    description: said(row('userGuidance')),
  }
}

/** The name of a table or column; definitions quote those that are words of SQL, such as "offset". */
function nameIn(text: string): string {
  return text.toLowerCase().replace(/^(?:"(.*)"|\[(.*)\]|`(.*)`)$/, '$1$2$3')
}

/** Keys are not part of this form: the first required `<table>_id` is the key of its table. */
function mappingTool(row: Row): Field {
  const table = nameIn(row('table'))
  const name = nameIn(row('field'))
  return {
    table,
    name,
    required: yes(row('required')),
    type: row('type').toLowerCase(),
    primary: name === `${table}_id`,
    reference: null,
    description: said(row('description')),
  }
}

/** `NA`, `No` and the empty cell all mean "not asked". */
function said(text: string): string {
  return text === 'NA' ? '' : text
}

function yes(text: string): boolean {
  return /^(yes|true|1)$/i.test(text)
}

function resource(table: string, fields: readonly Field[], row: Row | undefined): JsonObject {
  const keys = fields.filter(({ primary }) => primary).map(({ name }) => name)
  const references = fields.flatMap(({ name, reference }) =>
    // A table that is not defined can not be looked into; its name stays in the list of what was not evaluated.
    reference ? [{ fields: name, reference: { resource: reference.table, fields: reference.field } }] : [],
  )
  const description = row ? said(row('tableDescription')) : ''
  return {
    name: table,
    path: `${table}.csv`,
    ...(description === '' ? {} : { description }),
    schema: {
      fieldsMatch: ['subset'],
      fields: fields.map(fieldOf),
      ...(keys.length > 0 ? { primaryKey: keys.length === 1 ? (keys[0] ?? '') : keys } : {}),
      ...(references.length > 0 ? { foreignKeys: references } : {}),
      ...(fields.some(({ name }) => name === 'person_id') ? { 'x-carryover': { patient: 'person_id' } } : {}),
    },
  }
}

function fieldOf({ name, required, type, description }: Field): JsonObject {
  const { constraints, ...form } = typeOf(type)
  const all = { ...(required ? { required: true } : {}), ...constraints }
  return {
    name,
    ...form,
    ...(Object.keys(all).length > 0 ? { constraints: all } : {}),
    ...(description === '' ? {} : { description }),
  }
}

/** `varchar(50)`, `integer`, `float`, `date`, `datetime`; time stamps are written with a blank or a T. */
function typeOf(type: string): {
  readonly type: string
  readonly format?: string
  readonly constraints?: { readonly maxLength: number }
} {
  const size = /^(?:varchar|character varying)\((\d+)\)$/.exec(type)
  if (size) return { type: 'string', constraints: { maxLength: Number(size[1]) } }
  if (/^(integer|bigint|int)$/.test(type)) return { type: 'integer' }
  if (/^(float|numeric|double|real)/.test(type)) return { type: 'number' }
  if (type === 'date') return { type: 'date' }
  return type.startsWith('datetime') || type.startsWith('timestamp') ? { type: 'datetime', format: 'any' } : { type: 'string' }
}
