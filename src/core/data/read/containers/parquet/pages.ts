/** The values of one column in one row group, page by page: no more than a page of a column is in memory. */

import { parquetHeader } from 'hyparquet/src/column.js'
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js'
import { readPlain } from 'hyparquet/src/plain.js'
import type { ColumnDecoder, DataPage, DecodedArray, PageHeader, SchemaElement } from 'hyparquet/src/types.js'
import type { ByteSource } from '../../../../operation.ts'
import { errorWords } from '../../../../values/error-words.ts'
import { take } from '../../text/stretches.ts'
import { Damaged } from '../unpacked/damaged.ts'
import { crc32 } from '../unpacked/inflate.ts'
import { unpacked } from './codecs.ts'
import type { ColumnChunk } from './footer.ts'
import { checkDeltas, checkRuns } from './run-lengths.ts'

/** Values of one page as they are stored; null where a row has none. */
export type PageValues = ArrayLike<unknown>

/** Writers make pages of one or a few megabytes; one that is larger is no page of a table. */
const mostPageBytes = 128 << 20
const mostPageValues = 4 << 20
const windowBytes = 256 << 10
const headerBytes = 16 << 10
const mostHeaderBytes = 8 << 20

export async function* pagesOf(source: ByteSource, chunk: ColumnChunk, rows: number): AsyncGenerator<PageValues> {
  const window = new Window(source, chunk.to)
  const decoder = decoderOf(chunk)
  let dictionary: DecodedArray | null = null
  let at = chunk.from
  let seen = 0
  while (seen < rows) {
    if (at >= chunk.to) throw new Damaged(`the column ${chunk.column.name} ends at row ${seen} of ${rows}`)
    const { header, length } = await headerAt(window, at)
    const { compressed_page_size: packedBytes, uncompressed_page_size: bytes } = header
    if (!(packedBytes >= 0) || !(bytes >= 0) || at + length + packedBytes > chunk.to)
      throw new Damaged('a page is longer than its column')
    if (bytes > mostPageBytes || packedBytes > mostPageBytes)
      throw new Damaged(`a page is larger than ${mostPageBytes >> 20} MiB`)
    const packed = await window.bytes(at + length, packedBytes)
    if (header.crc !== undefined && crc32(packed, 0) !== header.crc >>> 0) throw new Damaged('the checksum of a page is wrong')
    at += length + packedBytes
    if (header.type === 'DICTIONARY_PAGE') dictionary = dictionaryOf(header, packed, chunk, decoder)
    else if (header.type === 'DATA_PAGE' || header.type === 'DATA_PAGE_V2') {
      const count = header.data_page_header?.num_values ?? header.data_page_header_v2?.num_values ?? -1
      if (count < 0 || count > rows - seen)
        throw new Damaged(`a page of the column ${chunk.column.name} has more rows than are left`)
      if (count > mostPageValues) throw new Damaged(`a page holds more than ${mostPageValues} values`)
      seen += count
      if (count > 0) yield valuesOf(header, packed, count, chunk, decoder, dictionary)
    }
  }
}

/** Bytes of the column, read ahead of its pages. */
class Window {
  private from = 0
  private held: Uint8Array = new Uint8Array(0)
  private readonly source: ByteSource
  readonly end: number

  constructor(source: ByteSource, end: number) {
    this.source = source
    this.end = end
  }

  async bytes(at: number, length: number): Promise<Uint8Array> {
    if (at < this.from || at + length > this.from + this.held.length) {
      this.held = await take(this.source, at, Math.min(this.end, at + Math.max(length, windowBytes)))
      this.from = at
    }
    const bytes = this.held.subarray(at - this.from, at - this.from + length)
    if (bytes.length < length) throw new Damaged('the file breaks off inside a column')
    return bytes
  }
}

