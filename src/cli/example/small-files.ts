/** The small files that the documentation reads. They lie beside the built program, in a checkout and in a release. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { printOut } from '../shell/print.ts'
import { UsageError } from '../shell/usage-error.ts'

const folders = ['data', 'fhir', 'review', 'workflow', join('riverside', 'workflows')]

/** Files that are there already stay; a file of the same name with other bytes stops it before anything is written. */
export function writeSmallFiles(out: string): void {
  const from = fileURLToPath(new URL('../../samples', import.meta.url))
  const names = folders.flatMap((folder) =>
    readdirSync(join(from, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /^\.(?:csv|json|ndjson)$/.test(extname(name)))
      .map((name) => join(folder, name)),
  )
  const missing: (readonly [path: string, bytes: Buffer])[] = []
  for (const name of names) {
    const bytes = readFileSync(join(from, name))
    const path = join(out, name)
    if (!existsSync(path)) missing.push([path, bytes])
    else if (!readFileSync(path).equals(bytes)) throw new UsageError(`--out ${out} holds another ${name}; name a new folder.`)
  }
  for (const [path, bytes] of missing) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
  printOut(`${names.length} invented files in ${out}\n`)
}
