/** Facts of a map inside BPMN: one `carryover:facts` element with JSON, in the `extensionElements` of its object. */
import type { Json } from '../../../canonical.ts'
import { isMembers, type Members } from '../../../values/json.ts'
import type { XmlNode } from '../../xml/xml-text.ts'
import { elementsOf, textIn, type XmlElement } from '../../xml/xml-tree.ts'
import { carryoverUri, modelUri } from './vocabulary.ts'

const name = 'facts'

/** The facts of an object, or null where it has none that can be read. */
export function factsOf(element: XmlElement): Members | null {
  const found = extensionsOf(element)
    .flatMap(elementsOf)
    .find(({ local, uri }) => uri === carryoverUri && local === name)
  if (!found) return null
  try {
    const json: unknown = JSON.parse(textIn(found))
    return isMembers(json) ? json : null
  } catch {
    return null
  }
}

/** The element without the facts: what is left belongs to other programs and is kept as it is; extensions that hold nothing are left out. */
export function withoutFacts(element: XmlElement): XmlElement {
  const children = element.children.flatMap((child) => {
    if (typeof child === 'string' || !isExtensions(child)) return child
    const rest = child.children.filter((each) => typeof each === 'string' || each.uri !== carryoverUri)
    return rest.some((each) => typeof each !== 'string') ? { ...child, children: rest } : []
  })
  return { ...element, children }
}

/** @param prefix of Carryover's namespace, with its colon */
export function factsElement(facts: Json, prefix: string): XmlNode {
  return { name: `${prefix}${name}`, children: [JSON.stringify(facts)] }
}

function extensionsOf(element: XmlElement): readonly XmlElement[] {
  return elementsOf(element).filter(isExtensions)
}

function isExtensions({ local, uri }: XmlElement): boolean {
  return uri === modelUri && local === 'extensionElements'
}
