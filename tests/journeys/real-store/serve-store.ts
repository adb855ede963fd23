/** Builds and serves the page of the store; each name before `.localhost` is an origin of its own, with a database of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { chromiumPath } from '../browser.ts'

export interface StoreServer {
  readonly port: number
  origin(name: string): string
  close(): Promise<void>
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

export async function serveStore(): Promise<StoreServer> {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-store-page-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('.', import.meta.url)),
    define: { __VERSION__: '"0"' },
    worker: { format: 'es', rollupOptions: { output: { entryFileNames: 'workers/[name].js' } } },
    build: { outDir: folder, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  })
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    readFile(join(folder, path === '/' ? 'index.html' : path)).then(
      (bytes) => response.writeHead(200, { 'Content-Type': types[extname(path) || '.html'] ?? 'text/plain' }).end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: (name) => `http://${name}.localhost:${port}`,
    close: async () => {
      await new Promise((done) => server.close(done))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function openBrowser(profile: string): Promise<BrowserContext> {
  return await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath ?? '',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
  })
}

/** A tab of this origin, with its store open; `quota` is the room of the origin from before the page is there. */
export async function openStore(context: BrowserContext, origin: string, quota?: number): Promise<Page> {
  const page = await context.newPage()
  if (quota !== undefined) await setQuota(page, origin, quota)
  await page.goto(origin)
  await page.waitForFunction(() => 'store' in globalThis)
  return page
}

/** Bytes that the origin may keep; null for as much as the disk has. */
export async function setQuota(page: Page, origin: string, quotaSize: number | null): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Storage.overrideQuotaForOrigin', quotaSize === null ? { origin } : { origin, quotaSize })
}

/** Asks the store of the page. */
export async function ask<T>(page: Page, what: 'save' | 'standing' | 'lacking' | 'restored', given?: number): Promise<T> {
  return await page.evaluate(
    async ([name, value]) => {
      const store: unknown = Reflect.get(globalThis, 'store')
      const method: unknown = typeof store === 'object' && store !== null ? Reflect.get(store, String(name)) : null
      if (typeof method !== 'function') throw new Error(`The page has no ${name}.`)
      return await method(value)
    },
    [what, given] as const,
  )
}
