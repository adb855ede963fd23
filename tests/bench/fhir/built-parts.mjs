/** What only the built program shows: peak memory of the command line, sizes of chunks, and the first verdict and the heap in a browser. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { cli, needBrowser } from '../../../scripts/accept/measure.mjs'
import { build, root } from '../../../scripts/setup.mjs'
import { bulkFolder } from './bulk.mjs'

const small = 100e6
/** Two gigabytes take their time: `LONG=1 npm run bench -- fhir memory`. */
const large = process.env.LONG ? 2000e6 : 400e6
const inBrowser = 60e6

function peakOf(bytes) {
  const { paths } = bulkFolder(bytes)
  const args = ['validate', ...paths, '--format', 'json', '--quiet', '--fail-on', 'never']
  const done = spawnSync(process.execPath, [join(root, 'scripts', 'peak-memory.mjs'), cli(), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (done.status !== 0) throw new Error(done.stderr.slice(-2000))
  return Number(/peak (\d+)/.exec(done.stderr)?.[1])
}

const mega = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`

export const builtParts = {
  memory: {
    title: `peak memory of the command line at ${mega(small)} and ${mega(large)} of bulk export`,
    async measure() {
      build()
      const [least, most] = [peakOf(small), peakOf(large)]
      const growth = most / least
      return {
        table: [`${mega(small)}: peak ${mega(least)}`, `${mega(large)}: peak ${mega(most)}`],
        ratios: [
          { what: 'peak', value: mega(Math.max(least, most)), goal: '≤ 250 MB', ok: Math.max(least, most) <= 250e6 },
          {
            what: 'larger against smaller',
            value: `${growth.toFixed(2)}×`,
            goal: '0.85 to 1.15×',
            ok: growth <= 1.15 && growth >= 0.85,
          },
        ],
      }
    },
  },
  chunks: {
    title: 'FHIR definitions that the app loads, gzipped',
    async measure() {
      build()
      const folder = join(root, 'dist', 'app', 'workers', 'shared')
      const packs = readdirSync(folder).filter((name) => /\.pack-.*\.js$/.test(name))
      if (packs.length === 0) throw new Error(`there is no pack in ${folder}`)
      const sizes = packs.map((name) => ({ name, size: gzipSync(readFileSync(join(folder, name)), { level: 9 }).length }))
      const sum = sizes.reduce((all, { size }) => all + size, 0)
      return {
        table: sizes.map(({ name, size }) => `${name.replace(/-[^-]*\.js$/, '').padEnd(20)} ${(size / 1000).toFixed(1)} kB`),
        ratios: [{ what: 'all packs', value: `${(sum / 1000).toFixed(1)} kB`, goal: '≤ 150 kB', ok: sum <= 150_000 }],
      }
    },
  },
  chromium: {
    title: 'first verdict of a fresh Chromium; heap of the checking worker over 60 MB of bulk export',
    async measure() {
      build()
      const first = await inApp(async (page) => {
        const path = join(mkdtempSync(join(tmpdir(), 'carryover-first-')), 'Patient.ndjson')
        writeFileSync(path, '{"resourceType":"Patient","id":"a","gender":"Female"}\n')
        await addFiles(page, [path])
        const seconds = await verdict(page)
        rmSync(join(path, '..'), { recursive: true, force: true })
        return seconds
      })
      const { paths, bytes } = bulkFolder(inBrowser)
      let heap = 0
      const seconds = await inApp(async (page, context) => {
        const stop = await watchWorkers(page, context, (used) => {
          heap = Math.max(heap, used)
        })
        await addFiles(page, paths)
        const all = await verdict(page)
        stop()
        return all
      })
      return {
        table: [`first verdict ${first.toFixed(2)} s; ${(bytes / 1e6 / seconds).toFixed(0)} MB/s in the page`],
        ratios: [
          { what: 'first verdict, cold', value: `${first.toFixed(2)} s`, goal: '≤ 1 s', ok: first <= 1 },
          { what: 'heap of the worker', value: mega(heap), goal: '≤ 200 MB', ok: heap > 0 && heap <= 200e6 },
        ],
      }
    },
  },
}

/** The built app, served as a user starts it, with a new project open. */
async function inApp(work) {
  const server = spawn(process.execPath, [cli(), 'serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => {
      const found = /http:\/\/\S+/.exec(String(text))
      if (found) resolve(found[0])
    })
    server.once('exit', () => reject(new Error('the server did not start')))
  })
  const profile = mkdtempSync(join(tmpdir(), 'carryover-bench-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: needBrowser(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
  })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(300_000)
    await page.goto(url)
    await page.getByRole('button', { name: 'New project' }).click()
    await page.getByLabel('Name of the clinic or project').fill('Bench')
    await page.getByLabel('System you leave').fill('Old')
    await page.getByLabel('System you move to').fill('New')
    await page.getByRole('button', { name: 'Create project' }).click()
    await page.getByRole('navigation', { name: 'Pages' }).waitFor()
    await page.evaluate(() => {
      location.hash = '#/data/sources'
    })
    return await work(page, context)
  } finally {
    await context.close()
    server.kill()
    rmSync(profile, { recursive: true, force: true })
  }
}

async function addFiles(page, paths) {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add files' }).first().click()
  await (await chooser).setFiles(paths)
  const rows = page.getByRole('region', { name: 'Sources' }).getByRole('row')
  await rows.nth(paths.length).waitFor()
}

/** Seconds from the click to the end of the run. */
function verdict(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Check all files')
        const started = performance.now()
        const look = () => {
          const done = document.body.textContent.includes('Run all checks') && !document.body.textContent.includes('not read yet')
          if (done) resolve((performance.now() - started) / 1000)
          else requestAnimationFrame(look)
        }
        button.click()
        requestAnimationFrame(look)
      }),
  )
}

/** Asks every worker of the page again and again how much heap it uses. */
async function watchWorkers(page, context, told) {
  const session = await context.newCDPSession(page)
  const targets = new Set()
  session.on('Target.attachedToTarget', ({ sessionId }) => targets.add(sessionId))
  session.on('Target.detachedFromTarget', ({ sessionId }) => targets.delete(sessionId))
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { result } = JSON.parse(message)
    if (typeof result?.usedSize === 'number') told(result.usedSize + (result.backingStorageSize ?? 0))
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  let id = 0
  const timer = setInterval(() => {
    for (const sessionId of targets) {
      const message = JSON.stringify({ id: ++id, method: 'Runtime.getHeapUsage' })
      session.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => undefined)
    }
  }, 200)
  return () => clearInterval(timer)
}
