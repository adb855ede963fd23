import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, type Visit, visit } from './browser.ts'
import { newProject } from './steps.ts'

const canvas = (page: Page) => page.getByRole('application')
const step = (page: Page, name: string) =>
  page.locator('[data-step]').and(page.getByRole('group', { name: new RegExp(`^${name},`) }))
const spoken = async (page: Page, name: string) => (await step(page, name).getAttribute('aria-label')) ?? ''
const field = (page: Page) => page.getByRole('textbox', { name: 'Name of the new step' })

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

async function boxOf(part: Locator): Promise<Box> {
  const box = await part.boundingBox()
  if (!box) throw new Error('It is not on the page')
  return box
}

const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 })

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2)
  await page.mouse.move(to.x, to.y, { steps: 3 })
  await page.mouse.up()
}

async function named(page: Page, name: string): Promise<void> {
  await field(page).waitFor({ timeout: 15_000 })
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await step(page, name).waitFor()
}

async function emptyMap(page: Page): Promise<void> {
  await newProject(page)
  await page.waitForURL(/#\/readiness$/)
  await page.evaluate(() => {
    location.hash = '#/workflow'
  })
  await page.getByLabel('Name of a new workflow').fill('Refill')
  await page.getByLabel('Name of a new workflow').press('Enter')
  await canvas(page).waitFor()
  await canvas(page).focus()
}

function expectQuiet(visited: Visit): void {
  expect(visited.errors).toEqual([])
  expect(visited.outside).toEqual([])
}

test.skipIf(chromiumPath === null)('a map is drawn, bent and ordered by mouse', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await emptyMap(page)
    // From the tools to its place.
    await drag(page, middle(await boxOf(page.getByRole('button', { name: 'Add a step' }))), { x: 400, y: 220 })
    await named(page, 'Take call')
    // From an edge into free space.
    const first = await boxOf(step(page, 'Take call'))
    await drag(page, { x: first.x + first.width + 3, y: first.y + 20 }, { x: first.x + 340, y: first.y + 32 })
    await named(page, 'Print form')
    expect(await spoken(page, 'Print form')).toMatch(/1 in, 0 out/)
    // The arrow beside it.
    await page.getByRole('button', { name: 'Add the next step' }).click()
    await named(page, 'Sign form')
    // Twice on a step: its name, in place; nothing moves.
    const before = await boxOf(step(page, 'Print form'))
    await page.mouse.dblclick(before.x + 60, before.y + 30)
    await page.getByRole('textbox', { name: 'Name of Print form' }).waitFor()
    await page.keyboard.type('Print slip')
    await page.keyboard.press('Enter')
    await step(page, 'Print slip').waitFor()
    expect(await boxOf(step(page, 'Print slip'))).toEqual(before)
    // From the lower edge onto the body of another.
    const last = await boxOf(step(page, 'Sign form'))
    await drag(page, { x: first.x + 40, y: first.y + first.height + 3 }, { x: last.x + 90, y: last.y + 40 })
    await expect.poll(() => spoken(page, 'Sign form')).toMatch(/2 in, 0 out/)
    // With Alt a copy.
    await page.keyboard.down('Alt')
    await drag(page, middle(first), { x: first.x + 80, y: first.y + 180 })
    await page.keyboard.up('Alt')
    await expect.poll(() => step(page, 'Take call').count()).toBe(2)
    await page.keyboard.press('Control+z')
    await expect.poll(() => step(page, 'Take call').count()).toBe(1)

    // A flow: words in place, a piece of it moved, its end taken to another step.
    const gap = { x: (before.x + before.width + last.x) / 2, y: before.y + before.height / 2 }
    await page.mouse.dblclick(gap.x, gap.y)
    await page.getByRole('textbox', { name: 'Words on the flow' }).waitFor()
    await page.keyboard.type('signed')
    await page.keyboard.press('Enter')
    await page.locator('svg text').filter({ hasText: 'signed' }).waitFor()
    const ends = page.locator('[data-end="to"]')
    await drag(page, middle(await boxOf(ends)), middle(first))
    await expect.poll(() => spoken(page, 'Take call')).toMatch(/1 in, 2 out/)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => spoken(page, 'Take call')).toMatch(/0 in, 2 out/)
    await page.getByRole('button', { name: 'Redo' }).click()
    await expect.poll(() => spoken(page, 'Take call')).toMatch(/1 in, 2 out/)
    await page.getByRole('button', { name: 'Undo' }).click()

    // Lanes: put in below another, named, ordered, made higher.
    await canvas(page).focus()
    await page.keyboard.press('Escape')
    await page.keyboard.press('l')
    await page.getByLabel('Role or place').fill('Front desk')
    await page.keyboard.press('Enter')
    const lane = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) })
    const desk = await boxOf(lane('Front desk'))
    await page.mouse.move(desk.x + 60, desk.y + desk.height)
    await page.getByRole('button', { name: 'Insert a lane below Front desk' }).click()
    await page.getByRole('textbox', { name: 'Name of lane New lane' }).fill('Clinician')
    await page.keyboard.press('Enter')
    await drag(page, middle(await boxOf(lane('Clinician'))), { x: desk.x + 50, y: desk.y + 6 })
    await expect.poll(async () => (await boxOf(lane('Clinician'))).y < (await boxOf(lane('Front desk'))).y).toBe(true)
    const high = await boxOf(lane('Clinician'))
    await drag(page, { x: high.x + 40, y: high.y + high.height }, { x: high.x + 40, y: high.y + high.height + 60 })
    await expect.poll(async () => (await boxOf(lane('Clinician'))).height).toBeGreaterThan(high.height + 40)
    expect(await spoken(page, 'Take call')).toContain('Front desk')

    // Space and a drag move the map, not the step; Ctrl and the wheel zoom.
    const stood = await boxOf(step(page, 'Take call'))
    await canvas(page).focus()
    await page.keyboard.down('Space')
    await drag(page, { x: 900, y: 560 }, { x: 860, y: 540 })
    await page.keyboard.up('Space')
    await expect.poll(async () => (await boxOf(step(page, 'Take call'))).x).toBeLessThan(stood.x - 20)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, 240)
    await page.keyboard.up('Control')
    await expect.poll(async () => (await boxOf(step(page, 'Take call'))).width).toBeLessThan(stood.width - 4)

    // What can be undone outlives a reload.
    await page.waitForTimeout(1500)
    await page.reload()
    await step(page, 'Take call').waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(false)
    for (let n = 0; n < 4; n++) await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => lane('Clinician').count()).toBe(0)
    expectQuiet(visited)
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)('the same by keys alone', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await emptyMap(page)
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const lane = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) })
    for (const name of ['Front desk', 'Clinician']) {
      await press('l')
      await page.getByLabel('Role or place').fill(name)
      await press('Enter')
      await lane(name).waitFor()
      await expect.poll(() => canvas(page).evaluate((own) => own === document.activeElement)).toBe(true)
    }
    await press('t')
    await field(page).waitFor({ timeout: 15_000 })
    await page.keyboard.type('Take call')
    await press('Control+ArrowDown')
    await step(page, 'Take call').waitFor()
    await named(page, 'Sign form')
    expect(await spoken(page, 'Sign form')).toMatch(/Clinician. 1 in, 0 out/)
    await press('Control+ArrowRight')
    await named(page, 'Send form')
    await press('F2')
    await page.getByRole('textbox', { name: 'Name of Send form' }).fill('Fax form')
    await press('Enter')
    await step(page, 'Fax form').waitFor()
    // Its flow: words, another end, a corner, and found again.
    await press('f', 'Enter')
    await page.getByRole('textbox', { name: 'Words on the flow' }).fill('signed')
    await press('Enter')
    await page.locator('svg text').filter({ hasText: 'signed' }).waitFor()
    const way = () => page.locator('.react-flow__edge.selected path').nth(1).getAttribute('d')
    const found = await way()
    await press('Alt+ArrowDown')
    await expect.poll(way).not.toBe(found)
    await press('s')
    await expect.poll(way).toBe(found)
    await press('c')
    await page.getByRole('dialog').getByRole('searchbox').fill('Take call')
    await press('ArrowDown', 'Enter')
    await expect.poll(() => spoken(page, 'Take call')).toMatch(/1 in, 1 out/)
    await press('Control+z')
    await expect.poll(() => spoken(page, 'Take call')).toMatch(/0 in, 1 out/)
    // Its lane: up, higher, under a heading, renamed.
    await press('Escape', 'End', 'Shift+L', 'Alt+ArrowUp')
    await expect.poll(async () => (await boxOf(lane('Clinician'))).y < (await boxOf(lane('Front desk'))).y).toBe(true)
    const before = await boxOf(lane('Clinician'))
    await press('Alt+Shift+ArrowDown')
    await expect.poll(async () => (await boxOf(lane('Clinician'))).height).toBeGreaterThan(before.height + 8)
    await press('Control+g')
    await page.getByLabel('Department or building').fill('Ward 2')
    await press('Enter')
    await page.getByText('Ward 2', { exact: true }).waitFor()
    await expect.poll(() => canvas(page).evaluate((own) => own === document.activeElement)).toBe(true)
    await press('Enter')
    await page.getByRole('textbox', { name: 'Name of lane Clinician' }).fill('Doctor')
    await press('Enter')
    await lane('Doctor').waitFor()
    // A note anchored to a step, a colour, the list of actions.
    await press('Home', 'n')
    await named(page, 'Only by phone')
    expect(await spoken(page, 'Only by phone')).toMatch(/note/)
    await press('Home', 'k')
    await page.getByRole('dialog').getByRole('searchbox').fill('green')
    await press('ArrowDown', 'Enter')
    await page.locator('[data-colour="green"]').waitFor()
    await expect.poll(() => canvas(page).evaluate((own) => own === document.activeElement)).toBe(true)
    await press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Copy as a picture' }).waitFor()
    await press('Escape')
    expectQuiet(visited)
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)('and with a finger', async () => {
  const visited = await visit({ touch: true, width: 1180, height: 820 })
  try {
    const { page, context } = visited
    await emptyMap(page)
    await page.getByRole('button', { name: 'Add a step' }).tap()
    await named(page, 'Take call')
    await page.getByRole('button', { name: 'Add the next step' }).tap()
    await named(page, 'Sign form')
    const session = await context.newCDPSession(page)
    type Finger = { readonly x: number; readonly y: number }
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: readonly Finger[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: [...touchPoints] })
    const slide = async (from: Finger, to: Finger) => {
      await touch('touchStart', from)
      for (const share of [0.3, 0.6, 1])
        await touch('touchMove', { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share })
      await touch('touchEnd')
    }
    // A finger on a step moves it.
    const first = await boxOf(step(page, 'Take call'))
    await slide(middle(first), { x: middle(first).x, y: middle(first).y + 40 })
    await expect.poll(async () => (await boxOf(step(page, 'Take call'))).y).toBeGreaterThan(first.y + 6)
    // Twice on a step: its name, in place.
    const tap = async (at: Finger) => {
      await touch('touchStart', at)
      await touch('touchEnd')
    }
    const last = middle(await boxOf(step(page, 'Sign form')))
    const naming = page.getByRole('textbox', { name: 'Name of Sign form' })
    await tap(last)
    await tap(last)
    await naming.fill('Sign slip')
    await naming.press('Enter')
    await step(page, 'Sign slip').waitFor()
    // From below a step that was tapped before, a flow to another; nothing is panned by it.
    const signs = await boxOf(step(page, 'Sign slip'))
    await tap(middle(signs))
    await page.locator('.react-flow__node.selected').waitFor()
    const target = await boxOf(step(page, 'Take call'))
    await slide({ x: signs.x + 40, y: signs.y + signs.height + 10 }, { x: middle(target).x, y: target.y + target.height - 10 })
    await expect.poll(() => spoken(page, 'Take call')).toMatch(/1 in, 1 out/)
    expect(await boxOf(step(page, 'Sign slip'))).toEqual(signs)
    // From there into free space a step more.
    await slide({ x: signs.x + 40, y: signs.y + signs.height + 10 }, { x: signs.x + signs.width + 200, y: signs.y + 30 })
    await named(page, 'File slip')
    expect(await spoken(page, 'File slip')).toMatch(/1 in, 0 out/)
    // One finger on free canvas moves the map, two zoom it around the place between them.
    const stood = await boxOf(step(page, 'Take call'))
    await slide({ x: 1000, y: 600 }, { x: 1050, y: 570 })
    await expect.poll(async () => (await boxOf(step(page, 'Take call'))).x).toBeCloseTo(stood.x + 50, 0)
    const near = await boxOf(step(page, 'Take call'))
    const [left, right, y] = [near.x + 20, near.x + near.width - 20, near.y + near.height + 60]
    await touch('touchStart', { x: left, y }, { x: right, y })
    for (const by of [4, 8, 14]) await touch('touchMove', { x: left - by, y }, { x: right + by, y })
    await touch('touchEnd')
    await expect.poll(async () => (await boxOf(step(page, 'Take call'))).width).toBeGreaterThan(near.width * 1.15)
    const zoomed = await boxOf(step(page, 'Take call'))
    expect(Math.abs(middle(zoomed).x - middle(near).x)).toBeLessThan(4)
    expectQuiet(visited)
  } finally {
    await visited.end()
  }
})
