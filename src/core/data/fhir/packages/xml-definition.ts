/** FHIR XML into FHIR JSON, led by the definitions: for StructureDefinitions that come as XML (FHIR R4 §2.6.3). Entities and doctypes are refused. */
import { SaxesParser } from 'saxes'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import { type ElementRule, elementNamed, type TypeDefinition } from '../../schema/structure-definition.ts'
import type { Definitions } from '../definitions/packs.ts'
import { primitiveCheck } from '../definitions/primitives.ts'

interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
}

const fhirNamespace = 'http://hl7.org/fhir'
const deepest = 64
const numbers: ReadonlySet<string> = new Set(['integer', 'unsignedInt', 'positiveInt', 'decimal'])

/** Null where the text is no XML of a FHIR R4 resource. Narrative is left out. */
export function jsonOfXml(text: string, definitions: Definitions): JsonObject | null {
  const root = treeOf(text)
  return root === null || root.attributes.xmlns !== fhirNamespace ? null : resourceOf(root, definitions)
}

function treeOf(text: string): XmlElement | null {
  const parser = new SaxesParser()
  const open: XmlElement[] = []
  let root: XmlElement | null = null
  parser.on('doctype', () => parser.fail('a doctype'))
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes, children: [] }
    if (open.length >= deepest) parser.fail('too deep')
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  try {
    parser.write(text).close()
    return root
  } catch {
    return null
  }
}

function resourceOf(element: XmlElement, definitions: Definitions): JsonObject | null {
  const definition = definitions.type(element.name)
  if (definition?.kind !== 'resource') return null
  return { resourceType: element.name, ...objectOf(element, definition, definition.root, definitions) }
}

function objectOf(element: XmlElement, definition: TypeDefinition, rule: ElementRule, definitions: Definitions): JsonObject {
  const target = rule.contentReference === null ? rule : (definition.byId.get(rule.contentReference) ?? rule)
  const result: { [name: string]: JsonValue } = {}
  const { id, url } = element.attributes
  if (id !== undefined) result.id = id
  if (url !== undefined) result.url = url
  for (const child of element.children) {
    if (child.name === 'text') continue
    const found = elementNamed(target, child.name)
    if (found === null) continue
    const value = contentOf(child, definition, found.rule, found.type, definitions)
    if (value === undefined) continue
    const before = result[child.name]
    if (!found.rule.repeats) result[child.name] = value
    else result[child.name] = Array.isArray(before) ? [...before, value] : [value]
  }
  return result
}

function contentOf(
  element: XmlElement,
  definition: TypeDefinition,
  rule: ElementRule,
  type: string,
  definitions: Definitions,
): JsonValue | undefined {
  if (rule.children.length > 0 || rule.contentReference !== null) return objectOf(element, definition, rule, definitions)
  if (type === 'Resource') {
    const [inner] = element.children
    return inner === undefined ? undefined : (resourceOf(inner, definitions) ?? undefined)
  }
  if (primitiveCheck(type) !== null) {
    const { value } = element.attributes
    if (value === undefined) return undefined
    return numbers.has(type) ? Number(value) : type === 'boolean' ? value === 'true' : value
  }
  const own = definitions.type(type)
  return own === null ? undefined : objectOf(element, own, own.root, definitions)
}
