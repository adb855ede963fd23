/**
 * Somebody who has never seen the product draws a process from a published description, from an empty project to printed findings:
 * a spirometry test, as the unit on process redesign of the Health IT Workforce Curriculum 3.0 lists it, eleven lines for nurses.
 */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, type Visit, visit } from './browser.ts'
import { goWith, hasFocus, newProject, tabTo } from './steps.ts'

const steps = [
  ['Look up patient', 'check', 'screen', '1'],
  ['Check orders', 'check', 'screen', '1'],
  ['Send order to spirometer', 'request', 'screen', '1'],
  ['Take patient to test room', 'do', 'verbal', '3'],
  ['Open order in spirometer', 'check', 'screen', '1'],
  ['Perform test', 'do', 'screen', '15'],
  ['Enter quality comments', 'enter', 'screen', '2'],
  ['Print results', 'do', 'paper', '1'],
  ['Type results into chart', 'transcribe', 'screen', '4'],
  ['Sign results', 'approve', 'paper', '2'],
] as const

interface Acts {
  presses: number
  keys: number
}

declare global {
  interface Window {
    acts: Acts
    printed: number
  }
}

/** Counts presses and keys from now on; the page is the same document until the end. */
async function count(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.acts = { presses: 0, keys: 0 }
    window.printed = 0
    window.print = () => {
      window.printed += 1
    }
    addEventListener('pointerdown', (event) => event.isTrusted && window.acts.presses++, true)
    addEventListener('keydown', (event) => event.isTrusted && window.acts.keys++, true)
  })
}

const canvas = (page: Page): Locator => page.getByRole('application')
const inspector = (page: Page): Locator => page.locator('#inspector')
const tool = (page: Page, name: string): Locator =>
  page.getByRole('toolbar', { name: 'Drawing tools' }).getByRole('button', { name })
const step = (page: Page, side: 'current' | 'future', name: string): Locator =>
  page.locator(`[data-step^="${side}/"]`).and(page.getByRole('group', { name: new RegExp(`^${name},`) }))

/** Steps of one map that cover each other on the screen. */
async function covered(page: Page): Promise<readonly string[]> {
  return page.locator('[data-step]').evaluateAll((all) => {
    const boxes = all.map((each) => ({ name: each.getAttribute('aria-label') ?? '', box: each.getBoundingClientRect() }))
    return boxes.flatMap((a, at) =>
      boxes
        .slice(at + 1)
        .filter(
          (b) => a.box.left < b.box.right && b.box.left < a.box.right && a.box.top < b.box.bottom && b.box.top < a.box.bottom,
        )
        .map((b) => `${a.name} / ${b.name}`),
    )
  })
}

async function nameSteps(page: Page, names: readonly string[]): Promise<void> {
  for (const [at, name] of names.entries()) {
    await hasFocus(page.getByRole('textbox', { name: 'Name of the new step' }))
    await page.keyboard.type(name)
    await page.keyboard.press(at === names.length - 1 ? 'Enter' : 'Tab')
    await step(page, 'current', name).waitFor()
  }
}

