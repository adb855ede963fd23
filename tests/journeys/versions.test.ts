/** Named states of a map, a colleague's file joined from one of them, and findings presented on the map. */
import { expect, test } from 'vitest'
import { workflowExamples } from '../../samples/workflow/examples.ts'
import { apply } from '../../src/core/workflow/edit/edit.ts'
import { readWorkflow } from '../../src/core/workflow/map/files.ts'
import { graphText } from '../../src/core/workflow/map/write.ts'
import { chromiumPath, visit } from './browser.ts'
import { hasFocus, newProject } from './steps.ts'

const example = workflowExamples.find(({ id }) => id === 'medication-refill')

test.skipIf(chromiumPath === null)('versions are kept, compared and joined from; findings are presented', async () => {
  if (!example) throw new Error('The example is gone')
  const { current } = readWorkflow(example.id, example.files).value
  const [first, second] = [...current.nodes.values()].filter(({ type }) => type === 'step')
  if (!first || !second) throw new Error('The example has no steps')
  const visited = await visit()
  try {
    const { page } = visited
    await newProject(page)
    await page.waitForURL(/#\/readiness$/)
    await page.evaluate(() => {
      location.hash = '#/workflow'
    })
    await page.getByRole('button', { name: 'Add an example' }).click()
    await page.getByRole('menuitem', { name: /^Medication refill/ }).click()
    const canvas = page.getByRole('application')
    const step = (name: string) => page.locator(`[data-step^="current/"][aria-label^="${name},"]`)
    await step(first.label).waitFor()
    const choose = async (name: RegExp) => {
      await page.getByRole('button', { name: 'Map', exact: true }).click()
      await page.getByRole('menuitem', { name }).click()
    }

    // A version is named, and says what has changed since.
    const dialog = page.getByRole('dialog')
    await choose(/^Versions…/)
    await dialog.getByLabel('Name of the state as it is now').fill('Given to Ana')
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Restore Given to Ana' }).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await hasFocus(page.locator('body'))
    await step(first.label).click()
    await page.keyboard.press('F2')
    await page.getByRole('textbox', { name: `Name of ${first.label}` }).fill('Answer the line')
    await page.keyboard.press('Enter')
    await step('Answer the line').waitFor()
    // What is kept outlives a reload.
    await page.keyboard.press('Control+s')
    await page.getByText(/^Saved in this browser\. /).waitFor()
    await page.reload()
    await step('Answer the line').waitFor()
    await choose(/^Versions…/)
    await dialog.getByRole('button', { name: 'Compare Given to Ana with the maps now' }).click()
    await dialog.getByText('1 change since then').waitFor()
    await dialog.getByText(/Changed: “Answer the line”/).waitFor()
    expect(await dialog.getByRole('img').count()).toBe(2)
    await dialog.getByRole('button', { name: 'Close' }).click()

    // A colleague removed another step since: from that version nobody has to be asked.
    const theirs = apply(
      { ...readWorkflow(example.id, example.files).value },
      { kind: 'remove-nodes', side: 'current', ids: [second.id], bridge: true },
    ).workflow.current
    await choose(/^Join a colleague's map/)
    const chooser = page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'Choose a file…' }).click()
    await (await chooser).setFiles({
      name: 'current.json',
      mimeType: 'application/json',
      buffer: Buffer.from(graphText(theirs)),
    })
    await dialog.getByText(/nobody can tell what was removed/).waitFor()
    await dialog.getByRole('button', { name: /Both come from this version/ }).click()
    await page.getByRole('option', { name: /^Given to Ana/ }).click()
    await dialog.getByText(/What was removed from one of both since that version goes/).waitFor()
    await dialog.getByRole('button', { name: 'Join both' }).click()
    await expect.poll(() => step(second.label).count()).toBe(0)
    expect(await step('Answer the line').count()).toBe(1)

    // The version comes back as one change.
    await choose(/^Versions…/)
    await dialog.getByRole('button', { name: 'Restore Given to Ana' }).click()
    await step(second.label).waitFor()
    await step(first.label).waitFor()

    // Findings, one after the other, with keys alone.
    await choose(/^Present the findings/)
    const room = page.getByRole('region', { name: /^Findings of/ })
    await room.getByText(/^\d+ findings\. /).waitFor()
    await hasFocus(canvas)
    await page.keyboard.press('ArrowRight')
    await room.getByText(/^1 of \d+/).waitFor()
    await expect.poll(() => page.locator('.react-flow__node.selected').count()).toBeGreaterThan(0)
    const told = await room.getByRole('heading', { level: 1 }).innerText()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => room.getByRole('heading', { level: 1 }).innerText()).not.toBe(told)
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => room.getByRole('heading', { level: 1 }).innerText()).toBe(told)
    await page.keyboard.press('End')
    await expect.poll(() => room.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Map', exact: true }).waitFor()
    expect(visited.errors).toEqual([])
    expect(visited.outside).toEqual([])
  } finally {
    await visited.end()
  }
})
