/** The parts of a workbook (ECMA-376) around its sheets: names and visibility, shared texts, formats, and which day serial 0 is. */
import { SaxesParser } from 'saxes'
import { type ByteSource, stopIfAborted } from '../../../operation.ts'
import { type Shown, shownAs } from './number-format.ts'
import { SharedTexts } from './shared-texts.ts'
import { Damaged } from './unpacked/damaged.ts'
import { refusal, type ZipDirectory, type ZipEntry, zipEntrySource } from './zip.ts'

export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  readonly entry: ZipEntry
}

export interface Workbook {
  readonly sheets: readonly Sheet[]
  readonly is1904: boolean
  /** What a cell with this style shows. */
  readonly styles: readonly Shown[]
}

/** Sheets, their places, formats and styles: a workbook has at most 65,490 styles, and far fewer of the others. */
const mostNamed = 65_536
/** Of one tag: the parser holds them all before it shows any. */
const mostAttributes = 1000
/** Bytes of all shared texts together: they must be at hand while a sheet is read. */
const textLimit = 256 << 20
/** Texts that differ do not pack better than this; beyond the first ones a part that grows more was made to. */
const mostGrowth = 20
const trustedTexts = 24 << 20
const trustedCount = 500_000

export function isWorkbook(directory: ZipDirectory): boolean {
  return directory.entries.some(({ name }) => /^\/?xl\/workbook\d*\.xml$/i.test(name))
}

