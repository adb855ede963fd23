/** The engine in a worker of Chromium beside PapaParse in a worker of the same page, and what a 2 GB file does to the tab. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { needBrowser, rendererMemory } from '../../../scripts/accept/measure.mjs'
import { root } from '../../../scripts/setup.mjs'
import { ratio, row, sameFindings } from './measured.mjs'
import { extract } from './node.mjs'

const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'schema.json'), 'utf8'))
const turns = 3
const megabyte = 1e6
/** The extract so many times in one file: over 2 GB. */
const copies = 9

async function workers() {
  const folder = join(root, '.cache', 'bench', 'page')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    worker: {
      format: 'es',
      rollupOptions: { output: { entryFileNames: 'workers/[name].js', chunkFileNames: 'workers/[name]-[hash].js' } },
    },
    build: {
      target: 'es2023',
      modulePreload: false,
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: {
        input: {
          ours: join(import.meta.dirname, 'page', 'ours.worker.ts'),
          papaparse: join(import.meta.dirname, 'page', 'papaparse.worker.mjs'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  return folder
}

/** A page with one file input, served from the loopback; `work` gets it with the file chosen. */
export async function inPage(path, work) {
  const folder = await workers()
  const server = createServer((request, response) => {
    const [path = ''] = /^\/(?:workers\/)?[\w.-]+$/.exec(request.url ?? '') ?? []
    const file = join(folder, path)
    const isScript = request.url?.endsWith('.js') && existsSync(file)
    // As the server of the program sends it: a worker that is not held back is given no file.
    if (path.startsWith('/workers/'))
      response.setHeader(
        'Content-Security-Policy',
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'",
      )
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? readFileSync(file) : '<!doctype html><title>bench</title><input type="file">')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const profile = mkdtempSync(join(tmpdir(), 'carryover-bench-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: needBrowser(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
  })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(0)
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    await page.setInputFiles('input', path)
    return await work(page)
  } finally {
    await context.close()
    server.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

/** Runs in the page: the chosen file, or so many copies of it in one, through a worker of its own. */
export const runWorker = ([name, schemaOfRun, times = 1]) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(`/${name}.js`, { type: 'module' })
    worker.onerror = (event) => reject(new Error(event.message))
    worker.onmessage = ({ data }) => {
      if (data.seconds === undefined) return
      worker.terminate()
      resolve(data)
    }
    const chosen = document.querySelector('input').files[0]
    const file = times === 1 ? chosen : new File(new Array(times).fill(chosen), 'large.csv')
    worker.postMessage({ file, schema: schemaOfRun })
  })

/** Runs in the page: a file of several copies to its end, then once more until it is stopped in the middle. */
export const runLarge = async ([times, schemaOfRun]) => {
  const file = document.querySelector('input').files[0]
  const large = new File(new Array(times).fill(file), 'large.csv')
  let longest = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration)
  }).observe({ type: 'longtask' })
  const worker = new Worker('/ours.js', { type: 'module' })
  const next = (wanted) =>
    new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message))
      worker.onmessage = ({ data }) => {
        if (wanted(data)) resolve(data)
      }
    })
  worker.postMessage({ file: large, schema: schemaOfRun })
  const { seconds, records } = await next((data) => data.seconds !== undefined)
  worker.postMessage({ file: large, schema: schemaOfRun })
  // In the middle, whatever its size.
  await next((data) => data.done > Math.min(100e6, large.size / 3))
  const asked = performance.now()
  worker.postMessage('stop')
  await next((data) => data.stopped)
  return { bytes: large.size, seconds, records, longest, cancel: performance.now() - asked }
}

export const chromiumParts = {
  chromium: {
    title: 'nine rules over 245 MB in a worker of Chromium; the best of three turns',
    async measure() {
      const file = extract()
      const found = await inPage(file.path, async (page) => {
        const best = new Map()
        for (let turn = 0; turn < turns; turn++)
          for (const [name, script] of [
            ['Carryover', 'ours'],
            ['PapaParse header, rows only', 'papaparse'],
          ]) {
            const now = await page.evaluate(runWorker, [script, schema])
            if (now.seconds < (best.get(name)?.seconds ?? Number.POSITIVE_INFINITY)) best.set(name, now)
          }
        return best
      })
      sameFindings([['Carryover', found.get('Carryover')]], file)
      return {
        table: [...found].map(([name, result]) => row(name, file.bytes, result)),
        ratios: [ratio('against PapaParse', found.get('PapaParse header, rows only'), found.get('Carryover'), 4)],
      }
    },
  },
  large: {
    title: 'nine rules over a file of more than 2 GB in a tab of Chromium',
    async measure() {
      const file = extract()
      let memory = 0
      const watch = setInterval(() => {
        memory = Math.max(memory, rendererMemory())
      }, 100)
      try {
        const { bytes, seconds, records, longest, cancel } = await inPage(file.path, (page) =>
          page.evaluate(runLarge, [copies, schema]),
        )
        if (records !== file.records * copies) throw new Error(`${records} of ${file.records * copies} records were read`)
        return {
          table: [row('Carryover', bytes, { seconds })],
          ratios: [
            { what: 'memory of the tab', value: `${(memory / megabyte).toFixed(0)} MB`, goal: '≤ 300 MB', ok: memory <= 300e6 },
            { what: 'longest task of the page', value: `${longest.toFixed(0)} ms`, goal: '≤ 50 ms', ok: longest <= 50 },
            { what: 'cancel', value: `${cancel.toFixed(0)} ms`, goal: '≤ 200 ms', ok: cancel <= 200 },
          ],
        }
      } finally {
        clearInterval(watch)
      }
    },
  },
}
