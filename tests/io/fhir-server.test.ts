import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { readServer, type ServerPage } from '../../src/io/fhir-server.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

type Answer = (request: IncomingMessage, own: string) => { status?: number; headers?: Record<string, string>; body: unknown }

async function listen(answer: Answer): Promise<{ base: string; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    const { status = 200, headers = {}, body } = answer(request, base)
    response.writeHead(status, { 'Content-Type': 'application/fhir+json', ...headers })
    response.end(JSON.stringify(body))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { base, seen }
}

async function readAll(base: string, types: readonly string[], token: string | null = null): Promise<ServerPage[]> {
  const pages: ServerPage[] = []
  for await (const page of readServer({ base, types, token, pageSize: 2 }, new AbortController().signal)) pages.push(page)
  return pages
}

const patients = Array.from({ length: 5 }, (_, i) => ({
  resource: { resourceType: 'Patient', id: `p${i}` },
  search: { mode: 'match' },
}))

function paged(request: IncomingMessage, own: string): { body: unknown } {
  const url = new URL(request.url ?? '/', own)
  const from = Number(url.searchParams.get('from') ?? 0)
  const link = from + 2 < patients.length ? [{ relation: 'next', url: `${own}/Patient?from=${from + 2}` }] : []
  return {
    body: { resourceType: 'Bundle', type: 'searchset', total: patients.length, entry: patients.slice(from, from + 2), link },
  }
}

test('every page of a search is read, in order, with the token', async () => {
  const { base, seen } = await listen(paged)
  const pages = await readAll(base, ['Patient'], 'secret')
  expect(pages.map((page) => page.resources)).toEqual([2, 2, 1])
  expect(
    pages
      .map((page) => page.lines)
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id),
  ).toEqual(['p0', 'p1', 'p2', 'p3', 'p4'])
  expect(seen.every((request) => request.headers.authorization === 'Bearer secret')).toBe(true)
})

test('a next page on another origin is not followed, and the token does not go there', async () => {
  const other = await listen(() => ({ body: { resourceType: 'Bundle' } }))
  const { base } = await listen(() => ({
    body: { resourceType: 'Bundle', entry: [], link: [{ relation: 'next', url: `${other.base}/Patient?page=2` }] },
  }))
  await expect(readAll(base, ['Patient'], 'secret')).rejects.toThrow(/another origin/)
  expect(other.seen).toEqual([])
})

test('a redirect to another origin is not followed', async () => {
  const other = await listen(() => ({ body: { resourceType: 'Bundle' } }))
  const { base } = await listen(() => ({ status: 302, headers: { Location: `${other.base}/Patient` }, body: {} }))
  await expect(readAll(base, ['Patient'], 'secret')).rejects.toThrow(/could not be reached/)
  expect(other.seen).toEqual([])
})

test('a page that names itself as the next one ends with a sentence', async () => {
  const { base } = await listen((request, own) => ({
    body: { resourceType: 'Bundle', entry: [], link: [{ relation: 'next', url: `${own}${request.url}` }] },
  }))
  await expect(readAll(base, ['Patient'])).rejects.toThrow(/endless loop/)
})

test('two pages that name each other as the next one end with a sentence', async () => {
  const { base, seen } = await listen((request, own) => {
    const other = request.url?.includes('page=b') ? 'a' : 'b'
    return { body: { resourceType: 'Bundle', entry: [], link: [{ relation: 'next', url: `${own}/Patient?page=${other}` }] } }
  })
  await expect(readAll(base, ['Patient'])).rejects.toThrow(/endless loop/)
  expect(seen.length).toBeLessThan(5)
})

test('a server that gives fewer resources than it claims is named with both numbers', async () => {
  const { base } = await listen(() => ({ body: { resourceType: 'Bundle', total: 7, entry: patients } }))
  expect((await readAll(base, ['Patient'])).map((page) => page.short)).toEqual([
    expect.stringMatching(/says that it has 7 Patient resources, and gave 5/),
  ])
  const honest = await listen(paged)
  expect((await readAll(honest.base, ['Patient'])).map((page) => page.short)).toEqual([null, null, null])
})

test('refusals and wrong answers become sentences without the query', async () => {
  const refused = await listen(() => ({ status: 401, body: { resourceType: 'OperationOutcome' } }))
  await expect(readAll(refused.base, ['Patient'])).rejects.toThrow(/refused access \(HTTP 401\)/)
  const wrong = await listen(() => ({ body: { resourceType: 'CapabilityStatement' } }))
  await expect(readAll(wrong.base, ['Patient'])).rejects.toThrow(/not with a search Bundle/)
  await expect(readAll(wrong.base, ['Patient'])).rejects.not.toThrow(/_count/)
})

test('a cancelled read stops between pages', async () => {
  const { base, seen } = await listen(paged)
  const controller = new AbortController()
  const pages: ServerPage[] = []
  await expect(async () => {
    for await (const page of readServer({ base, types: ['Patient'], token: null, pageSize: 2 }, controller.signal)) {
      pages.push(page)
      controller.abort()
    }
  }).rejects.toThrow('Cancelled')
  expect(pages).toHaveLength(1)
  expect(seen).toHaveLength(1)
})
