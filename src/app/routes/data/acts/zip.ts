/** Many files as one download, packed piece by piece as they come: a browser hands out no more than a handful of files by itself. */
import { Zip, ZipPassThrough } from 'fflate'

/** Above this a reader of plain zip archives finds no file any more. */
const mostZipBytes = 0xf000_0000

/** The earliest moment a zip can name, so that equal files give equal bytes. */
const fixedTime = new Date(1980, 0, 1)

export interface Packing {
  add(path: string, bytes: Uint8Array): void
  /** The archive; nothing can be added after. */
  end(): Blob
}

/** Stores without compressing: that would hold up the page, and the receiver unpacks at once. @throws RangeError when it grows beyond 4 GB */
export function startZip(): Packing {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const entries = new Map<string, ZipPassThrough>()
  let size = 0
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    parts.push(new Uint8Array(bytes))
  })
  return {
    add(path, bytes) {
      size += bytes.length
      if (size > mostZipBytes) throw new RangeError('the files are larger than 4 GB together; write them with `carryover map`')
      let entry = entries.get(path)
      if (!entry) {
        entry = new ZipPassThrough(path)
        entry.mtime = fixedTime
        entries.set(path, entry)
        zip.add(entry)
      }
      entry.push(bytes, false)
    },
    end() {
      for (const entry of entries.values()) entry.push(new Uint8Array(0), true)
      zip.end()
      return new Blob(parts, { type: 'application/zip' })
    },
  }
}
