/** Plain trees → XML text: two spaces of indent, escaped so that reading gives the same tree again. */
import type { Json } from '../../canonical.ts'
import type { XmlElement } from './xml-tree.ts'

/** An element to be written: its name with prefix, attributes in order, children. Absent and null attributes are left out. */
export interface XmlNode {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string | number | null | undefined>>
  readonly children?: readonly (XmlNode | string)[]
}

export function xmlText(root: XmlNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}\n`
}

function written(node: XmlNode, indent: string): string {
  const attributes = Object.entries(node.attributes ?? {})
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ` ${name}="${attributeText(String(value))}"`)
    .join('')
  const children = node.children ?? []
  if (children.length === 0) return `${indent}<${node.name}${attributes} />`
  // White space counts beside text, so an element that holds text is written on one line.
  if (children.some((child) => typeof child === 'string'))
    return `${indent}<${node.name}${attributes}>${children.map((child) => (typeof child === 'string' ? plainText(child) : written(child, ''))).join('')}</${node.name}>`
  const inner = children.map((child) => written(child as XmlNode, `${indent}  `)).join('\n')
  return `${indent}<${node.name}${attributes}>\n${inner}\n${indent}</${node.name}>`
}

/** Characters that XML 1.0 §2.2 does not allow can not be written at all; they are replaced. */
function allowed(text: string): string {
  let clean = ''
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0
    const control = point < 0x20 && point !== 0x09 && point !== 0x0a && point !== 0x0d
    const lone = point >= 0xd800 && point <= 0xdfff
    clean += control || lone || point === 0xfffe || point === 0xffff ? '\ufffd' : char
  }
  return clean
}

export function plainText(text: string): string {
  return allowed(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
}

function attributeText(text: string): string {
  return plainText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}

/** An element as JSON that can be kept in a workflow file: `[name, {attributes}, …children]`; white space between elements is left out. */
export function jsonOfXml(element: XmlElement): Json {
  return [element.name, Object.fromEntries(element.attributes), ...contentOf(element)]
}

function contentOf(element: XmlElement): Json[] {
  const mixed = element.children.some((child) => typeof child === 'string' && child.trim() !== '')
  return element.children
    .filter((child) => typeof child !== 'string' || mixed)
    .map((child) => (typeof child === 'string' ? child : jsonOfXml(child)))
}

/** The other way; null for anything that is not such an element. */
export function xmlOfJson(json: Json | undefined): XmlNode | null {
  if (!Array.isArray(json)) return null
  const [name, attributes, ...children] = json
  if (typeof name !== 'string' || !/^[\p{L}_][\p{L}\p{N}_.:-]*$/u.test(name)) return null
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) return null
  const texts = Object.entries(attributes).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return {
    name,
    attributes: Object.fromEntries(texts),
    children: children.flatMap((child) => (typeof child === 'string' ? child : (xmlOfJson(child) ?? []))),
  }
}

/** An element that was kept as JSON, as reading the document gave it: prefixes mean what it or an element around it declares. */
export function elementOfJson(json: Json): XmlElement | null {
  const node = xmlOfJson(json)
  return node && elementOf(node, new Map())
}

function elementOf({ name, attributes = {}, children = [] }: XmlNode, around: ReadonlyMap<string, string>): XmlElement {
  const declared = new Map(around)
  const own = new Map<string, string>()
  for (const [key, value] of Object.entries(attributes)) {
    own.set(key, String(value))
    if (key === 'xmlns') declared.set('', String(value))
    else if (key.startsWith('xmlns:')) declared.set(key.slice('xmlns:'.length), String(value))
  }
  const cut = name.indexOf(':')
  return {
    name,
    local: name.slice(cut + 1),
    uri: declared.get(name.slice(0, Math.max(0, cut))) ?? '',
    attributes: own,
    children: children.map((child) => (typeof child === 'string' ? child : elementOf(child, declared))),
    line: 0,
  }
}
