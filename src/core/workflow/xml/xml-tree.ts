/** An XML document as a tree of plain values, names as written: small enough files only, no document types, bounded depth and size. */
import { SaxesParser } from 'saxes'
import { XmlScanner } from './xml.ts'
import { XmlDecoding } from './xml-bytes.ts'
import { XmlFault, type XmlPlace } from './xml-fault.ts'

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
/** Elements, attributes and texts of one document: a map of ten thousand steps has fewer, and each takes some hundred bytes. */
const mostParts = 300_000
const tooMany = `more than ${mostParts.toLocaleString('en')} elements and attributes, which no drawing needs.`
/** Bytes beyond which elements are counted before any is held: the file and its elements together take too much. */
const countedFirst = 8 << 20
/** Bytes; drawings are far smaller, and the whole tree is held. */
export const longestDrawing = 32 << 20

/** Shared by all elements without attributes. */
const none: ReadonlyMap<string, string> = new Map()

interface Draft extends XmlElement {
  readonly children: (XmlElement | string)[]
}

/**
 * Reads a whole document, decoded by its byte order mark or declaration.
 * @throws XmlFault with a sentence that names line and column
 */
export function readXmlTree(bytes: Uint8Array): XmlElement {
  if (bytes.length > longestDrawing)
    throw new XmlFault(`The file is larger than ${longestDrawing >> 20} MB, which no drawing needs.`, null, true)
  if (bytes.length > countedFirst) demandFewElements(bytes)
  const parser = new SaxesParser({ xmlns: true, position: true })
  const open: Draft[] = []
  let root: Draft | null = null
  const here = (): XmlPlace => ({ line: parser.line, column: parser.columnIndex + 1 })
  let parts = 0
  const count = (more: number): void => {
    parts += more
    if (parts > mostParts) throw new XmlFault(`the file holds ${tooMany}`, here(), true)
  }
  // The scanner has seen every byte before: what is left to say is about namespaces.
  parser.on('error', (error) => {
    throw new XmlFault(`this is not well-formed XML: ${wordsOf(error)}.`, here(), false)
  })
  parser.on('opentag', (tag) => {
    const given = Object.values(tag.attributes)
    count(1 + given.length)
    const attributes = given.length === 0 ? none : new Map(given.map(({ name, value }) => [name, value]))
    const element: Draft = { name: tag.name, local: tag.local, uri: tag.uri, attributes, children: [], line: parser.line }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root ??= element
    open.push(element)
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
    else {
      count(1)
      parent.children.push(text)
    }
  }
  parser.on('text', characters)
  parser.on('cdata', characters)
  for (const text of checkedTexts(bytes)) parser.write(text)
  parser.close()
  if (!root) throw new XmlFault('The file holds no XML element.', null, true)
  return root
}

function demandFewElements(bytes: Uint8Array): void {
  let count = 0
  const open = (): void => {
    if (++count > mostParts) throw new XmlFault(`The file holds ${tooMany}`, null, true)
  }
  const decoding = new XmlDecoding()
  const scanner = new XmlScanner({ open, close() {} }, mostLevels)
  for (let at = 0; at < bytes.length; at += pieceBytes) scanner.push(decoding.next(bytes.subarray(at, at + pieceBytes)))
  scanner.push(decoding.end())
  scanner.end()
}

/** The text in pieces, so that a document is never held as one; each is known to be well-formed before it is given. */
function* checkedTexts(bytes: Uint8Array): Generator<string> {
  const decoding = new XmlDecoding()
  const scanner = new XmlScanner({ open() {}, close() {} }, mostLevels)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const checked = (part: Uint8Array): string => {
    scanner.push(part)
    return decoder.decode(part, { stream: true })
  }
  for (let at = 0; at < bytes.length; at += pieceBytes) yield checked(decoding.next(bytes.subarray(at, at + pieceBytes)))
  yield checked(decoding.end())
  scanner.end()
}

const pieceBytes = 1 << 16

/** The parser puts the place before its words; a sentence has it once. */
function wordsOf(error: Error): string {
  return error.message.replace(/^\d+:\d+:\s*/, '').replace(/\.$/, '')
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
