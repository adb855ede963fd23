/** The fields a target offers: elements of FHIR R4 types, or columns of target tables as a schema or an earlier load shows them. */
import type { Definitions } from '../../fhir/definitions/packs.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import type { ElementRule } from '../../schema/structure-definition.ts'
import type { TargetField } from '../plan/crosswalk.ts'
import { quantityTypes } from '../records/fhir-value.ts'

/** Elements of a type, down to the parts people map; metadata and extensions are left out. Each can be written and read as it stands. */
export function fhirFields(definitions: Definitions, type: string): TargetField[] {
  const definition = definitions.type(type)
  if (!definition) return []
  const list: TargetField[] = []
  for (const child of definition.root.children) collect(definitions, child, type, list, 1)
  return list
}

/** Elements between the resource and a field, at most. */
const deepest = 4
const leftOut: ReadonlySet<string> = new Set([
  'id',
  'meta',
  'implicitRules',
  'language',
  'text',
  'contained',
  'extension',
  'modifierExtension',
])
/** Types that one rule fills whole: a code with its system, a number with its unit, a link. */
const whole: ReadonlySet<string> = new Set(['CodeableConcept', 'Coding', 'Reference', ...quantityTypes])
/** Parts of data types that legacy columns hold; a type that is not named here has all of its parts. */
const parts: ReadonlyMap<string, readonly string[]> = new Map([
  ['CodeableConcept', ['text']],
  ['Coding', ['code', 'display']],
  ['Reference', ['display']],
  ['Identifier', ['value', 'system']],
  ['Annotation', ['text', 'time']],
  ['Extension', []],
  ['Meta', []],
  ['Narrative', []],
  ['Resource', []],
  ['Signature', ['when']],
  ['SampledData', ['data']],
])

function collect(definitions: Definitions, rule: ElementRule, parent: string, list: TargetField[], depth: number): void {
  if (depth === 1 && leftOut.has(rule.name)) return
  if (rule.contentReference !== null) return
  for (const { code } of rule.types) {
    const name = rule.choice ? `${rule.name}${code.charAt(0).toUpperCase()}${code.slice(1)}` : rule.name
    const target = `${parent}.${name}`
    const own =
      rule.children.length > 0 ? rule : definitions.type(code)?.kind === 'primitive-type' ? null : definitions.type(code)?.root
    if (!own || whole.has(code))
      list.push({
        target,
        type: code,
        required: depth === 1 && rule.min > 0,
        description: '',
        values: [...((rule.binding && code === 'code' && definitions.expansion(rule.binding.valueSet)?.codes) || [])],
      })
    if (!own || depth >= deepest) continue
    const named = parts.get(code)
    for (const child of own.children)
      if (child.name !== 'id' && child.types[0]?.code !== 'Extension' && named?.includes(child.name) !== false)
        collect(definitions, child, target, list, depth + 1)
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
