/** What the end of a Parquet file says: its columns and where the pages of each stand. Nothing of it is believed before it was held against the file. */
import { type FileMetaData, parquetMetadata, type SchemaElement } from 'hyparquet'
import type { ByteSource } from '../../../../operation.ts'
import { errorWords } from '../../../../values/error-words.ts'
import { take } from '../../text/stretches.ts'
import { Damaged } from '../unpacked/damaged.ts'
import { magic, sealedMagic, wordAt } from './magic.ts'

export interface ParquetColumn {
  /** Names from the outside in, joined by dots: `address.city`. */
  readonly name: string
  /** Where it stands among the chunks of a row group. */
  readonly place: number
  /** Its elements from the outside in; the last is its own. */
  readonly elements: readonly SchemaElement[]
  readonly element: SchemaElement
}

/** The pages of one column in one row group. */
export interface ColumnChunk {
  readonly column: ParquetColumn
  readonly codec: string
  readonly from: number
  readonly to: number
}

export interface RowGroup {
  readonly rows: number
  readonly chunks: readonly ColumnChunk[]
}

export interface ParquetFooter {
  readonly columns: readonly ParquetColumn[]
  /** Outermost names of columns that hold lists, maps or variants: no cell of a table. */
  readonly leftOut: readonly string[]
  readonly groups: readonly RowGroup[]
}

const mostFooterBytes = 64 << 20
const deepest = 64

/** Throws `Damaged` where the file ends elsewhere than it should, or says of itself what can not be. */
export async function readFooter(source: ByteSource, signal: AbortSignal): Promise<ParquetFooter> {
  if (source.size < 12) throw new Damaged('it is too short for a Parquet file')
  const end = await take(source, source.size - 8, source.size, signal)
  if (wordAt(end, 4) === sealedMagic) throw new Damaged('it is encrypted')
  if (wordAt(end, 4) !== magic) throw new Damaged('its end is missing, where a Parquet file lists its columns')
  const length = wordAt(end, 0)
  if (length > source.size - 12) throw new Damaged('its list of columns is longer than the file')
  if (length > mostFooterBytes) throw new Damaged(`its list of columns is longer than ${mostFooterBytes >> 20} MiB`)
  const bytes = await take(source, source.size - 8 - length, source.size, signal)
  return footerOf(parsed(bytes), source.size - 8 - length)
}

function parsed(bytes: Uint8Array): FileMetaData {
  try {
    return parquetMetadata(bytes, { geoparquet: false })
  } catch (error) {
    throw new Damaged(`its list of columns can not be read (${errorWords(error)})`)
  }
}

function footerOf({ schema, row_groups }: FileMetaData, pagesEnd: number): ParquetFooter {
  const { columns, leftOut } = columnsOf(schema)
  const groups = row_groups.map(({ num_rows, columns: chunks }, group) => ({
    rows: countOf(num_rows, `the rows of row group ${group + 1}`),
    chunks: columns.map((column) => {
      const chunk = chunks[column.place]
      const facts = chunk?.meta_data
      if (!facts || facts.path_in_schema.join('.') !== column.name)
        throw new Damaged(`row group ${group + 1} has no column ${column.name}`)
      if (chunk.file_path) throw new Damaged(`the column ${column.name} stands in another file`)
      const data = countOf(facts.data_page_offset, `the place of ${column.name}`)
      const dictionary = countOf(facts.dictionary_page_offset ?? 0n, `the place of ${column.name}`)
      const from = dictionary > 0 && dictionary < data ? dictionary : data
      const to = from + countOf(facts.total_compressed_size, `the length of ${column.name}`)
      if (from < 4 || to > pagesEnd)
        throw new Damaged(`the column ${column.name} of row group ${group + 1} stands outside the file`)
      return { column, codec: String(facts.codec), from, to }
    }),
  }))
  return { columns, leftOut, groups }
}

function columnsOf(schema: readonly SchemaElement[]): Pick<ParquetFooter, 'columns' | 'leftOut'> {
  const columns: ParquetColumn[] = []
  const leftOut = new Set<string>()
  let next = 1
  let place = 0
  const walk = (above: readonly SchemaElement[], isList: boolean): void => {
    const element = schema[next++]
    if (!element) throw new Damaged('its list of columns breaks off')
    if (above.length > deepest) throw new Damaged(`its columns are nested deeper than ${deepest} levels`)
    const elements = [...above, element]
    const inList = isList || element.repetition_type === 'REPEATED' || element.logical_type?.type === 'VARIANT'
    if (element.num_children) for (let child = 0; child < element.num_children; child++) walk(elements, inList)
    else if (inList) {
      place++
      leftOut.add(elements[0]?.name ?? '')
    } else columns.push({ name: elements.map(({ name }) => name).join('.'), place: place++, elements, element })
  }
  const root = schema[0]
  if (!root) throw new Damaged('it lists no columns')
  for (let child = 0; child < (root.num_children ?? 0); child++) walk([], false)
  return { columns, leftOut: [...leftOut] }
}

function countOf(value: bigint | number, what: string): number {
  const count = Number(value)
  if (!Number.isSafeInteger(count) || count < 0) throw new Damaged(`${what} can not be ${value}`)
  return count
}