/** Names and formats of a workbook. Throws `Damaged` where a part is missing or no XML. */
export async function readWorkbook(archive: ByteSource, directory: ZipDirectory, signal: AbortSignal): Promise<Workbook> {
  const part = async (name: RegExp, read: (parser: SaxesParser) => void): Promise<boolean> => {
    const entry = directory.entries.find((candidate) => name.test(candidate.name))
    if (!entry) return false
    await parseEntry(archive, entry, read, signal)
    return true
  }
  const named: { name: string; id: string; hidden: boolean }[] = []
  let count = 0
  const counted = (): void => {
    if (++count > mostNamed) throw new Damaged(`it names more than ${mostNamed} sheets, formats and styles`)
  }
  let is1904 = false
  await part(/^\/?xl\/workbook\d*\.xml$/i, (parser) => {
    parser.on('opentag', ({ name, attributes }) => {
      if (local(name) === 'workbookPr') is1904 = /^(1|true|on)$/i.test(attributes.date1904 ?? '')
      if (local(name) !== 'sheet') return
      counted()
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? ''
      named.push({ name: attributes.name ?? '', id, hidden: /hidden/i.test(attributes.state ?? '') })
    })
  })
  const targets = new Map<string, string>()
  await part(/^\/?xl\/_rels\/workbook\d*\.xml\.rels$/i, (parser) => {
    parser.on('opentag', ({ name, attributes }) => {
      if (local(name) !== 'Relationship') return
      counted()
      if (/\/worksheet$/.test(attributes.Type ?? '')) targets.set(attributes.Id ?? '', attributes.Target ?? '')
    })
  })
  const styles = await readStyles(part, counted)
  const sheets: Sheet[] = []
  for (const { name, id, hidden } of named) {
    const path = pathOf(targets.get(id) ?? '')
    const entry = directory.entries.find((candidate) => candidate.name.replace(/^\//, '').toLowerCase() === path.toLowerCase())
    // Chart sheets hold no cells.
    if (entry) sheets.push({ name, hidden, entry })
  }
  if (sheets.length === 0) throw new Damaged('it holds no worksheet')
  return { sheets, is1904, styles }
}

async function readStyles(
  part: (name: RegExp, read: (parser: SaxesParser) => void) => Promise<boolean>,
  counted: () => void,
): Promise<Shown[]> {
  const codes = new Map<number, string>()
  const ids: number[] = []
  let inCells = false
  await part(/^\/?xl\/styles\d*\.xml$/i, (parser) => {
    parser.on('opentag', ({ name, attributes }) => {
      const tag = local(name)
      if (tag === 'numFmt' || (tag === 'xf' && inCells)) counted()
      if (tag === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (tag === 'cellXfs') inCells = true
      if (tag === 'xf' && inCells) ids.push(Number(attributes.numFmtId ?? 0))
    })
    parser.on('closetag', ({ name }) => {
      if (local(name) === 'cellXfs') inCells = false
    })
  })
  return ids.map((id) => shownAs(id, codes.get(id)))
}

function pathOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`.replace(/[^/]+\/\.\.\//g, '')
}

/** The shared texts in their order. Phonetic hints are no part of a text. */
export async function readSharedTexts(archive: ByteSource, directory: ZipDirectory, signal: AbortSignal): Promise<SharedTexts> {
  const texts = new SharedTexts()
  const entry = directory.entries.find(({ name }) => /^\/?xl\/sharedStrings\d*\.xml$/i.test(name))
  if (!entry) return texts
  const mostBytes = Math.min(textLimit, Math.max(trustedTexts, entry.packed * mostGrowth))
  const mostTexts = Math.max(trustedCount, entry.packed * 2)
  let text = ''
  let phonetic = 0
  let reading = false
  const parser = newParser()
  parser.on('opentag', ({ name }) => {
    const tag = local(name)
    if (tag === 'si') text = ''
    else if (tag === 'rPh') phonetic++
    else if (tag === 't') reading = phonetic === 0
  })
  parser.on('text', (part) => {
    if (reading) text += part
  })
  parser.on('closetag', ({ name }) => {
    const tag = local(name)
    if (tag === 't') reading = false
    else if (tag === 'rPh') phonetic--
    else if (tag === 'si') {
      texts.add(unescapedText(text))
      if (texts.bytes > mostBytes || texts.count > mostTexts)
        throw new Damaged('its shared texts need more memory than is allowed; save the sheet as CSV')
    }
  })
  await writeEntry(archive, entry, parser, signal)
  return texts
}

/** Unpacked piece by piece: no part is held whole. */
async function writeEntry(archive: ByteSource, entry: ZipEntry, parser: SaxesParser, signal?: AbortSignal): Promise<void> {
  const refused = refusal(entry)
  if (refused !== null) throw new Damaged(`${entry.name} is not unpacked: ${refused}`)
  const source = zipEntrySource(archive, entry)
  for await (const chunk of decoded(source.stream())) {
    if (signal) stopIfAborted(signal)
    writeXml(parser, chunk, entry.name)
  }
  const damage = source.damage()
  if (damage !== null) throw new Damaged(damage)
}

/** `_x000D_` stands for a character that XML can not hold. */
export function unescapedText(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
}

/** Name of a tag without its prefix. */
export function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

export type XmlParser = SaxesParser

export function newParser(): SaxesParser {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let attributes = 0
  parser.on('opentagstart', () => {
    attributes = 0
  })
  parser.on('attribute', () => {
    if (++attributes > mostAttributes) throw new Damaged(`a tag of it has more than ${mostAttributes} attributes`)
  })
  parser.on('error', (error) => {
    throw error
  })
  return parser
}

/** Hands text to a parser; what is no XML is damage. */
export function writeXml(parser: SaxesParser, text: string, part: string): void {
  try {
    parser.write(text)
  } catch (error) {
    if (error instanceof Damaged) throw error
    throw new Damaged(`${part} is not well-formed XML`)
  }
}

async function parseEntry(
  archive: ByteSource,
  entry: ZipEntry,
  read: (parser: SaxesParser) => void,
  signal: AbortSignal,
): Promise<void> {
  const parser = newParser()
  read(parser)
  await writeEntry(archive, entry, parser, signal)
}

/** Text of XML as it comes. */
export async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOfXml(chunk))
    yield decoder.decode(chunk, { stream: true })
  }
  if (decoder) yield decoder.decode(new Uint8Array(0))
}

function encodingOfXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}