/** A header says nowhere how long it is: more is read until it ends. */
async function headerAt(window: Window, at: number): Promise<{ header: PageHeader; length: number }> {
  for (let room = headerBytes; ; room *= 8) {
    const length = Math.min(room, window.end - at)
    const bytes = await window.bytes(at, length)
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
    try {
      const header = parquetHeader(reader)
      if (reader.offset > length) throw new RangeError('behind its end')
      return { header, length: reader.offset }
    } catch (error) {
      if (length < room || room > mostHeaderBytes) throw new Damaged(`the head of a page can not be read (${errorWords(error)})`)
    }
  }
}

function decoderOf({ column }: ColumnChunk): ColumnDecoder {
  const { element, elements } = column
  const root: SchemaElement = { name: 'schema' }
  if (!element.type) throw new Damaged(`the column ${column.name} has no type`)
  return {
    pathInSchema: elements.map(({ name }) => name),
    type: element.type,
    element,
    schemaPath: [root, ...elements].map((each) => ({ element: each, children: [], count: 1, path: [] })),
    // Pages are unpacked here, where their length is known to be bearable.
    codec: 'UNCOMPRESSED',
    parsers: DEFAULT_PARSERS,
  }
}

const levelsOf = ({ column }: ColumnChunk): number =>
  column.elements.filter(({ repetition_type }) => repetition_type !== 'REQUIRED').length

const bitsOf = (value: number): number => 32 - Math.clz32(value)

function dictionaryOf(header: PageHeader, packed: Uint8Array, chunk: ColumnChunk, decoder: ColumnDecoder): DecodedArray {
  const page = unpacking(chunk, packed, header.uncompressed_page_size)
  const count = header.dictionary_page_header?.num_values ?? -1
  if (count < 0 || count > page.length * 8) throw new Damaged(`the dictionary of ${chunk.column.name} is shorter than it says`)
  return decoding(chunk, () => readPlain(readerOf(page), decoder.type, count, decoder.element.type_length))
}

function valuesOf(
  header: PageHeader,
  packed: Uint8Array,
  count: number,
  chunk: ColumnChunk,
  decoder: ColumnDecoder,
  dictionary: DecodedArray | null,
): PageValues {
  const { dataPage, definitionLevels } =
    header.type === 'DATA_PAGE'
      ? firstForm(header, packed, count, chunk, decoder)
      : secondForm(header, packed, count, chunk, decoder)
  const encoding = header.data_page_header?.encoding ?? header.data_page_header_v2?.encoding ?? 'PLAIN'
  const isIndex = encoding.endsWith('_DICTIONARY')
  if (isIndex && dictionary === null) throw new Damaged(`the dictionary of ${chunk.column.name} is missing`)
  const stored: PageValues = isIndex && dictionary !== null ? lookedUp(dataPage, dictionary, chunk) : dataPage
  return definitionLevels && definitionLevels.length > 0
    ? spread(stored, definitionLevels, levelsOf(chunk), chunk)
    : exactly(stored, count, chunk)
}

function firstForm(header: PageHeader, packed: Uint8Array, count: number, chunk: ColumnChunk, decoder: ColumnDecoder): DataPage {
  const facts = header.data_page_header
  if (!facts) throw new Damaged('a page does not say what it holds')
  const page = unpacking(chunk, packed, header.uncompressed_page_size)
  const levels = levelsOf(chunk)
  let data = 0
  if (levels > 0) {
    const length = page.length < 4 ? Number.POSITIVE_INFINITY : readerOf(page).view.getUint32(0, true)
    if (length > page.length - 4) throw new Damaged('a page is shorter than it says')
    checkRuns(page, 4, 4 + length, bitsOf(levels), count)
    data = 4 + length
  }
  checkEncoded(page, data, facts.encoding, count, chunk)
  return decoding(chunk, () => readDataPage(page, facts, decoder))
}

