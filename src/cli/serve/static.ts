/** `carryover static`: the app as files for any web server, with what makes that server send the security headers. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Command } from 'commander'
import { readBuild } from '../../core/values/build.ts'
import { writeWhole } from '../../io/files/whole-file.ts'
import { isPlainRoot } from '../../io/server/hosts/host.ts'
import { hostFiles, siteFolder } from '../../io/server/hosts/host-files.ts'
import { makeFolder } from '../shell/out-files.ts'
import { printOut } from '../shell/print.ts'
import { UsageError } from '../shell/usage-error.ts'
import { appFolder } from './app-folder.ts'
import { connectOrigin } from './connect-origin.ts'

interface StaticOptions {
  readonly root?: string
  readonly connect: readonly string[]
}

export function addStatic(command: Command): void {
  command
    .argument('<folder>', 'folder to write into: an empty one, or that of an earlier static build')
    .option('--root <path>', 'where the web server will find the app, if not where it is written')
    .option('--connect <origin...>', 'FHIR servers the page may reach, for example https://fhir.example.org', [])
    .addHelpText('after', '\nExample:\n  carryover static riverside-site\n')
    .action(async (folder: string, options: StaticOptions) => writeStatic(folder, options))
}

async function writeStatic(folder: string, options: StaticOptions): Promise<void> {
  const connect = options.connect.map(connectOrigin)
  const site = join(folder, siteFolder)
  // Every server reads slashes, on Windows too.
  const root = options.root ?? resolve(site).split(sep).join('/')
  if (!isPlainRoot(root))
    throw new UsageError(
      `The web server would find the app in "${root}"; quotes, backslashes, braces and $ can not stand in its settings. Name another folder, or --root.`,
    )
  const before = await earlierFiles(folder)
  await makeFolder('static', site)
  const app = appFolder()
  const files = await filesOf(app)
  // The page names the scripts, and the service worker all files: whoever asks meanwhile gets the old ones whole.
  const last = (name: string): number => ['index.html', 'service-worker.js'].indexOf(name)
  for (const name of files.toSorted((a, b) => last(a) - last(b))) await putFile(app, site, name)
  await writeWhole(join(site, 'served.json'), `${JSON.stringify({ connect, sample: false, opened: false })}\n`, false)
  const hosted = { root, files: [...files, 'served.json'], connect }
  for (const { path, text } of hostFiles) await writeWhole(join(folder, path), text(hosted), false)
  const gone = before.filter((name) => !files.includes(name))
  for (const name of gone) for (const path of [name, `${name}.gz`]) await rm(join(site, path), { force: true })
  const width = Math.max(...hostFiles.map(({ server }) => server.length))
  printOut(
    [
      `The app is in ${site}: ${files.length} files. Your web server reads one of these:`,
      ...hostFiles.map(({ server, path }) => `  ${server.padEnd(width)}  ${join(folder, path)}`),
      ...(connect.length > 0 ? [`The page may reach ${connect.join(', ')} and no other server.`] : []),
      'When it serves the app, carryover serve --check ADDRESS proves its headers.',
      '',
    ].join('\n'),
  )
}

/** Names of what an earlier static build wrote; a folder with anything else in it is left alone. */
async function earlierFiles(folder: string): Promise<readonly string[]> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new UsageError(`static got "${folder}", which can not be read as a folder.`)
  })
  if (there.length === 0) return []
  const text = await readFile(join(folder, siteFolder, 'about', 'build.json'), 'utf8').catch(() => null)
  const build = text === null ? null : readBuild(text)
  if (build === null)
    throw new UsageError(
      `static got "${folder}", which holds other files. Name an empty folder, or that of an earlier static build.`,
    )
  // Only what lies inside: the list is a file that anybody may have changed.
  return Object.keys(build.files).flatMap((name) => /^app\/(?!.*(?:^|\/)\.\.(?:\/|$))(.+)$/.exec(name)?.[1] ?? [])
}

/** A release holds large files in their compressed form alone. */
async function filesOf(app: string): Promise<readonly string[]> {
  const entries = await readdir(app, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(app.length + 1)
        .replaceAll('\\', '/'),
    )
  return [...new Set(names.map((name) => name.replace(/\.gz$/, '')))].sort()
}

async function putFile(app: string, site: string, name: string): Promise<void> {
  const packed = await readFile(join(app, `${name}.gz`)).catch(() => null)
  const plain = await readFile(join(app, name)).catch((error: unknown) => {
    if (packed === null) throw error
    return gunzipSync(packed)
  })
  await mkdir(dirname(join(site, name)), { recursive: true })
  if (packed !== null) await writeWhole(join(site, `${name}.gz`), packed, false)
  await writeWhole(join(site, name), plain, false)
}
