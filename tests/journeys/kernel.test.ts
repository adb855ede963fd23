/** Workers under the policy that the server sends: the SIMD kernel runs where it is allowed, and without it the result is the same. */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMapping } from '../../src/core/data/crosswalk/mapping/mapping.ts'
import { headersFor } from '../../src/io/server/headers.ts'
import { chromiumPath } from './browser.ts'

const folder = fileURLToPath(new URL('../../dist/app', import.meta.url))
const names = readdirSync(join(folder, 'workers'))
/** Stands behind each worker's script: counts the modules that are compiled, and tells how many. */
const counting = `
const { Module } = WebAssembly
let compiled = 0
WebAssembly.Module = class extends Module { constructor(code) { super(code); compiled++ } }
addEventListener('message', ({ data }) => data === 'compiled' && postMessage({ compiled }))
`

const head = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by\n'
const lines = [
  'people,mrn,copy,role=key,person.id,,confirmed,,A',
  'people,family,copy,,person.family,yes,confirmed,,A',
  'people,born,copy,,person.born,,confirmed,,A',
]
const { mapping } = readMapping(new Map([['mapping/fields.csv', new TextEncoder().encode(`${head}${lines.join('\n')}\n`)]]))
const people = `mrn,family,given,born,sex\n${Array.from({ length: 2000 }, (_, i) => {
  const family = i % 3 === 0 ? `"Ölaf ""${i % 7}"",\nlate"` : `Brand${i % 400}`
  return `${100000 + i},${family},Ada,19${10 + (i % 80)}-0${1 + (i % 9)}-11,F\n`
}).join('')}`

const input = (side: string | null) => ({ side, format: null, table: 'people', reading: {}, schema: null })
const given: Readonly<Record<string, { readonly inputs: readonly object[]; readonly mapping?: typeof mapping }>> = {
  profile: { inputs: [input(null)] },
  link: { inputs: [input(null)] },
  map: { inputs: [input('legacy')], mapping },
  reconcile: { inputs: [input('legacy'), { ...input('target'), table: 'person' }], mapping },
}

let browser: Browser
let page: Page
let server: Server
/** True while the server leaves WebAssembly out of every policy. */
let isWithout = false

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x')
    if (!pathname.endsWith('.js')) {
      // It has no policy, so that the test may start any worker; that of the worker comes with its script.
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Workers</title>')
      return
    }
    const headers = headersFor(pathname)
    const policy = headers['Content-Security-Policy'] ?? ''
    response.writeHead(200, {
      ...headers,
      'Content-Security-Policy': isWithout ? policy.replace(" 'wasm-unsafe-eval'", '') : policy,
      'Content-Type': 'text/javascript',
    })
    response.end(readFileSync(join(folder, pathname), 'utf8') + (/\.worker-[^/]+\.js$/.test(pathname) ? counting : ''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  if (chromiumPath === null) throw new Error('No browser: set CHROMIUM')
  browser = await chromium.launch({ executablePath: chromiumPath, headless: true, args: ['--no-sandbox', '--disable-gpu'] })
  page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
})

afterAll(async () => {
  await browser.close()
  server.close()
})

interface Answer {
  readonly updates?: readonly { readonly kind: string; readonly value?: unknown }[]
  readonly error?: { readonly message: string }
}

/** Maps as what the page makes maps of again: the browser is given text. */
const packed = (value: object): string =>
  JSON.stringify(value, (_, one: unknown) => (one instanceof Map ? { ofMap: [...one] } : one))

/** In the page: one run of a worker by the words of its bridge; its result as text, and the modules it compiled. */
async function runInPage([script, text, words]: readonly [string, string, string]): Promise<{
  readonly result: string
  readonly compiled: number
}> {
  const worker = new Worker(script, { type: 'module' })
  const heard = <T>(
    message: unknown,
    isIt: (data: { readonly id?: string; readonly compiled?: number }) => T | null,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message))
      worker.addEventListener('message', ({ data }) => {
        const found = isIt(data)
        if (found !== null) resolve(found)
      })
      worker.postMessage(message)
    })
  const call = (name: string, value: unknown): Promise<{ readonly value: unknown }> => {
    const id = `${name} ${Math.random()}`
    const message = { id, type: 'APPLY', path: [name], argumentList: [{ type: 'RAW', value }] }
    return heard(message, (data) => (data.id === id ? (data as { readonly value: unknown }) : null))
  }
  const plain = (_: string, value: unknown): unknown =>
    value instanceof Map || value instanceof Set ? [...value] : typeof value === 'bigint' ? String(value) : value
  const unpacked = (_: string, value: { readonly ofMap?: [unknown, unknown][] } | null): unknown =>
    value?.ofMap ? new Map(value.ofMap) : value
  const asked = JSON.parse(words, unpacked) as { readonly inputs: readonly object[] }
  try {
    const inputs = asked.inputs.map((one) => ({ ...one, file: new File([text], 'people.csv') }))
    const run = (await call('begin', { ...asked, inputs })).value
    for (;;) {
      const { updates = [], error } = (await call('pull', run)).value as Answer
      if (error) throw new Error(error.message)
      const last = updates.find(({ kind }) => kind === 'result')
      if (!last) continue
      const compiled = await heard('compiled', (data) => data.compiled ?? null)
      return { result: JSON.stringify(last.value, plain), compiled }
    }
  } finally {
    worker.terminate()
  }
}

describe.skipIf(chromiumPath === null)('the kernel in workers', () => {
  test.each(Object.keys(given))('%s indexes by the kernel, and reads the same without it', async (name) => {
    const script = names.find((file) => file.startsWith(`${name}.worker-`) && file.endsWith('.js'))
    const ask = [`/workers/${script}`, people, packed(given[name] ?? {})] as const
    isWithout = false
    const withKernel = await page.evaluate(runInPage, ask)
    isWithout = true
    const without = await page.evaluate(runInPage, ask)
    expect(withKernel.compiled).toBe(1)
    expect(without.compiled).toBe(0)
    expect(withKernel.result).toContain('people.csv')
    expect(without.result).toBe(withKernel.result)
  })
})
