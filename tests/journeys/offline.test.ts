/** The app kept in the browser: it opens without its server, and changes when somebody asks for it. */
import { expect, test } from 'vitest'
import { chromiumPath } from './browser.ts'
import { Address, built, kept, keptWhole, newer, nextVersion, openPage, textAt } from './kept.ts'
import { newProject, openSample } from './steps.ts'

test.skipIf(chromiumPath === null)('after the first load the app opens without its server, and the sample in it', async () => {
  const address = new Address()
  const serving = await address.serve(built)
  const page = await openPage(serving.url)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await keptWhole(page)
  await serving.close()
  await page.context().setOffline(true)
  await page.goto(serving.url)
  await page.reload()
  await page.getByText('Local only').waitFor()
  expect(await page.getByText('Patient data is refused here').count()).toBe(0)
  await openSample(page)
  expect(await page.locator('a[data-fact]').count()).toBe(3)
  // A page that was never visited with the server, and a worker that reads.
  await page.evaluate(() => (location.hash = '#/workflow/refill/compare'))
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(() => (location.hash = '#/help'))
  await kept(page).waitFor()
  const files = await page.evaluate(async () => {
    const name = (await caches.keys()).find((each) => each.startsWith('carryover-app-')) ?? ''
    return (await (await caches.open(name)).keys()).length
  })
  expect(errors).toEqual([])
  expect(files).toBeGreaterThan(300)
  console.log(`offline ${files} files kept and checked; the sample opened without a server`)
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
