/** Each thing that holds a way out, taken away alone: the self-test refuses patient data every time. And every worker, tried alone. */
import { readdirSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Serving, startServer } from '../../../src/io/server/static-server.ts'
import { type Directive, waysOut } from '../../../src/io/server/ways-out.ts'
import { root } from '../../cli/command-line.ts'
import { chromiumPath, visit } from '../browser.ts'
import { tryWorker, waysOfWorker } from './tried.ts'

let browser: Browser
let serving: Serving
/** Changes the policy of an answer on its way. */
let change: (path: string, policy: string) => string = (_, policy) => policy
const proxy = createServer((asked, answer) => {
  const to = request(
    new URL(asked.url ?? '/', serving.url),
    { headers: { ...asked.headers, host: new URL(serving.url).host } },
    (got) => {
      const policy = change(asked.url ?? '/', String(got.headers['content-security-policy']))
      answer.writeHead(got.statusCode ?? 500, { ...got.headers, 'content-security-policy': policy })
      got.pipe(answer)
    },
  )
  to.end()
})
let address = ''

beforeAll(async () => {
  if (chromiumPath === null) return
  const folder = join(root, 'dist/app')
  serving = await startServer({ folder, host: '127.0.0.1', port: 0, connect: [], sample: false, opened: null })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`
  browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] })
})
afterAll(async () => {
  await browser?.close()
  proxy.close()
  await serving?.close()
})

/** The sentences of the banner where this was done to the page before it opened; empty where patient data may be opened. */
async function refusals(spoil: string | null): Promise<string> {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  try {
    const page = await context.newPage()
    if (spoil !== null) await page.addInitScript(spoil)
    await page.goto(address)
    const banner = page.getByText('Patient data is refused here')
    const local = page.getByText('Local only')
    await banner.or(local).first().waitFor({ timeout: 90_000 })
    return (await banner.count()) === 0 ? '' : await page.getByRole('note').first().innerText()
  } finally {
    await context.close()
  }
}

test.skipIf(chromiumPath === null)(
  'the self-test passes as built, and fails with each one re-opened',
  { timeout: 1_800_000 },
  async () => {
    const missed: string[] = []
    let opened = 0
    const held = async (what: string, spoil: string | null): Promise<void> => {
      opened++
      if ((await refusals(spoil)) === '') missed.push(what)
    }
    expect(await refusals(null)).toBe('')
    const directives = new Set(waysOut.flatMap(({ held }) => (held.by === 'policy' ? [held.directive] : [])))
    for (const directive of directives) {
      change = (path, policy) => (path === '/' ? loosened(policy, directive) : policy)
      await held(`policy of the page, ${directive}`, null)
      change = (path, policy) => (path.startsWith('/workers/') ? loosened(policy, directive) : policy)
      await held(`policy of workers, ${directive}`, null)
    }
    change = (_, policy) => policy
    for (const { name, held: by } of waysOut) {
      if (by.by === 'element') await held(name, elementKept(by.tag))
      if (by.by === 'removal') for (const member of by.members) await held(`${name}: ${member}`, memberKept(member))
    }
    await held(
      'address of a link',
      "Object.defineProperty(Element.prototype, 'setAttribute', { value: Element.prototype.setAttribute, configurable: false, writable: false })",
    )
    console.log(`self-test: ${opened} re-opened one at a time, ${missed.length} not noticed`)
    expect(missed).toEqual([])
  },
)

function loosened(policy: string, directive: Directive): string {
  const others = policy.split('; ').filter((part) => !part.startsWith(`${directive} `))
  return [...others, `${directive} * data: blob:`].join('; ')
}

/** Members that this browser lacks are put there: others have them. */
function memberKept(member: string): string {
  const [owner = '', name] = (member === 'RTC*' ? 'RTCDataChannel' : member).split('.')
  return name === undefined
    ? `Object.defineProperty(globalThis, '${owner}', { value: globalThis['${owner}'] ?? function kept() {}, configurable: false })`
    : `if ('${owner}' in globalThis) Object.defineProperty(${owner}.prototype, '${name}', { value: function kept() {}, configurable: false })`
}

function elementKept(tag: string): string {
  return `{
    const make = Document.prototype.createElement
    const { defineProperty } = Reflect
    Reflect.defineProperty = (owner, name, { value, ...rest }) =>
      owner === Document.prototype && name === 'createElement'
        ? defineProperty(owner, name, { ...rest, value(tag, ...more) { return String(tag) === '${tag}' ? make.call(this, tag) : value.call(this, tag, ...more) } })
        : defineProperty(owner, name, { ...rest, ...(value === undefined ? {} : { value }) })
  }`
}

test.skipIf(chromiumPath === null)('every worker of the build, each way out', { timeout: 900_000 }, async () => {
  const names = readdirSync(join(root, 'dist/app/workers')).filter((name) => name.endsWith('.js'))
  const visited = await visit()
  try {
    // An answer without the app, under the policy of the page: the name of the one trusted policy is free there.
    await visited.page.goto(`${visited.url}none`)
    for (const name of names) {
      const started = visited.page.waitForEvent('worker')
      await visited.page.evaluate((path) => {
        const trusted = (
          globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } } }
        ).trustedTypes
        const held = globalThis as { made?: { createScriptURL(url: string): string } | undefined }
        held.made ??= trusted?.createPolicy('carryover', { createScriptURL: (url: string) => url })
        new Worker(held.made?.createScriptURL(path) ?? path, { type: 'module' })
      }, `/workers/${name}`)
      const worker = await started
      expect([name, await tryWorker(worker)]).toEqual([name, []])
    }
    await visited.page.waitForTimeout(500)
    expect([visited.escaped, visited.silent()]).toEqual([[], 0])
    console.log(`ways out: ${waysOfWorker.length} of each of ${names.length} workers tried, 0 arrived`)
  } finally {
    await visited.end()
  }
})
