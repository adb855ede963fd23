/** Check definitions of OHDSI's DataQualityDashboard as its CSV files state them: which check runs where, with which threshold. */
import { parseCsvText } from '../../values/csv-text.ts'

export type CheckLevel = 'TABLE' | 'FIELD' | 'CONCEPT'

/** One check type: where it runs, and its place in Kahn's framework (Kahn et al. 2016). */
export interface CheckType {
  readonly name: string
  readonly level: CheckLevel
  readonly description: string
  readonly context: string
  readonly category: string
  readonly subcategory: string
  readonly severity: string
}

/** One line of a definition file, by column name; columns that the file lacks are empty. */
export type DefinitionRow = (column: string) => string

export interface DqdDefinitions {
  readonly types: ReadonlyMap<string, CheckType>
  readonly tables: readonly DefinitionRow[]
  readonly fields: readonly DefinitionRow[]
  readonly concepts: readonly DefinitionRow[]
}

const kinds = [
  { key: 'types', column: 'checkName', words: 'check descriptions (checkLevel, checkName …)' },
  { key: 'concepts', column: 'conceptId', words: 'concept level (cdmTableName, cdmFieldName, conceptId …)' },
  { key: 'fields', column: 'cdmFieldName', words: 'field level (cdmTableName, cdmFieldName …)' },
  { key: 'tables', column: 'cdmTableName', words: 'table level (cdmTableName, measurePersonCompleteness …)' },
] as const

/** Recognises the four files by their columns, whatever they are called; a text is the complaint. */
export function readDefinitions(texts: readonly string[]): DqdDefinitions | string {
  const found = new Map<(typeof kinds)[number]['key'], readonly DefinitionRow[]>()
  for (const text of texts) {
    const [header, ...records] = parseCsvText(text.replace(/^\uFEFF/, ''))
    const kind = kinds.find(({ column }) => header?.cells.includes(column))
    if (!header || !kind) continue
    if (found.has(kind.key))
      return `There are two files of the kind ${kind.words}; keep the one of your version of the dashboard.`
    const at = new Map(header.cells.map((column, index) => [column, index]))
    found.set(
      kind.key,
      records.map(
        ({ cells }) =>
          (column) =>
            cells[at.get(column) ?? -1] ?? '',
      ),
    )
  }
  const missing = kinds.filter(({ key }) => !found.has(key)).map(({ words }) => words)
  if (missing.length > 0) return `These check definitions are missing: ${missing.join('; ')}.`
  return {
    types: new Map((found.get('types') ?? []).map((row) => [row('checkName'), typeOf(row)])),
    tables: found.get('tables') ?? [],
    fields: found.get('fields') ?? [],
    concepts: found.get('concepts') ?? [],
  }
}

function typeOf(row: DefinitionRow): CheckType {
  const level = row('checkLevel')
  return {
    name: row('checkName'),
    level: level === 'TABLE' || level === 'CONCEPT' ? level : 'FIELD',
    description: row('checkDescription').replaceAll(/\s+/g, ' ').trim(),
    context: row('kahnContext'),
    category: row('kahnCategory'),
    subcategory: row('kahnSubcategory'),
    severity: row('severity'),
  }
}

/** "Yes" asks for a check; empty, "No" and "NA" all mean that nothing was asked. */
export function asks(row: DefinitionRow, column: string): boolean {
  return row(column) === 'Yes'
}

/** The value of a definition, null where nothing is asked. */
export function asked(row: DefinitionRow, column: string): string | null {
  const text = row(column).trim()
  return text === '' || text === 'NA' || text === 'No' ? null : text
}
