/** Timed tests by keyboard alone: five people, both systems, and what the change costs per shift; runs are evidence of the board at once. */
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { newProject, tabTo } from './steps.ts'

const pairs = ['N1', 'N2', 'N3', 'N4']
  .flatMap((person, at) => [
    `book,Clerk,old,2026-09-01T08:0${at}:00Z,${40 + 9 * at},0,${person}`,
    `book,Clerk,new,2026-09-02T08:0${at}:00Z,${70 + 9 * at + (at % 2)},15,${person}`,
  ])
  .join('\n')

test.skipIf(chromiumPath === null)('a task is timed, imported, discarded and undone without a mouse', async () => {
  const visited = await visit()
  const { page } = visited
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
  try {
    await newProject(page)
    await page.evaluate(() => {
      location.hash = '#/workflow'
    })
    await page.getByLabel('Name of a new workflow').fill('Booking')
    await page.getByRole('button', { name: 'Add workflow' }).press('Enter')
    await page.waitForFunction(() => location.hash.includes('/compare'))
    await page.evaluate(() => {
      location.hash = location.hash.replace(/compare.*/, 'tests')
    })
    await page.getByText('Time the same tasks in both systems').waitFor()
    await tabTo(page, 'Add a task…')
    await press('Enter')
    await page.getByLabel('What is done').waitFor()
    await page.getByLabel('What is done').focus()
    await page.keyboard.type('Book')
    await press('Tab')
    await page.keyboard.type('Clerk')
    await press('Enter')
    await page.getByRole('heading', { name: 'Time a run' }).waitFor()
    await tabTo(page, 'Times per shift, Book')
    await page.keyboard.type('12')
    await press('Enter')
    await tabTo(page, 'Most clicks, Book')
    await page.keyboard.type('13')
    await press('Enter')

    // The fifth person, once in each system, by single keys; clicks that nobody counts are none, not zero.
    await tabTo(page, 'Who (a code)', 'Shift+Tab')
    await page.keyboard.type('N5')
    await press('Tab')
    for (const clicks of [0, 14]) {
      await press('t')
      await page.getByRole('timer').waitFor()
      for (let n = 0; n < clicks; n++) await press('c')
      await press('p', 'p', 't')
      await page.getByRole('button', { name: 'Save the run' }).waitFor()
      await press('Enter')
      await page.getByRole('button', { name: /^Begin/ }).waitFor()
      await page.getByRole('button', { name: /^Begin/ }).focus()
    }
    const row = page.getByRole('row', { name: /Book/ })
    await expect.poll(() => row.textContent()).toContain('— → 14')
    await expect.poll(() => row.textContent()).toContain('1 over')

    await tabTo(page, 'Import runs…', 'Shift+Tab')
    await press('Enter')
    await page.getByLabel('Or paste the lines here').focus()
    await page.keyboard.insertText(`task_id,role,system,started_at,seconds,clicks,person_id\n${pairs}\n`)
    await tabTo(page, 'Add 8 runs')
    await press('Enter')
    await page
      .getByRole('button', { name: /^Difference|, Book, show runs|Difference, Book/ })
      .first()
      .waitFor()
    await expect
      .poll(() => page.getByRole('heading', { name: 'Minutes per shift' }).locator('..').textContent())
      .toContain('1 of 1 task')

    // A discarded run leaves four pairs, which is not enough; undo brings it back.
    await page.getByRole('button', { name: /Difference, Book/ }).press('Enter')
    await page
      .getByRole('dialog')
      .getByLabel(/Does the run/)
      .last()
      .selectOption('practice run')
    await press('Escape')
    await expect.poll(() => row.textContent()).toContain('Not enough to say')
    await press('Control+z')
    await expect.poll(() => row.textContent()).not.toContain('Not enough to say')

    await page.evaluate(() => {
      location.hash = '#/readiness/inputs?kind=observations'
    })
    await page.getByRole('heading', { name: 'Timed observations' }).waitFor()
    await expect.poll(() => page.getByRole('region', { name: 'Rows' }).textContent()).toContain('book,Clerk')
    expect(await page.getByRole('region', { name: 'Rows' }).textContent()).not.toMatch(/\bN[1-5]\b/)
    expect(visited.outside).toEqual([])
  } finally {
    await visited.end()
  }
})
