/** An XML document as a tree of plain values, names as written: small enough files only, no document types, bounded depth and size. */
import { SaxesParser } from 'saxes'
import { XmlFault } from './xml.ts'
import { encodingOf } from './xml-bytes.ts'

/** One element: its name as written, its attributes as written (declarations of namespaces included), its children in order. */
export interface XmlElement {
  readonly name: string
  /** Name without its prefix. */
  readonly local: string
  /** Namespace of the name; empty where none is declared. */
  readonly uri: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly (XmlElement | string)[]
  /** Line in the document, from 1. */
  readonly line: number
}

const mostLevels = 256
/** Bytes; drawings are far smaller, and the whole tree is held. */
export const longestDrawing = 64 << 20

interface Draft extends XmlElement {
  readonly attributes: Map<string, string>
  readonly children: (XmlElement | string)[]
}

/**
 * Reads a whole document, decoded by its byte order mark or declaration.
 * @throws XmlFault with a sentence that names the line
 */
export function readXmlTree(bytes: Uint8Array): XmlElement {
  if (bytes.length > longestDrawing)
    throw new XmlFault(`The file is larger than ${longestDrawing >> 20} MB, which no drawing needs.`, 0, true)
  const parser = new SaxesParser({ xmlns: true, position: true })
  const open: Draft[] = []
  let root: Draft | null = null
  parser.on('error', (error) => {
    throw new XmlFault(sentenceOf(error, parser.line), parser.position, false)
  })
  parser.on('doctype', () => {
    throw new XmlFault(
      `Line ${parser.line} declares a document type (DOCTYPE), which can make programs read other files or grow without end. Remove the declaration and try again.`,
      parser.position,
      true,
    )
  })
  parser.on('opentag', (tag) => {
    const attributes = new Map(Object.values(tag.attributes).map(({ name, value }) => [name, value]))
    const element: Draft = { name: tag.name, local: tag.local, uri: tag.uri, attributes, children: [], line: parser.line }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root ??= element
    open.push(element)
    if (open.length > mostLevels)
      throw new XmlFault(
        `Line ${parser.line}: elements lie in more than ${mostLevels} levels inside each other.`,
        parser.position,
        true,
      )
  })
  parser.on('closetag', () => {
    open.pop()
  })
  const characters = (text: string): void => {
    const parent = open.at(-1)
    if (!parent) return
    const last = parent.children.length - 1
    const before = parent.children[last]
    if (typeof before === 'string') parent.children[last] = before + text
    else parent.children.push(text)
  }
  parser.on('text', characters)
  parser.on('cdata', characters)
  parser.write(decoded(bytes)).close()
  if (!root) throw new XmlFault('The file holds no XML element.', 0, true)
  return root
}

function decoded(bytes: Uint8Array): string {
  const label = encodingOf(bytes.subarray(0, 200))
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    throw new XmlFault(`The file says that its encoding is "${label}", which is not known. Save it as UTF-8.`, 0, true)
  }
}

/** The parser puts the place before its words; a sentence has it once. */
function sentenceOf(error: Error, line: number): string {
  const words = error.message.replace(/^\d+:\d+:\s*/, '').replace(/\.$/, '')
  return `Line ${line} is not well-formed XML: ${words}.`
}

export function elementsOf(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string')
}

/** All text inside, in order. */
export function textIn(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('')
}

/** The element and everything below it, in document order. */
export function* walk(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of elementsOf(element)) yield* walk(child)
}
