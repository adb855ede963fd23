/** The app kept in the browser, where a newer version came, files were changed, the server is another, or another program stands at the address. */
import { unlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chromiumPath } from './browser.ts'
import { Address, appCaches, built, copyOfApp, keptWhole, newer, nextVersion, openPage, textAt } from './kept.ts'
import { newProject, openSample } from './steps.ts'

test.skipIf(chromiumPath === null)('a file that is not as it was built: nothing is kept, and the app says which', async () => {
  const address = new Address()
  const folder = copyOfApp()
  unlinkSync(join(folder, 'icon.svg.gz'))
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  const serving = await address.serve(folder)
  const page = await openPage(new URL('#/help', serving.url).href)
  await page.getByText('The app could not be kept in this browser: /icon.svg is not as it was built.').waitFor()
  expect(await appCaches(page)).toEqual([])
  await serving.close()
  await page.context().close()
})

test.skipIf(chromiumPath === null)('the servers that the page may reach are those of the server that runs now', async () => {
  const address = new Address()
  const first = await address.serve(built)
  const page = await openPage(first.url)
  await keptWhole(page)
  const policy = (): Promise<string> => page.evaluate(async () => (await fetch('/')).headers.get('Content-Security-Policy') ?? '')
  expect(await policy()).toContain("connect-src 'self';")
  await first.close()
  const second = await address.serve(built, ['https://fhir.example.org'])
  await page.reload()
  await page.getByText('Local only').or(page.getByText('fhir.example.org')).first().waitFor()
  expect(await policy()).toContain("connect-src 'self' https://fhir.example.org;")
  await second.close()
  expect(await policy()).toContain("connect-src 'self';")
  await page.context().close()
})

test.skipIf(chromiumPath === null)('where another program answers at the address, the app leaves it to that one', async () => {
  const address = new Address()
  const first = await address.serve(built)
  const page = await openPage(first.url)
  await keptWhole(page)
  await first.close()
  const stranger: Server = createServer((_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Another</h1>'),
  )
  await new Promise<void>((resolve) => stranger.listen(address.port, '127.0.0.1', resolve))
  await page.goto(first.url)
  await expect.poll(() => appCaches(page)).toEqual([])
  await page.goto(`${first.url}?again`)
  await page.getByRole('heading', { name: 'Another' }).waitFor()
  stranger.closeAllConnections()
  stranger.close()
  await page.context().close()
})

test.skipIf(chromiumPath === null)(
  'a newer version waits until it is asked for; the other window keeps its own whole, and nothing is lost',
  async () => {
    const address = new Address()
    const first = await address.serve(built)
    const page = await openPage(first.url)
    await keptWhole(page)
    await page.goto(first.url)
    await newProject(page)
    await page.getByRole('contentinfo').getByText('Saved in this browser only').waitFor()
    const other = await page.context().newPage()
    await other.goto(first.url)
    await other.getByRole('button', { name: 'Open the sample clinic' }).waitFor()
    const before = await textAt(page, '/icon.svg')
    await first.close()
    const second = await address.serve(nextVersion())
    await page.reload()
    await newer(page).getByText('A new version of Carryover is here.').waitFor()
    expect(await textAt(page, '/icon.svg')).toBe(before)
    // A reload takes nothing by itself.
    await page.reload()
    await newer(page).getByRole('button', { name: 'Use it now' }).waitFor()
    expect(await textAt(page, '/icon.svg')).toBe(before)
    const reloaded = page.waitForEvent('load')
    await newer(page).getByRole('button', { name: 'Use it now' }).click()
    await reloaded
    await expect.poll(() => textAt(page, '/icon.svg').catch(() => before)).not.toBe(before)
    await page.getByText('North Street Practice').first().waitFor()
    await page.getByRole('contentinfo').getByText('Saved in this browser only').waitFor()
    expect(await newer(page).count()).toBe(0)
    // The other window was left alone: it says so, and its own pages still open, also those that the server has no more.
    await newer(other).getByText('Another window uses a new version of Carryover.').waitFor()
    await openSample(other)
    await other.evaluate(() => (location.hash = '#/readiness/risks'))
    await other.getByRole('heading', { level: 1, name: 'Register of failure points' }).waitFor()
    await newer(other).getByRole('button', { name: 'Later' }).click()
    expect(await newer(other).count()).toBe(0)
    await second.close()
    await page.context().close()
  },
)
