/** The simulation in a real browser: the same seed gives the same bits as in Node, whatever is drawn. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { chromiumPath } from './browser.ts'

const entry = join(import.meta.dirname, '..', 'bench', 'simulation', 'bits.ts')

test.skipIf(chromiumPath === null)('same bits in Node and in the browser for every discipline', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-bits-'))
  const engine = join(folder, 'engine.mjs')
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      rollupOptions: { input: entry, output: { entryFileNames: 'engine.mjs' } },
    },
    ssr: { noExternal: true },
  })
  const { results }: { results: () => readonly (readonly number[])[] } = await import(pathToFileURL(engine).href)
  const digest = (of: readonly (readonly number[])[]): string =>
    createHash('sha256')
      .update(Buffer.from(Float64Array.from(of.flat()).buffer))
      .digest('hex')
  const here = results()
  const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const source = `data:text/javascript;base64,${Buffer.from(readFileSync(engine)).toString('base64')}`
    const there = await page.evaluate<readonly (readonly number[])[]>(
      `import(${JSON.stringify(source)}).then((built) => built.results())`,
    )
    expect(there.map((series) => series.length)).toEqual(here.map((series) => series.length))
    expect(here.flat().length).toBeGreaterThan(5000)
    expect(digest(there)).toBe(digest(here))
    process.stdout.write(`same bits: ${here.flat().length} lead times and waits, sha256 ${digest(here).slice(0, 16)}\n`)
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
