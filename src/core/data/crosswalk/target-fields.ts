/** The fields a target offers: elements of FHIR R4 types, or columns of target tables as a schema or an earlier load shows them. */
import type { Definitions } from '../fhir/packs.ts'
import type { JsonObject, JsonValue } from '../record.ts'
import type { ElementRule } from '../schema/structure-definition.ts'
import type { TargetField } from './crosswalk.ts'

/** Elements of a type, down to the parts people map; metadata and extensions are left out. */
export function fhirFields(definitions: Definitions, type: string): TargetField[] {
  const definition = definitions.type(type)
  if (!definition) return []
  const list: TargetField[] = []
  for (const child of definition.root.children) collect(definitions, child, type, list, 0)
  return list
}

const leftOut = new Set(['id', 'meta', 'implicitRules', 'language', 'contained', 'extension', 'modifierExtension'])
const opened = new Set([
  'HumanName',
  'Address',
  'ContactPoint',
  'Identifier',
  'Period',
  'BackboneElement',
  'Dosage',
  'Attachment',
])

function collect(definitions: Definitions, rule: ElementRule, parent: string, list: TargetField[], depth: number): void {
  if (leftOut.has(rule.name)) return
  for (const { code } of rule.types) {
    const name = rule.choice ? `${rule.name}${code.charAt(0).toUpperCase()}${code.slice(1)}` : rule.name
    const target = `${parent}.${name}`
    if (opened.has(code) && depth < 2) {
      const children = rule.children.length > 0 ? rule.children : (definitions.type(code)?.root.children ?? [])
      for (const child of children) collect(definitions, child, target, list, depth + 1)
    } else
      list.push({
        target,
        type: code,
        required: depth === 0 && rule.min > 0,
        description: '',
        values: [...((rule.binding && code === 'code' && definitions.expansion(rule.binding.valueSet)?.codes) || [])],
      })
  }
}

/** Columns of a Table Schema or data package resource. */
export function tableFields(table: string, schema: JsonObject): TargetField[] {
  return listOf(schema.fields).map((field) => {
    const constraints = objectOf(field.constraints)
    const values = Array.isArray(constraints.enum) ? constraints.enum.map(String) : []
    return {
      target: `${table}.${String(field.name ?? '')}`,
      type: typeof field.type === 'string' ? field.type : 'string',
      required: constraints.required === true,
      description: typeof field.description === 'string' ? field.description : '',
      values,
    }
  })
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(objectOf) : []
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}
