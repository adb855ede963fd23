/** `carryover about`: which build this is, what it is made of, and whether its files are those that were built. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Command } from 'commander'
import { type Build, readBuild, sourceWords } from '../../core/values/build.ts'
import { printAside, printOut } from './print.ts'
import { InputError } from './usage-error.ts'

/** Holds the parts of a build, `app`, `library` and `cli`; this file runs in the last. */
const dist = join(dirname(fileURLToPath(import.meta.url)), '..')

export function addAbout(command: Command): void {
  command.addHelpText('after', '\nExample:\n  carryover about\n').action(async () => {
    process.exitCode = await tell()
  })
}

async function tell(): Promise<number> {
  const folder = join(dist, 'app', 'about')
  const bytes = await readFile(join(folder, 'build.json')).catch(() => null)
  const build = bytes === null ? null : readBuild(bytes.toString('utf8'))
  if (bytes === null || build === null)
    throw new InputError(`${join(folder, 'build.json')} is missing or damaged. Run npm run build, or install the release again.`)
  const changed = await changedFiles(build)
  const files = Object.keys(build.files).length
  printOut(
    [
      `Carryover ${build.version}, ${sourceWords(build)}.`,
      `Build     sha256 ${createHash('sha256').update(bytes).digest('hex')}`,
      `Packages  ${build.packages}, named in ${join(folder, 'sbom.cdx.json')}`,
      `Licences  ${join(folder, 'licences.txt')}`,
      changed.length === 0
        ? `Files     all ${files} are as they were built`
        : `Files     ${changed.length} of ${files} differ from the build:`,
      ...changed.map((name) => `  ${name}`),
      '',
    ].join('\n'),
  )
  if (changed.length > 0) printAside('Install the release again: what runs here is not what was built.\n')
  return changed.length > 0 ? 1 : 0
}

/** Files whose bytes are others, or that are gone. A release holds large files of the app compressed alone. */
async function changedFiles(build: Build): Promise<readonly string[]> {
  const changed: string[] = []
  for (const [name, digest] of Object.entries(build.files)) {
    const path = join(dist, name)
    const copies = [await readFile(path).catch(() => null), await unpacked(`${path}.gz`)].filter((each) => each !== null)
    const same = (copy: Uint8Array): boolean => createHash('sha256').update(copy).digest('hex') === digest
    if (copies.length === 0 || !copies.every(same)) changed.push(name)
  }
  return changed
}

/** Null where there is no such file; no bytes where it can not be unpacked. */
async function unpacked(path: string): Promise<Uint8Array | null> {
  const packed = await readFile(path).catch(() => null)
  if (packed === null) return null
  try {
    return gunzipSync(packed)
  } catch {
    return new Uint8Array()
  }
}
