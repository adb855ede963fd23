/** Drawings from files of any kind: plain ones at once, packages part by part within a budget, so that a bomb is stopped while it grows. */
import { Damaged } from '../../core/data/read/containers/unpacked/damaged.ts'
import { entryBytes, isZip, readZipDirectory, refusal, type ZipDirectory } from '../../core/data/read/containers/zip.ts'
import { type ByteSource, bytesSource } from '../../core/operation.ts'
import { type Drawing, readDrawing, readPackage } from '../../core/workflow/interop/formats.ts'
import type { PackageParts } from '../../core/workflow/interop/visio.ts'
import type { WorkflowSide } from '../../core/workflow/map/workflow.ts'
import { XmlFault } from '../../core/workflow/xml/xml-fault.ts'
import { longestDrawing } from '../../core/workflow/xml/xml-tree.ts'

/** Parts of one drawing together: a page and its masters are far smaller. */
const mostBytes = 2 * longestDrawing

/** The drawing a file holds, or a sentence that says what it is instead and what to do. */
export async function readDrawingFrom(
  name: string,
  bytes: Uint8Array,
  side: WorkflowSide,
  signal: AbortSignal,
): Promise<Drawing | string> {
  if (!isZip(bytes)) return readDrawing(name, bytes, side)
  const source = bytesSource(name, bytes)
  const directory = await readZipDirectory(source, signal)
  return typeof directory === 'string' ? `${name}: ${directory}` : readPackage(name, partsOf(source, directory, signal), side)
}

function partsOf(source: ByteSource, { entries }: ZipDirectory, signal: AbortSignal): PackageParts {
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  let left = mostBytes
  return {
    has: (path) => byName.has(path),
    async bytes(path) {
      const entry = byName.get(path)
      if (!entry) throw new XmlFault(`The package lacks its part ${path}. Save the drawing again.`, null, true)
      const why = refusal(entry)
      if (why !== null) throw new XmlFault(`${path}: ${why}`, null, true)
      const most = Math.min(left, longestDrawing)
      if (entry.size > most)
        throw new XmlFault(`${path} unpacks to more than ${most >> 20} MB, which no drawing needs.`, null, true)
      try {
        const bytes = await entryBytes(source, entry, most, signal)
        left -= bytes.length
        return bytes
      } catch (error) {
        if (error instanceof Damaged)
          throw new XmlFault(`${path} is damaged: ${error.message}. Save the drawing again.`, null, true)
        throw error
      }
    },
  }
}
