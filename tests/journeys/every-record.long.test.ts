/** Every drawn record of the sample can be read to its end with Space and the verdict keys alone, on screens of three heights. */
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { openSample, readChart, record } from './steps.ts'

test.skipIf(chromiumPath === null).each([800, 640, 500])('no record traps its reader on %i pixels', async (height) => {
  const visited = await visit()
  try {
    const { page } = visited
    await page.setViewportSize({ width: 1280, height })
    await openSample(page)
    await page.evaluate(() => {
      location.hash = '#/review/records/1'
    })
    await page.getByLabel('Full name').fill('Ada Example')
    await page.keyboard.press('Enter')
    await record(page)
      .getByText(/sections read$/)
      .waitFor()
    const drawn = Number((await record(page).getAttribute('aria-label'))?.split(' of ')[1])
    expect(drawn).toBeGreaterThan(50)
    const stuck: string[] = []
    for (let at = 1; at <= drawn; at++) {
      await page.evaluate((wanted) => {
        location.hash = `#/review/records/${wanted}`
      }, at)
      const opened = page.getByRole('region', { name: new RegExp(`^Record ${at} of `) })
      await opened.waitFor()
      await opened.focus()
      await readChart(page, () => ['2', '5']).catch((problem: unknown) => stuck.push(`${at}: ${String(problem)}`))
    }
    expect(stuck).toEqual([])
  } finally {
    await visited.end()
  }
})
