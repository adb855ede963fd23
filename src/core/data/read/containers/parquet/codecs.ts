/** How the pages of a Parquet file are packed. */
/// <reference path="./compressors.d.ts" />
import { decompress } from 'fzstd'
import { snappyUncompress } from 'hyparquet'
import { decompressBrotli } from 'hyparquet-compressors/src/brotli.js'
import { gunzip } from 'hyparquet-compressors/src/gzip.js'
import { decompressLz4, decompressLz4Raw } from 'hyparquet-compressors/src/lz4.js'
import { Damaged } from '../unpacked/damaged.ts'

type Codec = (packed: Uint8Array, length: number) => Uint8Array

const codecs: Readonly<Record<string, Codec>> = {
  UNCOMPRESSED: (packed) => packed,
  SNAPPY: (packed, length) => {
    const page = new Uint8Array(length)
    snappyUncompress(packed, page)
    return page
  },
  GZIP: (packed, length) => gunzip(packed, new Uint8Array(length)),
  BROTLI: decompressBrotli,
  ZSTD: (packed, length) => decompress(packed, new Uint8Array(length)),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
}

/** Unpacks one page. @param length bytes that must come out */
export function unpacked(codec: string, packed: Uint8Array, length: number): Uint8Array {
  const unpack = codecs[codec]
  if (!unpack) throw new Damaged(`its pages are packed by ${codec}, which is not read`)
  const page = unpack(packed, length)
  if (page.length !== length) throw new Damaged(`a page of ${length} bytes unpacks to ${page.length}`)
  return page
}
