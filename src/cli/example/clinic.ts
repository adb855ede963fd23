/** The sample clinic as a project in a folder: both sides of its migration, maps, files of the board and the planted truth. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generateRiverside } from '../../../samples/riverside/generate.ts'
import { printOut } from '../shell/print.ts'

export function writeClinic(
  { patients, seed, asOf }: { readonly patients: number; readonly seed: string; readonly asOf: string },
  out: string,
): void {
  const open = new Map<string, number>()
  let bytes = 0
  for (const chunk of generateRiverside({ patients, seed, asOf })) {
    let file = open.get(chunk.path)
    if (file === undefined) {
      mkdirSync(dirname(join(out, chunk.path)), { recursive: true })
      file = openSync(join(out, chunk.path), 'w')
      open.set(chunk.path, file)
    }
    for (let at = 0; at < chunk.bytes.length; ) at += writeSync(file, chunk.bytes, at)
    bytes += chunk.bytes.length
  }
  for (const file of open.values()) closeSync(file)
  printOut(`${open.size} files, ${bytes} bytes, ${patients} patients in ${out}\n`)
}
