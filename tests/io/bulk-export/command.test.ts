/** `validate URL --export`, up to the point where the files are checked. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ExportOptions, fetchExport } from '../../../src/cli/data/validate/export.ts'
import { namedInputs } from '../../../src/io/files/named-inputs.ts'
import { bulkServer, closeServers } from './bulk-server.ts'

let folder: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'carryover-export-')), 'export')
  process.env.TEST_FHIR_TOKEN = 'secret-token'
})

afterEach(async () => {
  await closeServers()
  rmSync(join(folder, '..'), { recursive: true, force: true })
  delete process.env.TEST_FHIR_TOKEN
})

const patients = '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n'

function options(more: Partial<ExportOptions> = {}): ExportOptions {
  const none = { type: [], typeFilter: [], alsoFrom: [] }
  return { export: 'Patient', out: [folder], tokenEnv: 'TEST_FHIR_TOKEN', quiet: true, ...none, ...more }
}

test('an export lies in its folder, is not fetched twice, and its job holds no token', async () => {
  const server = await bulkServer({ files: [{ type: 'Patient', text: patients }] }, Date.now)
  const fetched = await fetchExport([server.base], options({ out: [folder, 'report.json'], deleteAfter: true }))
  expect(fetched).toEqual({
    names: [join(folder, 'manifest.json'), join(folder, 'Patient.000.ndjson')],
    out: ['report.json'],
  })
  expect(readFileSync(join(folder, 'Patient.000.ndjson'), 'utf8')).toBe(patients)
  expect(server.deleted).toBe(1)
  expect(readdirSync(folder).sort()).toEqual(['Patient.000.ndjson', 'export-job.json', 'manifest.json'])
  const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  expect(kept.join('')).not.toContain('secret-token')
  expect(statSync(join(folder, 'Patient.000.ndjson')).mode & 0o077).toBe(0)
  const asked = server.asked.length
  await fetchExport([server.base], options())
  expect(server.asked).toHaveLength(asked)
  await expect(fetchExport([server.base], options({ type: ['Patient'] }))).rejects.toThrow(/asked for otherwise/)
  expect((await namedInputs([folder])).paths.map((path) => path.slice(folder.length + 1))).toEqual([
    'Patient.000.ndjson',
    'manifest.json',
  ])
})

test('a run that failed is an unread input; run again it fetches what is missing only', async () => {
  const condition = '{"resourceType":"Condition","id":"c"}\n'
  const server = await bulkServer(
    {
      files: [
        { type: 'Patient', text: patients },
        { type: 'Condition', text: condition },
      ],
      before(asked, response) {
        if (asked.path !== '/file/1') return false
        response.writeHead(422).end()
        return true
      },
    },
    Date.now,
  )
  await expect(fetchExport([server.base], options())).rejects.toMatchObject({ exitCode: 3 })
  server.behaviour.before = () => false
  const before = server.asked.length
  const fetched = await fetchExport([server.base], options())
  expect(fetched?.names).toHaveLength(3)
  expect(server.asked.slice(before).map(({ path }) => path)).toEqual(['/fhir/status/1', '/file/1'])
})

test('an interrupt ends it at the server and gives nothing to check', async () => {
  const server = await bulkServer({ files: [{ type: 'Patient', text: patients }], pending: 1e9 }, Date.now)
  server.behaviour.before = (asked) => {
    if (asked.path === '/fhir/status/1' && asked.method === 'GET') setImmediate(() => process.emit('SIGINT'))
    return false
  }
  expect(await fetchExport([server.base], options())).toBeNull()
  expect(server.deleted).toBe(1)
  expect(JSON.parse(readFileSync(join(folder, 'export-job.json'), 'utf8')).state).toBe('cancelled')
})

test.each<[string, readonly string[], Partial<ExportOptions>]>([
  ['--export', ['https://a.example', 'https://b.example'], {}],
  ['--export', ['patients.ndjson'], {}],
  ['--export', ['https://a.example/r4?token=x'], {}],
  ['--token-env', ['https://user:word@a.example'], {}],
  ['--export', ['https://a.example'], { export: 'Everything' }],
  ['--out', ['https://a.example'], { out: [] }],
  ['--since', ['https://a.example'], { since: '2026-01-31' }],
  ['--type', ['https://a.example'], { type: ['patient'] }],
  ['--token-env', ['https://a.example'], { tokenEnv: 'TEST_NOT_SET_ANYWHERE' }],
  ['--also-from', ['https://a.example'], { alsoFrom: ['files.example'] }],
])('wrong use of %s with %j is a sentence', async (flag, names, more) => {
  const wrong = fetchExport(names, options(more))
  await expect(wrong).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(flag) })
})
