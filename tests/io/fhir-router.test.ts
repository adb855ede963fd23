/** The search client against a real server in a process of its own; its packages come with `npm run bench` and are not needed otherwise. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readServer, type ServerPage } from '../../src/io/fhir-server.ts'

const script = fileURLToPath(new URL('../bench/fhir/router-server.mjs', import.meta.url))
const isHere = existsSync(new URL('../bench/node_modules/@medplum/fhir-router/', import.meta.url))

let server: ChildProcess | null = null
let base = ''

beforeAll(async () => {
  if (!isHere) return
  const started = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  server = started
  base = await new Promise((resolve, reject) => {
    started.stdout.once('data', (text) => resolve(String(text).trim()))
    started.once('exit', () => reject(new Error('the server did not start')))
  })
})
afterAll(() => {
  server?.kill()
})

async function create(resource: { readonly resourceType: string; readonly [member: string]: unknown }): Promise<void> {
  const body = JSON.stringify(resource)
  const headers = { 'Content-Type': 'application/fhir+json' }
  const response = await fetch(`${base}/${resource.resourceType}`, { method: 'POST', headers, body })
  expect(response.status).toBe(201)
}

async function pages(types: readonly string[]): Promise<ServerPage[]> {
  const all: ServerPage[] = []
  for await (const page of readServer({ base, types, token: 'secret', pageSize: 20 }, new AbortController().signal))
    all.push(page)
  return all
}

test.skipIf(!isHere)('resources of a server are read by search, and a server that holds some back is told so', async () => {
  for (let i = 0; i < 30; i++) {
    await create({ resourceType: 'Patient', name: [{ family: `Example${i}` }] })
    if (i < 5) await create({ resourceType: 'Condition', subject: { display: `Example${i}` } })
  }
  const read = await pages(['Patient', 'Condition', 'Immunization'])
  const of = (type: string): ServerPage[] => read.filter((page) => page.type === type)
  const families = of('Patient').flatMap(({ lines }) =>
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).name[0].family),
  )
  expect(new Set(families).size).toBe(families.length)
  expect(of('Condition').reduce((sum, { resources }) => sum + resources, 0)).toBe(5)
  expect(of('Immunization').every(({ resources }) => resources === 0)).toBe(true)
  // This server has no further pages: what it keeps back is not passed over.
  const short = of('Patient').at(-1)?.short ?? null
  if (families.length < 30) expect(short).toMatch(/says that it has 30 Patient resources, and gave \d+/)
  else expect(short).toBeNull()
})

test.skipIf(!isHere)('an address where the server has nothing ends with a sentence', async () => {
  const request = { base: `${base}/no/such/place`, types: ['Patient'], token: null, pageSize: 20 }
  const read = readServer(request, new AbortController().signal)
  await expect(read.next()).rejects.toThrow(/\/no\/such\/place\/Patient answered HTTP 4\d\d/)
})
