/** The app kept in the browser, where files were changed, the server is another, or another program stands at the address. */
import { unlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chromiumPath } from './browser.ts'
import { Address, appCaches, built, copyOfApp, keptWhole, openPage } from './kept.ts'

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
