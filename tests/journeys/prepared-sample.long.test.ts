/** The sample opens with what the build computed. The same checks, run here, say the same; a host without the prepared files computes them. */
import { existsSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { PreparedIndex } from '../../samples/riverside/prepared.ts'
import { chromiumPath, visit } from './browser.ts'
import { openSample } from './steps.ts'

const indexFile = new URL('../../dist/app/sample/index.json', import.meta.url)

/** The three facts as they are written, and which run they rest on. */
async function facts(page: Page): Promise<readonly string[]> {
  const cards = page.getByRole('region', { name: 'Three facts of this sample' }).getByRole('link')
  await expect.poll(() => cards.count()).toBe(3)
  const run = await page
    .getByText(/run #\d+/)
    .first()
    .innerText()
  return [...(await cards.allInnerTexts()), /run #\d+/.exec(run)?.[0] ?? '']
}

const compute = (page: Page) => page.getByRole('button', { name: 'Compute them here' })

test.skipIf(chromiumPath === null)('what was prepared is what is computed here', async () => {
  expect(existsSync(indexFile)).toBe(true)
  const index = JSON.parse(readFileSync(indexFile, 'utf8')) as PreparedIndex
  const { page, errors, end } = await visit()
  const asked = new Set<string>()
  page.on('request', (request) => asked.add(new URL(request.url()).pathname))
  try {
    await openSample(page)
    expect(index.answers.map(({ path }) => `/sample/${path}`).filter((path) => !asked.has(path))).toEqual([])
    await compute(page).waitFor()
    const prepared = await facts(page)
    await compute(page).click()
    await expect.poll(() => compute(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Run all checks' }).waitFor()
    // A run that says what the last one said adds none: every count, finding and digest is the same.
    expect(await facts(page)).toEqual(prepared)
    expect(prepared.at(-1)).toBe('run #1')
    expect(errors).toEqual([])
  } finally {
    await end()
  }
})

test.skipIf(chromiumPath === null)('without prepared files the sample is computed', async () => {
  const { page, errors, end } = await visit()
  try {
    await page.route('**/sample/index.json', (route) => route.fulfill({ status: 404, body: 'Not found' }))
    await openSample(page)
    expect(await compute(page).count()).toBe(0)
    expect((await facts(page)).length).toBe(4)
    expect(errors.filter((error) => !error.includes('404'))).toEqual([])
  } finally {
    await end()
  }
})

test.skipIf(chromiumPath === null)('a prepared file that was changed on the way is not used', async () => {
  const { page, end } = await visit()
  try {
    await page.route('**/sample/files/private/legacy/patients.csv', (route) => route.fulfill({ body: 'MRN\n1\n' }))
    await openSample(page)
    expect(await compute(page).count()).toBe(0)
    expect((await facts(page)).length).toBe(4)
  } finally {
    await end()
  }
})
