/** The published Table Schema (Frictionless, v2) of an input file, so that any validator checks it before it is sent. */
import type { Json } from '../../canonical.ts'
import type { Column } from './column.ts'
import type { InputFile } from './input-file.ts'

export function tableSchemaOf(file: InputFile): Json {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
    title: file.title,
    fieldsMatch: 'superset',
    fields: Object.entries(file.columns).map(([name, column]) => ({
      name,
      title: column.says,
      ...typeOf(column),
      ...constraintsOf(column),
    })),
  }
}

function typeOf({ type }: Column<unknown>): { readonly [name: string]: Json } {
  switch (type) {
    case 'number':
      return { type: 'number' }
    case 'flag':
      return { type: 'boolean', trueValues: ['yes', 'y', 'true', '1', 'x'], falseValues: ['no', 'n', 'false', '0'] }
    case 'day':
      return { type: 'date', format: '%Y-%m-%d' }
    case 'list':
      return { type: 'list', delimiter: ';' }
    default:
      return { type: 'string' }
  }
}

function constraintsOf({ type, required, choices }: Column<unknown>): { readonly constraints?: Json } {
  const constraints: Record<string, Json> = {}
  if (required) constraints.required = true
  if (choices) constraints.enum = [...choices]
  if (type === 'number') constraints.minimum = 0
  if (type === 'moment')
    constraints.pattern = '\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}([.,]\\d+)?)?)?\\s*(Z|[+-]\\d{2}:?\\d{2})?'
  return Object.keys(constraints).length > 0 ? { constraints } : {}
}