function secondForm(header: PageHeader, packed: Uint8Array, count: number, chunk: ColumnChunk, decoder: ColumnDecoder): DataPage {
  const facts = header.data_page_header_v2
  if (!facts) throw new Damaged('a page does not say what it holds')
  const { repetition_levels_byte_length: repeats, definition_levels_byte_length: defines, num_nulls: nulls } = facts
  const data = repeats + defines
  if (repeats < 0 || defines < 0 || data > packed.length || data > header.uncompressed_page_size || nulls < 0 || nulls > count)
    throw new Damaged('a page is shorter than it says')
  const levels = levelsOf(chunk)
  if (levels > 0) checkRuns(packed, repeats, data, bitsOf(levels), count)
  const bytes = header.uncompressed_page_size - data
  const values = packed.subarray(data)
  const page = new Uint8Array(header.uncompressed_page_size)
  page.set(packed.subarray(0, data))
  page.set(facts.is_compressed === false || bytes === 0 ? whole(values, bytes) : unpacking(chunk, values, bytes), data)
  checkEncoded(page, data, facts.encoding, count, chunk)
  const plain = { ...header, data_page_header_v2: { ...facts, is_compressed: false } }
  return decoding(chunk, () => readDataPageV2(page, plain, decoder))
}

function whole(values: Uint8Array, bytes: number): Uint8Array {
  if (values.length < bytes) throw new Damaged('a page is shorter than it says')
  return values.subarray(0, bytes)
}

function checkEncoded(page: Uint8Array, data: number, encoding: string | undefined, count: number, chunk: ColumnChunk): void {
  if (encoding === undefined) throw new Damaged('a page is written in a way that Parquet does not know')
  if (data >= page.length) return
  if (encoding.endsWith('_DICTIONARY')) checkRuns(page, data + 1, page.length, page[data] ?? 0, count)
  else if (encoding === 'RLE') checkRuns(page, data + 4, page.length, 1, count)
  else if (encoding.startsWith('DELTA_')) {
    checkDeltas(page, data)
    if (encoding === 'DELTA_BYTE_ARRAY') checkShared(page, data, count, chunk)
  }
}

/** Texts that begin like the one before can make much of little: their lengths are added up first. */
function checkShared(page: Uint8Array, data: number, count: number, chunk: ColumnChunk): void {
  const reader = { view: readerOf(page).view, offset: data }
  const shared = new Int32Array(count)
  decoding(chunk, () => deltaBinaryUnpack(reader, count, shared))
  if (shared.reduce((sum, length) => sum + Math.max(0, length), 0) > mostPageBytes)
    throw new Damaged(`a page is larger than ${mostPageBytes >> 20} MiB`)
  if (reader.offset < page.length) checkDeltas(page, reader.offset)
}

function lookedUp(indices: DecodedArray, dictionary: DecodedArray, chunk: ColumnChunk): PageValues {
  const values = new Array<unknown>(indices.length)
  for (let i = 0; i < indices.length; i++) {
    const value: unknown = dictionary[Number(indices[i])]
    if (value === undefined) throw new Damaged(`a value of ${chunk.column.name} is not in its dictionary`)
    values[i] = value
  }
  return values
}

function spread(stored: PageValues, levels: readonly number[], most: number, chunk: ColumnChunk): PageValues {
  const values = new Array<unknown>(levels.length)
  let next = 0
  for (let i = 0; i < levels.length; i++) values[i] = levels[i] === most ? stored[next++] : null
  if (next > stored.length) throw new Damaged(`the column ${chunk.column.name} has fewer values than rows with one`)
  return values
}

function exactly(stored: PageValues, count: number, chunk: ColumnChunk): PageValues {
  if (stored.length !== count) throw new Damaged(`a page of ${chunk.column.name} has ${stored.length} values for ${count} rows`)
  return stored
}

function unpacking(chunk: ColumnChunk, packed: Uint8Array, length: number): Uint8Array {
  return decoding(chunk, () => unpacked(chunk.codec, packed, length))
}

/** The library says in many ways that bytes make no sense. */
function decoding<T>(chunk: ColumnChunk, decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    if (error instanceof Damaged) throw error
    throw new Damaged(`a page of the column ${chunk.column.name} can not be read (${errorWords(error)})`)
  }
}

function readerOf(bytes: Uint8Array): { view: DataView; offset: number } {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
}
