/** The app kept in the browser opens without its server. */
import { expect, test } from 'vitest'
import { chromiumPath } from './browser.ts'
import { Address, built, kept, keptWhole, openPage } from './kept.ts'
import { openSample } from './steps.ts'

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
