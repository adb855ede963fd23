/** A release: what is in it, under which licences, and that it runs where nothing else is installed. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consumersOf, mostLines } from './consumers.ts'
import { filesBelow, type InstalledRelease, installRelease, root } from './installed-release.ts'
import { recipesOf } from './recipes.ts'

interface Component {
  readonly name: string
  readonly group?: string
  readonly version: string
  readonly purl: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly licenses: readonly ({ readonly license: { readonly id: string } } | { readonly expression: string })[]
}
interface Locked {
  readonly version: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
  readonly dev?: boolean
}
const { licenceProblem } = (await import(new URL('../../scripts/release/components.mjs', import.meta.url).href)) as {
  licenceProblem: (component: { name: string; version: string; licence: string | null }) => string | null
}

let release: InstalledRelease
beforeAll(() => {
  release = installRelease()
})
afterAll(() => release.remove())

const json = <T>(...path: readonly string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T

test('it brings no package, no compiled code and no script, and stays within 25 MB', () => {
  const { names, bytes } = filesBelow(join(release.folder, 'node_modules'))
  expect(new Set(names.map((name) => name.split('/')[0]).filter((name) => !name?.startsWith('.')))).toEqual(
    new Set(['carryover']),
  )
  expect(names.filter((name) => /\.node$|binding\.gyp$|(?<!\.d)\.ts$|\.(?:tsx|map)$/.test(name))).toEqual([])
  expect(bytes).toBeLessThanOrEqual(25_000_000)
  const { scripts = {}, dependencies } = json<{ scripts?: Readonly<Record<string, string>>; dependencies?: object }>(
    release.home,
    'package.json',
  )
  expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual([])
  expect(dependencies).toBeUndefined()
  console.log(`tarball ${names.length} files, ${(bytes / 1e6).toFixed(1)} MB installed, 1 package`)
})

test('no package beside it, the optional ones of the team server included, runs a script when it is installed', () => {
  const { packages } = json<{ packages: Readonly<Record<string, Locked>> }>(root, 'package-lock.json')
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true)
  const scripted = shipped.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path.split('/').at(-1))
  // Beside the queue alone: it looks for a binary that was built for this machine, and its package does without.
  expect(scripted.filter((name) => name !== 'msgpackr-extract')).toEqual([])
})

test('the list of components is CycloneDX, agrees with the lock file, and every licence is allowed', () => {
  const about = join(release.home, 'dist', 'app', 'about')
  const bill = json<{ bomFormat: string; specVersion: string; components: readonly Component[] }>(about, 'sbom.cdx.json')
  expect([bill.bomFormat, bill.specVersion]).toEqual(['CycloneDX', '1.6'])
  const { packages } = json<{ packages: Readonly<Record<string, Locked>> }>(root, 'package-lock.json')
  const licences = readFileSync(join(about, 'licences.txt'), 'utf8')
  const names = bill.components.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`))
  for (const [index, component] of bill.components.entries()) {
    const full = names[index] ?? ''
    const locked = Object.entries(packages).filter(
      ([path, { version }]) => path.endsWith(`node_modules/${full}`) && version === component.version,
    )
    const digests = locked.map(([, { integrity = '' }]) => Buffer.from(integrity.split('-')[1] ?? '', 'base64').toString('hex'))
    expect(digests, full).toContain(component.hashes?.[0]?.content)
    expect(component.purl).toBe(`pkg:npm/${full.replace('@', '%40')}@${component.version}`)
    expect(licences).toContain(`\n${full} ${component.version} (`)
    const [licence] = component.licenses
    const id = licence && ('license' in licence ? licence.license.id : licence.expression)
    expect(licenceProblem({ name: full, version: component.version, licence: id ?? null })).toBeNull()
  }
  // Code of these runs in page, workers and command line; what only types or tests need is not in it.
  for (const name of ['react-dom', 'hono', 'commander', 'ajv', 'yjs', '@noble/hashes', '@fontsource-variable/inter'])
    expect(names).toContain(name)
  expect(names.filter((name) => /^@types\/|^vite|^typescript$|playwright|^fhirpath$/.test(name))).toEqual([])
})

test('a licence that is not on the list stops the build', () => {
  const under = (licence: string | null) => licenceProblem({ name: 'some', version: '1.0.0', licence })
  expect(under('MIT')).toBeNull()
  expect(under('(GPL-3.0-only OR Apache-2.0)')).toBeNull()
  for (const licence of ['GPL-3.0-only', 'SEE LICENSE IN LICENSE.md', null])
    expect(under(licence)).toContain('some 1.0.0 is under')
})

test('every verb loads, a table is validated, and the files are those of the build', () => {
  const verbs = [...release.run('--help').out.matchAll(/^ {2}([a-z]+) +(?:\[|\w)/gm)].map(([, name = '']) => name)
  expect(verbs.length).toBeGreaterThanOrEqual(19)
  for (const verb of verbs) expect(release.run(verb, '--help'), verb).toMatchObject({ code: 0, err: '' })
  expect(release.run('example', '--files', '--out', 'samples')).toMatchObject({ code: 0, err: '' })
  const { code, out } = release.run('validate', 'samples/data/patients.csv', '--format', 'json', '--fail-on', 'never')
  expect(code).toBe(0)
  expect(json(root, 'package.json')).toMatchObject({ version: JSON.parse(out).tool.version })
  expect(release.run('about')).toMatchObject({ code: 0, out: expect.stringContaining('are as they were built') })
})

test('it is a library for strict TypeScript and plain JavaScript, in Node and in what Vite builds', () => {
  const said = consumersOf(release)
  expect(said).toEqual({
    'node.ts': '4 true true',
    'node.mjs': 'true true 5 true',
    'page.ts': 'data/fhir-calendar data/fhir-invariant data/unique-key data/header',
    'page.js': 'data/unique-key 1',
  })
  console.log(`library ${Object.keys(said).length} consumers of at most ${mostLines} lines ran against the packed release`)
})

test('every recipe of the page does what the page says', ({ skip }) => {
  const said = recipesOf(release)
  expect(Object.fromEntries([...said].filter(([, text]) => text !== null))).toMatchObject({
    'A pipeline of checks 1 (sh)': expect.stringContaining('invented files in samples'),
    'A pipeline of checks 2 (js)': expect.stringContaining('data/date-format born: 1'),
    'dbt and Airflow 1 (python)': expect.stringMatching(/code 1$/),
    'The import gate of a FHIR server 1 (js)': '200 OperationOutcome\n422 OperationOutcome',
  })
  expect(readFileSync(join(release.folder, 'checks.xml'), 'utf8')).toContain('<testsuite')
  const notebook = said.get('A notebook 1 (python)')
  if (notebook === null) skip('the notebook recipe needs python3')
  expect(notebook).toContain('data/date-format born 1')
})

test('its export map hides everything else', () => {
  const ask = (name: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', `await import('${name}')`], {
      cwd: release.folder,
      encoding: 'utf8',
    })
  expect(ask('carryover').status).toBe(0)
  for (const name of ['carryover/dist/cli/carryover.js', 'carryover/dist/library/carryover.js', 'carryover/library'])
    expect(ask(name).stderr, name).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED')
})

test('it serves the app, its workers and its sample, compressed and plain', async () => {
  const program = join(release.home, 'bin', 'carryover.mjs')
  const server = spawn(process.execPath, [program, 'serve', '--no-open', '--port', '0'], {
    cwd: release.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = ''
      server.stdout.on('data', (chunk) => {
        said += chunk
        const [url] = /http:\/\/\S+/.exec(said) ?? []
        if (url !== undefined) resolve(url)
      })
      server.on('exit', (code) => reject(new Error(`serve ended with code ${code}`)))
    })
    // The first answer may bring a cookie that later ones ask for.
    const page = await fetch(address)
    const cookie = page.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    expect(await page.text()).toContain('<div id=')
    const built = filesBelow(join(root, 'dist', 'app')).names.filter((name) =>
      /^(?:workers\/[^/]+\.js|sample\/index\.json|about\/build\.json)$/.test(name),
    )
    expect(built.length).toBeGreaterThan(20)
    for (const name of built)
      for (const accepted of ['gzip', 'identity']) {
        const answer = await fetch(new URL(name, new URL('/', address)), {
          headers: { 'Accept-Encoding': accepted, Cookie: cookie },
        })
        expect(Buffer.from(await answer.arrayBuffer()).equals(readFileSync(join(root, 'dist', 'app', name))), name).toBe(true)
      }
    expect(existsSync(join(release.home, 'dist', 'app', built[0] ?? ''))).toBe(built[0]?.startsWith('about/') ?? false)
  } finally {
    server.kill()
  }
})
