/** The last step of a build: writes what it is made of (CycloneDX), the licences of that, and the digest of each file, into `dist/app/about`. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'
import { componentsOf, licenceProblem } from './components.mjs'
import { writeServiceWorker } from './service-worker.mjs'

const dist = join(root, 'dist')
const about = join(dist, 'app', 'about')

export async function describeBuild() {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const folders = new Set(
    ['app', 'library', 'cli'].flatMap((part) => JSON.parse(readFileSync(join(dist, `.packages-${part}.json`), 'utf8'))),
  )
  const components = componentsOf(folders)
  const problems = components.map(licenceProblem).filter((problem) => problem !== null)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  rmSync(about, { recursive: true, force: true })
  mkdirSync(about)
  write('licences.txt', licencesText(components))
  write('sbom.cdx.json', json(billOfMaterials({ name, version, license }, components)))
  const parts = digests()
  const inApp = Object.entries(parts).flatMap(([file, digest]) =>
    file.startsWith('app/') ? [[file.slice('app'.length), digest]] : [],
  )
  await writeServiceWorker(Object.fromEntries(inApp))
  write('build.json', json({ name, version, ...sourceOf(), packages: components.length, files: digests() }))
}

const write = (name, text) => writeFileSync(join(about, name), text)
const json = (value) => `${JSON.stringify(value, null, 1)}\n`

/** The commit that was built and whether files differed from it; a source archive names it in `CARRYOVER_COMMIT`. */
function sourceOf() {
  const given = process.env.CARRYOVER_COMMIT
  if (given !== undefined) return { commit: given.replace(/\+$/, '') || null, changed: given.endsWith('+') }
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  const head = git('rev-parse', 'HEAD')
  if (head.status !== 0) return { commit: null, changed: false }
  return { commit: head.stdout.trim(), changed: git('status', '--porcelain', '--untracked-files=no').stdout.trim() !== '' }
}

/** SHA-256 of every file as it runs; compressed copies follow from them. */
function digests() {
  const files = ['app', 'library', 'cli'].flatMap((part) =>
    readdirSync(join(dist, part), { recursive: true, encoding: 'utf8' }).map((name) => `${part}/${name.replaceAll('\\', '/')}`),
  )
  const own = files.filter((name) => !name.endsWith('.gz') && statSync(join(dist, name)).isFile())
  return Object.fromEntries(
    own.sort().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(dist, name)))
        .digest('hex'),
    ]),
  )
}

function licencesText(components) {
  const parts = components.map(
    ({ name, version, licence, author, what, text }) =>
      `${name} ${version} (${licence})${what === null ? '' : `: ${what}`}\n\n${text ?? `By ${author}. The package brings no text of its licence.`}`,
  )
  const line = '-'.repeat(78)
  return `Carryover holds code of the packages below, each under its own licence.\n\n${line}\n${parts.join(`\n\n${line}\n`)}\n`
}

/** CycloneDX 1.6, without a time and a random serial number: the same build has the same bill. */
function billOfMaterials({ name, version, license }, components) {
  const purl = (of) => `pkg:npm/${of.name.replace('@', '%40')}@${of.version}`
  const root = {
    type: 'application',
    'bom-ref': purl({ name, version }),
    name,
    version,
    purl: purl({ name, version }),
    licenses: [{ license: { id: license } }],
  }
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: root },
    components: components.map((of) => ({
      type: 'library',
      'bom-ref': purl(of),
      ...(of.name.startsWith('@') ? { group: of.name.split('/')[0] } : {}),
      name: of.name.split('/').at(-1),
      version: of.version,
      ...(of.what === null ? {} : { description: of.what }),
      ...(of.integrity === null ? {} : { hashes: [hashOf(of.integrity)] }),
      licenses: [
        / OR /.test(of.licence) ? { expression: of.licence.replace(/^\((.*)\)$/, '$1') } : { license: { id: of.licence } },
      ],
      purl: purl(of),
    })),
    dependencies: [
      { ref: purl({ name, version }), dependsOn: components.map(purl) },
      ...components.map((of) => ({ ref: purl(of) })),
    ],
  }
}

/** The digest of a package's archive, as its registry and the lock file have it. */
function hashOf(integrity) {
  const [, algorithm, digest] = /^sha(\d+)-([^ ]+)/.exec(integrity)
  return { alg: `SHA-${algorithm}`, content: Buffer.from(digest, 'base64').toString('hex') }
}

if (import.meta.filename === process.argv[1]) await describeBuild()
