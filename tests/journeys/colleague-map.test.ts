/** What was judged is there after a reload; a colleague's state of a map is joined, with a question for what both changed. */
import { expect, test } from 'vitest'
import { riversideWorkflows } from '../../samples/riverside/workflows/index.ts'
import { packProject } from '../../src/core/project/format/bundle.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import { apply } from '../../src/core/workflow/edit/edit.ts'
import { documentsOf } from '../../src/core/workflow/map/files.ts'
import { graphText } from '../../src/core/workflow/map/write.ts'
import { exampleProject } from '../core/project/example-project.ts'
import { chromiumPath, visit } from './browser.ts'

const refill = riversideWorkflows.get('refill')
const here = refill?.current.nodes.get('sign-refill-form')

test.skipIf(chromiumPath === null)('findings outlive a reload, and a colleague’s map joins', async () => {
  if (!refill || !here) throw new Error('The sample has no refill')
  const going = await visit()
  const { page } = going
  page.setDefaultTimeout(15000)
  try {
    // Not the sample: that one checks everything again whenever it is opened.
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Open a project…' }).click()
    const bytes = packProject(saveProject({ ...exampleProject(), workflows: [documentsOf(refill)] }))
    await (await chooser).setFiles({ name: 'clinic.carryover', mimeType: 'application/zip', buffer: Buffer.from(bytes) })
    await page.getByRole('navigation', { name: 'Pages' }).waitFor()
    await page.evaluate(() => {
      location.hash = '#/workflow/refill/compare'
    })
    await page.getByRole('button', { name: 'Details' }).click()
    await page.getByText('Simulated from both maps, their links and the assumptions as they are now.').waitFor()
    const before = await page.locator('#inspector').getByRole('listitem').allInnerTexts()
    // The project is written after a pause; a page that comes back before that simulates anew.
    let basis = ''
    for (let pause = 2500; !/^Simulated on .* and kept with the project\./.test(basis); pause *= 2) {
      await page.waitForTimeout(pause)
      await page.reload()
      await page.getByRole('button', { name: 'Details' }).click()
      basis = await page.getByText(/^Simulated (on|from) /).innerText()
    }
    expect(await page.locator('#inspector').getByRole('listitem').allInnerTexts()).toEqual(before)

    const renamed = apply(refill, { kind: 'change-node', side: 'current', id: here.id, facts: { label: 'Countersign the form' } })
    const added = apply(renamed.workflow, {
      kind: 'add-node',
      side: 'current',
      facts: { label: 'Ring the pharmacy', lane: here.lane },
    })
    await page.getByRole('button', { name: 'Map', exact: true }).click()
    await page.getByRole('menuitem', { name: /^Join a colleague's map/ }).click()
    const dialog = page.getByRole('dialog', { name: "Join a colleague's map" })
    const given = page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'Choose a file…' }).click()
    const buffer = Buffer.from(graphText(added.workflow.current))
    await (await given).setFiles({ name: 'current.json', mimeType: 'application/json', buffer })
    await dialog.getByText('1 change joins without a question').waitFor()
    expect(await dialog.getByRole('img').count()).toBe(2)
    expect(await dialog.getByRole('button', { name: 'Answer 1 question first' }).isDisabled()).toBe(true)
    await dialog.getByText('In the file: Countersign the form').click()
    await dialog.getByRole('button', { name: 'Join both' }).click()
    await page
      .getByRole('group', { name: /^Countersign the form/ })
      .first()
      .waitFor()
    await page
      .getByRole('group', { name: /^Ring the pharmacy/ })
      .first()
      .waitFor()
    await page.keyboard.press('Control+z')
    await page
      .getByRole('group', { name: new RegExp(`^${here.label}`) })
      .first()
      .waitFor()
    expect(await page.getByRole('group', { name: /^Ring the pharmacy/ }).count()).toBe(0)
    expect(going.errors).toEqual([])
  } finally {
    await going.end()
  }
})
