import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packProject } from '../../src/core/project/format/bundle.ts'
import { readProject } from '../../src/io/store/store-node.ts'
import { carryover, root, writeSample } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-'))
const clinic = join(folder, 'riverside')

beforeAll(() => {
  expect(writeSample('--out', clinic, '--patients', '420').code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Document {
  readonly partial: boolean
  readonly inputs: readonly { readonly records: number; readonly encoding: string | null; readonly sha256: string | null }[]
  readonly summary: Readonly<Record<string, number>>
  readonly findings: readonly { readonly code: string; readonly field: string | null; readonly count: number }[]
}

function checked(path: string): Document {
  const { code, out } = carryover('validate', path, '--format', 'json', '--quiet')
  expect(code).toBe(1)
  return JSON.parse(out) as Document
}

test('a project folder is checked with its own sides, schemas and choices of reading', () => {
  const sources = JSON.parse(readFileSync(join(clinic, 'data/sources.json'), 'utf8')) as readonly {
    readonly records: number
    readonly sha256: string
  }[]
  const result = checked(clinic)
  expect(result.inputs.map(({ records, sha256 }) => [records, `sha256:${sha256}`])).toEqual(
    sources.map(({ records, sha256 }) => [records, sha256]),
  )
  expect(new Set(result.inputs.map(({ encoding }) => encoding))).toContain('windows-1252')
  expect(result.findings.map(({ code }) => code)).toContain('data/fhir-reference-missing')
})

test('a .carryover file, which holds no patient data, is checked with the files that stand beside it', async () => {
  const file = join(clinic, 'riverside.carryover')
  writeFileSync(file, packProject(await readProject(clinic)))
  const strip = ({ summary, findings }: Document) => ({ summary, findings })
  expect(strip(checked(file))).toEqual(strip(checked(clinic)))
  rmSync(file)
})

test('a project is judged with the packages it keeps, each source with its own profiles', () => {
  const sources = join(clinic, 'data/sources.json')
  const before = readFileSync(sources, 'utf8')
  const url = 'urn:example:reachable'
  const definition = {
    resourceType: 'StructureDefinition',
    url,
    kind: 'resource',
    type: 'Patient',
    derivation: 'constraint',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    differential: { element: [{ id: 'Patient.photo', path: 'Patient.photo', min: 1 }] },
  }
  const kept = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: definition }] }
  const path = join(clinic, 'schemas/clinic.package.json')
  writeFileSync(path, JSON.stringify(kept))
  const entries = JSON.parse(before) as readonly { readonly table: string; readonly format: string }[]
  const chosen = entries.map((entry) =>
    entry.format === 'ndjson' && entry.table === 'Patient' ? { ...entry, profiles: [url] } : entry,
  )
  expect(chosen).not.toEqual(entries)
  writeFileSync(sources, JSON.stringify(chosen))
  const asked = JSON.stringify(checked(clinic).findings)
  writeFileSync(sources, before)
  rmSync(path)
  expect(asked).toContain('Patient.photo')
})

test('a source that is gone is named, and nothing is checked without it', () => {
  const path = join(clinic, 'private/legacy/notes.csv')
  renameSync(path, `${path}.away`)
  const { code, err } = carryover('validate', clinic, '--quiet')
  renameSync(`${path}.away`, path)
  expect(code).toBe(3)
  expect(err).toContain('notes.csv')
})

test('an interrupt ends the run with 130 and a result that says it is not whole', async () => {
  const extract = join(folder, 'extract.csv')
  expect(writeSample('--extract', String(40 << 20), '--out', extract).code).toBe(0)
  const args = [join(root, 'dist/cli/carryover.js'), 'validate', extract, '--schema', join(folder, 'extract.schema.json')]
  const run = spawn(process.execPath, [...args, '--format', 'json'], { cwd: root })
  let out = ''
  let err = ''
  run.stdout.on('data', (text) => {
    out += text
  })
  // The first line of progress says that reading has begun.
  run.stderr.on('data', (text) => {
    if (err === '') run.kill('SIGINT')
    err += text
  })
  const code = await new Promise((resolve) => run.on('close', resolve))
  expect(code).toBe(130)
  expect(err).toContain('Interrupted')
  const result = JSON.parse(out) as Document
  expect(result.partial).toBe(true)
  expect(result.inputs[0]).toMatchObject({ status: 'partial' })
})
