/** Every way in, from the packed release alone: the sample opens, a folder validates, the certificate verifies. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, cpSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeProject } from '../../src/io/store/store-node.ts'
import { exampleSigner, signedFiles } from '../core/project/review-walk.ts'
import { programOf, type ServerName, sayMissing, startHost, versionOf } from '../io/hosts/served.ts'
import { type InstalledRelease, installRelease, root } from '../scripts/installed-release.ts'
import { chromiumPath } from './browser.ts'
import { openSample } from './steps.ts'

let release: InstalledRelease
let browser: Browser | null = null
beforeAll(async () => {
  release = installRelease()
  // Readable for the user that a web server runs as.
  for (const folder of [dirname(release.folder), release.folder]) chmodSync(folder, 0o755)
  if (chromiumPath !== null)
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] })
})
afterAll(async () => {
  await browser?.close()
  release.remove()
})

/** Opens the sample, then the same without the server; gives what the page said went wrong. */
async function tried(url: string, stop: () => Promise<void>): Promise<void> {
  const context = await (browser as Browser).newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(120_000)
  try {
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(url)
    await page.getByText('Local only').waitFor()
    await openSample(page)
    await page.evaluate(() => {
      location.hash = '#/help'
    })
    await page.getByText('This browser holds every file of the app').waitFor()
    await stop()
    await page.goto(url)
    await page.getByText('Local only').waitFor()
    await openSample(page)
    expect(await page.getByText('Patient data is refused here').count()).toBe(0)
    expect(errors).toEqual([])
  } finally {
    await context.close()
  }
}

test('the tarball: a folder validates, a signed project verifies', async () => {
  cpSync(join(root, 'samples', 'data'), join(release.folder, 'data'), { recursive: true })
  const found = release.run('validate', 'data', '--format', 'json')
  expect(found.code).toBe(1)
  expect(JSON.parse(found.out).findings.length).toBeGreaterThan(0)
  const project = join(release.folder, 'signed.carryover')
  await writeProject(project, await signedFiles(await exampleSigner()))
  const verified = release.run('verify', project)
  expect(verified).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true, covers: 'current', signatures: 1 })
  console.log(
    `ways tarball: ${JSON.parse(found.out).findings.length} findings in a folder; 1 signature verified, it covers the project`,
  )
})

test.skipIf(chromiumPath === null)(
  'the tarball: the sample opens under carryover serve, and without it after the first load',
  async () => {
    let server: ChildProcess | null = null
    const url = await new Promise<string>((resolve, reject) => {
      const program = join(release.home, 'bin', 'carryover.mjs')
      const child = spawn(process.execPath, [program, 'serve', '--no-open', '--port', '0'], {
        cwd: release.folder,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      server = child
      let said = ''
      child.stdout.on('data', (chunk) => {
        said += chunk
        const [address] = /http:\/\/\S+/.exec(said) ?? []
        if (address !== undefined) resolve(address)
      })
      child.once('exit', (code) => reject(new Error(`serve ended with code ${code}`)))
    })
    await tried(url, async () => void server?.kill())
    console.log('ways serve: the sample opened with the server and without it')
  },
)

const servers: readonly ServerName[] = ['nginx', 'Caddy', 'Apache']
sayMissing(servers)
describe.each(servers)('a static build under %s', (name) => {
  test.skipIf(programOf(name) === null || chromiumPath === null)(
    `${name}: headers, the sample, and without the server after the first load`,
    async () => {
      const built = join(release.folder, `site-${name}`)
      expect(release.run('static', built)).toMatchObject({ code: 0, err: '' })
      const host = await startHost(name, built, join(release.folder, `work-${name}`))
      let isUp = true
      const stop = async (): Promise<void> => {
        if (isUp) await host.end()
        isUp = false
      }
      try {
        expect(release.run('serve', '--check', host.url)).toMatchObject({ code: 0, err: '' })
        await tried(host.url, stop)
        console.log(`ways ${name} ${versionOf(name)}: headers green, the sample opened with the server and without it`)
      } finally {
        await stop()
      }
    },
  )
})
