/** Projects of others that use an installed release as a library: compiled, built and run as their authors would. */
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { appendEntries } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import { type InstalledRelease, root } from './installed-release.ts'

const sources = join(root, 'tests', 'scripts', 'consumers')
const packages = join(root, 'node_modules')

/** Most lines that a consumer needs, without the sentence on top. */
export const mostLines = 15

/** What each consumer says. */
export function consumersOf({ folder }: InstalledRelease): Readonly<Record<string, string>> {
  cpSync(join(root, 'samples'), join(folder, 'samples'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const name of readdirSync(sources)) {
    const text = readFileSync(join(sources, name), 'utf8')
    if (text.trimEnd().split('\n').length - 1 > mostLines) throw new Error(`${name} has more than ${mostLines} lines`)
    writeFileSync(join(folder, name), text)
  }
  const acts = ['project-created', 'salt-set'].map((action, counter) => ({
    ...{ device: 'd1', time: { wall: '2026-03-01T10:00:00Z', counter }, actor: 'ada', action, object: 'carryover.json' },
    digest: `sha256:${'0'.repeat(64)}`,
  }))
  writeFileSync(join(folder, 'ledger.jsonl'), appendEntries([], acts).map(ledgerLine).join(''))
  compile(folder, 'node.ts', { module: 'nodenext', types: ['node'], lib: ['es2023'] })
  compile(folder, 'page.ts', { module: 'esnext', moduleResolution: 'bundler', types: [], lib: ['es2023', 'dom'] })
  return {
    'node.ts': run(folder, join(folder, 'out', 'node.js')),
    'node.mjs': run(folder, join(folder, 'node.mjs')),
    ...Object.fromEntries(['page.ts', 'page.js'].map((name) => [name, page(folder, name)])),
  }
}

/** Strict, the types of the release included. */
function compile(folder: string, file: string, more: object): void {
  const compilerOptions = {
    ...{ target: 'es2023', strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
    ...{ outDir: 'out', rootDir: '.', typeRoots: [join(packages, '@types')], ...more },
  }
  const config = join(folder, `tsconfig.${file}.json`)
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }))
  run(folder, join(packages, 'typescript', 'bin', 'tsc'), '-p', config)
}

/** Bundled by Vite for a page, with everything that is loaded later; the script needs no document and runs here. */
function page(folder: string, file: string): string {
  const outDir = join(folder, `built-${file}`)
  const config = join(folder, `vite.${file}.config.mjs`)
  const build = { outDir, target: 'es2023', lib: { entry: file, formats: ['es'], fileName: 'page' } }
  writeFileSync(config, `export default ${JSON.stringify({ logLevel: 'error', build })}`)
  run(folder, join(packages, 'vite', 'bin', 'vite.js'), 'build', '--config', config)
  const entry = JSON.stringify(pathToFileURL(join(outDir, 'page.js')).href)
  return run(folder, '--input-type=module', '-e', `await import(${entry}); console.log(globalThis.said.join(' '))`)
}

function run(cwd: string, ...words: readonly string[]): string {
  const done = spawnSync(process.execPath, words, { cwd, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${`${done.stdout}${done.stderr}`.slice(-2000)}`)
  return done.stdout.trim()
}