/** Names a lane in the question that is open, as if the list of lanes were a field for a name. */
async function typeLane(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type(name)
  if ((await page.getByRole('dialog').getByRole('searchbox').count()) > 0) {
    await page.getByRole('menuitem', { name: `New lane “${name}”` }).waitFor()
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** The sheet that the printer gets: the words that are visible on paper, once the last step is drawn. */
async function onPaper(page: Page, last: string): Promise<string> {
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await step(page, 'future', last).waitFor()
  const words = await page.locator('main').innerText()
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
  return words
}

function expectQuiet(visited: Visit): void {
  expect(visited.errors).toEqual([])
  expect(visited.outside).toEqual([])
}

async function walkByMouse(page: Page): Promise<Acts> {
  await count(page)
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name of the clinic or project').click()
  await page.keyboard.type('Lakeside')
  await page.getByLabel('System you leave').click()
  await page.keyboard.type('Paper')
  await page.getByLabel('System you move to').click()
  await page.keyboard.type('OpenChart')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Compare' }).click()
  await page.getByLabel('Name of a new workflow').click()
  await page.keyboard.type('Spirometry')
  await page.getByRole('button', { name: 'Add workflow' }).click()

  // Current map: steps by Tab, the way back by an arrow that is dragged, roles typed as names.
  await page.getByRole('button', { name: 'Draw the first step' }).click()
  await nameSteps(
    page,
    steps.slice(0, 5).map(([name]) => name),
  )
  await tool(page, 'Add a decision').click()
  await hasFocus(page.getByRole('textbox', { name: 'Name of the new step' }))
  await page.keyboard.type('Order there?')
  await page.keyboard.press('Tab')
  await nameSteps(
    page,
    steps.slice(5).map(([name]) => name),
  )
  await step(page, 'current', 'Order there\\?').click()
  await page.getByRole('button', { name: 'Add a step below' }).click()
  await nameSteps(page, ['Refresh order list'])
  const arrow = await page.getByRole('button', { name: 'Add the next step' }).boundingBox()
  const back = await step(page, 'current', 'Open order in spirometer').boundingBox()
  if (!arrow || !back) throw new Error('The arrow or the step is not on the page')
  await page.mouse.move(arrow.x + 12, arrow.y + 12)
  await page.mouse.down()
  await page.mouse.move(arrow.x - 60, arrow.y + 60, { steps: 3 })
  await page.mouse.move(back.x + back.width / 2, back.y + back.height / 2, { steps: 4 })
  await page.mouse.up()
  await step(page, 'current', 'Refresh order list')
    .and(page.getByRole('group', { name: /1 in, 1 out\.$/ }))
    .waitFor()
  await canvas(page).click({ position: { x: 600, y: 430 } })
  await tool(page, 'Lane of the selection').click()
  await typeLane(page, 'Nurse')
  expect(await covered(page)).toEqual([])
  await page.getByRole('button', { name: 'Fit both maps' }).click()
  await canvas(page).press('End')
  await tool(page, 'Lane of the selection').click()
  await typeLane(page, 'Clinician')

  // Facts in the table.
  await page.getByRole('link', { name: 'Table', exact: true }).click()
  const table = page.getByRole('treegrid', { name: /^Current map/ })
  for (const [name, kind, medium, minutes] of [...steps, ['Refresh order list', 'check', 'screen', '1'] as const]) {
    const row = table.getByRole('row').filter({ has: page.getByLabel(`Name of ${name}`, { exact: true }) })
    await row.getByLabel(/^Kind/).selectOption(kind)
    await row.getByLabel(/^Medium/).selectOption(medium)
    await row.getByLabel(/^Minutes/i).click()
    await page.keyboard.type(minutes)
    await page.keyboard.press('Enter')
    if (name !== 'Sign results') continue
    await row.getByLabel(/^Wait/).click()
    await page.keyboard.type('1 day')
    await page.keyboard.press('Enter')
  }
  await page.getByRole('link', { name: 'Canvas', exact: true }).click()

  // Nothing is judged without a start: the panel says so and draws it.
  await page.getByRole('button', { name: 'Details' }).click()
  await page.getByRole('button', { name: 'Draw start and end in the current map' }).click()
  await inspector(page).getByRole('button', { name: 'Draw start and end in the current map' }).waitFor({ state: 'detached' })

  // Future map: a copy, where results arrive by an interface and are signed in the inbox.
  await page.getByRole('button', { name: 'Copy the current map' }).click()
  await step(page, 'future', 'Look up patient').waitFor()
  await page.getByRole('link', { name: 'Table', exact: true }).click()
  const future = page.getByRole('treegrid', { name: /^Future map/ })
  const rowOf = (name: string) => future.getByRole('row').filter({ has: page.getByLabel(`Name of ${name}`, { exact: true }) })
  await rowOf('Sign results')
    .getByLabel(/^Medium/)
    .selectOption('inbox')
  await rowOf('Type results into chart')
    .getByRole('button', { name: /^Remove/ })
    .click()
  await page.getByText('1 step goes nowhere:').waitFor()
  await page.getByRole('link', { name: 'Canvas', exact: true }).click()
  await page.getByRole('button', { name: '1 step goes nowhere' }).click()
  await page.getByRole('button', { name: 'Automated: Type results into chart' }).click()
  await page.getByLabel('Which interface or rule does it from now on?').click()
  await page.keyboard.type('The spirometer sends results')
  await page.getByLabel('Decided by').click()
  await page.keyboard.type('Head nurse')
  await page.getByRole('button', { name: 'Mark as automated' }).click()
  await page.getByRole('button', { name: '1 step goes nowhere' }).waitFor({ state: 'detached' })

  // Assumptions, simulation, findings, paper.
  await page.getByRole('button', { name: 'Details' }).click()
  await inspector(page).getByLabel('Cases per hour').click()
  await page.keyboard.type('2')
  await page.keyboard.press('Enter')
  await inspector(page)
    .getByRole('button', { name: /Paper approval rebuilt on screen/ })
    .waitFor()
  await page.getByRole('link', { name: 'Simulate', exact: true }).first().click()
  await page.getByRole('row', { name: /^Half of the cases within/ }).waitFor()
  await page.getByRole('link', { name: 'Canvas', exact: true }).click()
  await page.getByRole('button', { name: 'Map', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Print' }).click()
  const { presses, keys } = await actsOf(page)
  // A list is pressed to open and once more to choose: the page is told of its choice without them.
  return { presses: presses + 2 * (2 * (steps.length + 1) + 1), keys }
}

/** Presses and keys so far; the print dialog was asked for once. */
async function actsOf(page: Page): Promise<Acts> {
  const { acts, printed } = await page.evaluate(() => ({ acts: window.acts, printed: window.printed }))
  expect(printed).toBe(1)
  return acts
}

/** The acts that decide what is said in the end, with hands on the keys alone. */
async function walkByKeys(page: Page): Promise<Acts> {
  await count(page)
  await tabTo(page, 'New project')
  await page.keyboard.press('Enter')
  await hasFocus(page.getByLabel('Name of the clinic or project'))
  for (const word of ['Lakeside', 'Paper', 'OpenChart']) {
    await page.keyboard.type(word)
    if (word !== 'OpenChart') await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
  await goWith(page, 'gw')
  await tabTo(page, 'Name of a new workflow')
  await page.keyboard.type('Spirometry')
  await page.keyboard.press('Enter')
  await hasFocus(canvas(page))
  await page.keyboard.press('t')
  await nameSteps(
    page,
    steps.slice(5).map(([name]) => name),
  )
  await page.keyboard.press('Escape')
  await page.keyboard.press('l')
  await typeLane(page, 'Nurse')
  await page.keyboard.press('End')
  await page.keyboard.press('l')
  await typeLane(page, 'Clinician')
  await page.keyboard.press('b')
  await step(page, 'current', 'start').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await step(page, 'current', 'end').waitFor()
  await tabTo(page, 'Copy the current map')
  await page.keyboard.press('Enter')
  await step(page, 'future', 'Perform test').waitFor()
  await hasFocus(canvas(page))
  await walkTo(page, /^node-future\/.*type-results/)
  await page.keyboard.press('Delete')
  await step(page, 'future', 'Type results into chart').waitFor({ state: 'detached' })
  await tabTo(page, '1 step goes nowhere', 'Shift+Tab')
  await page.keyboard.press('Enter')
  await tabTo(page, 'Eliminate: Type results into chart')
  await page.keyboard.press('Enter')
  await hasFocus(page.getByLabel('Why is it no longer needed?'))
  await page.keyboard.type('The spirometer sends results')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Head nurse')
  await tabTo(page, 'Eliminate step')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '1 step goes nowhere' }).waitFor({ state: 'detached' })
  await tabTo(page, 'Map', 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Print' }).waitFor()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  return actsOf(page)
}

/** Page Down until this step is the active one. */
async function walkTo(page: Page, id: RegExp): Promise<void> {
  await page.keyboard.press('Home')
  for (let n = 0; n < 40; n++) {
    if (id.test((await canvas(page).getAttribute('aria-activedescendant')) ?? '')) return
    await page.keyboard.press('PageDown')
  }
  throw new Error(`Page Down never came to ${String(id)}`)
}

test.skipIf(chromiumPath === null)('a newcomer draws, traces, simulates and prints a described process by mouse', async () => {
  const visited = await visit({ width: 1280, height: 800 })
  try {
    const { page } = visited
    const { presses, keys } = await walkByMouse(page)
    await page.getByRole('button', { name: /^Confirm \d+ proposed$/ }).click()
    const paper = await onPaper(page, 'Sign results')
    expect(paper).toContain('Traced 11/11')
    expect(paper).toMatch(/Paper approval rebuilt on screen.*Moved, not removed\./)
    expect(paper).toMatch(/printed \d\d-\w{3}-\d{4}/)
    for (const [name] of steps) expect(paper).toContain(name)
    console.log(`drawing walk by mouse: ${presses} presses, ${keys} keys, from an empty project to printed findings`)
    expectQuiet(visited)
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)('the acts that decide are done by keys alone, from an empty project to paper', async () => {
  const visited = await visit({ width: 1280, height: 800 })
  try {
    const { page } = visited
    const { presses, keys } = await walkByKeys(page)
    expect(presses).toBe(0)
    await page.getByRole('button', { name: /^Confirm \d+ proposed$/ }).press('Enter')
    expect(await onPaper(page, 'Sign results')).toContain('Traced 5/5')
    console.log(`drawing walk by keys: ${keys} keys, 0 presses`)
    expectQuiet(visited)
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)(
  'at 200 % zoom of a window of 1280 × 800 a map is begun, judged and handed to the printer',
  async () => {
    const visited = await visit({ width: 640, height: 400 })
    try {
      const { page } = visited
      await newProject(page)
      await page.evaluate(() => {
        location.hash = '#/workflow'
      })
      await count(page)
      await page.getByLabel('Name of a new workflow').fill('Spirometry')
      await page.getByLabel('Name of a new workflow').press('Enter')
      await page.getByRole('button', { name: 'Draw the first step' }).click()
      await nameSteps(page, ['Perform test', 'Sign results'])
      expect(await tool(page, 'Add an end').isVisible()).toBe(false)
      await page.getByRole('button', { name: 'Show the drawing tools' }).click()
      await tool(page, 'Add a decision').click()
      await page.keyboard.type('Normal?')
      await page.keyboard.press('Enter')
      await step(page, 'current', 'Normal\\?').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Details' }).click()
      await page.getByRole('button', { name: 'Draw start and end in the current map' }).click()
      await page.getByRole('button', { name: 'Draw start and end in the current map' }).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Close' }).click()
      await page.getByRole('button', { name: 'Map', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Print' }).click()
      await actsOf(page)
      // Nothing on the page is wider than the window.
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      expectQuiet(visited)
    } finally {
      await visited.end()
    }
  },
)
