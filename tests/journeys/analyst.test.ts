import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, type Visit, visit } from './browser.ts'
import { goWith, hasFocus, newProject, openSample } from './steps.ts'

type Side = 'current' | 'future'

const canvas = (page: Page) => page.getByRole('application')
const inspector = (page: Page) => page.locator('#inspector')

/** The step whose spoken name begins so; a name says kind, lane, times, finding and flows. */
const step = (page: Page, side: Side, name: RegExp) =>
  page.locator(`[data-step^="${side}/"]`).and(page.getByRole('group', { name }))

/** Page Down until the step of this name is the active one. */
async function walkTo(page: Page, side: Side, name: RegExp): Promise<void> {
  // A page that is still on its way takes the focus once more: the walk begins again until then.
  for (const end = performance.now() + 60_000; performance.now() < end; ) {
    await canvas(page).focus()
    await page.keyboard.press('Home')
    for (let n = 0; n < 60; n++) {
      const active = await canvas(page).getAttribute('aria-activedescendant')
      const spoken = active === null ? null : await page.locator(`[id="${active}"]`).getAttribute('aria-label')
      if (active?.startsWith(`node-${side}/`) && name.test(spoken ?? '')) return
      await page.keyboard.press('PageDown')
    }
  }
  throw new Error(`Page Down never came to ${name}`)
}

/** Types names into the field that is open; Ctrl+Enter adds the next step behind each. */
async function nameSteps(page: Page, side: Side, names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    await hasFocus(page.getByRole('textbox', { name: 'Name of the new step' }))
    await page.keyboard.type(name)
    await page.keyboard.press(index === names.length - 1 ? 'Enter' : 'Control+Enter')
    await step(page, side, new RegExp(`^${name}, `)).waitFor()
  }
}

/** Chooses in the open list by typing a part of the name. */
async function pick(page: Page, part: string): Promise<void> {
  const search = page.getByRole('dialog').getByRole('searchbox')
  await hasFocus(search)
  await page.keyboard.type(part)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await search.waitFor({ state: 'detached' })
}

/** Gives the facts of an approval that waits two hours. */
async function giveApproval(page: Page, medium: string): Promise<void> {
  const facts = inspector(page).getByRole('region', { name: 'Facts' })
  await facts.getByLabel('Kind of work').selectOption('approve')
  await facts.getByLabel('Medium').selectOption(medium)
  await facts.getByLabel('Minutes').fill('1')
  await facts.getByLabel('Minutes').press('Enter')
  await facts.getByLabel('Wait before').fill('2 h')
  await facts.getByLabel('Wait before').press('Enter')
}

/** Takes one step out of what follows the selected one. */
async function noLongerNext(page: Page, name: string): Promise<void> {
  await inspector(page)
    .getByRole('button', { name: /^Next: / })
    .press('Enter')
  const item = page.getByRole('menuitemcheckbox', { name, exact: true })
  await item.press('Enter')
  await page.keyboard.press('Escape')
  await item.waitFor({ state: 'detached' })
}

async function goToWorkflow(page: Page, name: string): Promise<void> {
  await goWith(page, 'gw')
  await page.getByRole('button', { name: 'Other workflows' }).press('Enter')
  await page.getByRole('menuitem', { name, exact: true }).press('Enter')
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  await canvas(page).waitFor()
}

function expectQuiet(visited: Visit): void {
  expect(visited.errors).toEqual([])
  expect(visited.outside).toEqual([])
  expect(visited.escaped).toEqual([])
}

test.skipIf(chromiumPath === null)(
  'the analyst draws an approval in both maps by keyboard, traces it, and sees it flagged with its numbers',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await openSample(page)
      await goToWorkflow(page, 'Vitals')
      const drawn = [
        ['current', 'Sign vitals sheet', 'paper'],
        ['future', 'Approve vitals in inbox', 'inbox'],
      ] as const
      for (const [side, name, medium] of drawn) {
        await walkTo(page, side, /^Review vitals, /)
        await noLongerNext(page, 'end')
        await canvas(page).focus()
        await page.keyboard.press('Control+Enter')
        await nameSteps(page, side, [name])
        await step(page, side, new RegExp(`^${name}, .* 1 in, 0 out\\.$`)).waitFor()
        await page.keyboard.press('c')
        await pick(page, 'end')
        await step(page, side, new RegExp(`^${name}, .* 1 in, 1 out\\.$`)).waitFor()
        await giveApproval(page, medium)
        await step(page, side, new RegExp(`^${name}, approval, Clinician, 1 minute, waits 2 hours`)).waitFor()
      }
      await page.getByRole('button', { name: '1 step goes nowhere' }).waitFor()
      await walkTo(page, 'current', /^Sign vitals sheet, /)
      await page.keyboard.press('r')
      await pick(page, 'Approve vitals')
      await page.getByRole('button', { name: '1 step goes nowhere' }).waitFor({ state: 'detached' })

      // The simulation runs after a pause in editing; both steps then carry the words.
      const flagged = /finding: moved, not removed\./
      await step(page, 'current', new RegExp(`^Sign vitals sheet, .*${flagged.source}`)).waitFor()
      await walkTo(page, 'future', new RegExp(`^Approve vitals in inbox, .*${flagged.source}`))
      await page.locator('svg text').filter({ hasText: 'moved, not removed' }).first().waitFor()
      const card = inspector(page)
        .getByRole('article')
        .filter({ has: page.getByRole('heading', { name: 'Paper approval rebuilt on screen' }) })
      const numbers = await card.getByRole('row', { name: /wait and work/ }).innerText()
      const [now, next] = numbers.split('\t').slice(1).map(Number.parseFloat)
      // Two hours of wait and a minute of work, in both maps.
      expect(now).toBeCloseTo(2, 0)
      expect(next).toBeCloseTo(2, 0)

      // One step back takes the trace away, and its flag with it; one step forward brings both.
      // In a field that somebody types in the keys belong to its text; anywhere else on the page they hold for the map.
      const field = inspector(page).getByRole('textbox').first()
      const text = await field.inputValue()
      await field.focus()
      await page.keyboard.type('x')
      await page.keyboard.press('Control+z')
      await expect.poll(() => field.inputValue()).toBe(text)
      expect(await page.getByRole('button', { name: '1 step goes nowhere' }).count()).toBe(0)
      await page.getByRole('button', { name: 'Export', exact: true }).focus()
      await page.keyboard.press('Control+z')
      await page.getByRole('button', { name: '1 step goes nowhere' }).waitFor()
      await step(page, 'future', new RegExp(`^Approve vitals in inbox, .*${flagged.source}`)).waitFor({
        state: 'detached',
      })
      await page.keyboard.press('Control+Shift+Z')
      await page.getByRole('button', { name: '1 step goes nowhere' }).waitFor({ state: 'detached' })
      await canvas(page).focus()
      await step(page, 'future', new RegExp(`^Approve vitals in inbox, .*${flagged.source}`)).waitFor()

      await page.keyboard.press('Shift+T')
      const table = page.getByRole('treegrid', { name: /^Current map/ })
      const row = table.getByRole('row').filter({ has: page.getByLabel('Name of Sign vitals sheet') })
      await row.waitFor()
      expect(await row.getByLabel('Kind of Sign vitals sheet').inputValue()).toBe('approve')
      expect(await row.getByRole('button', { name: /^Traced to/ }).innerText()).toContain('Approve vitals in inbox')
      expect(await row.innerText()).toContain('moved, not removed')
      expectQuiet(visited)
    } finally {
      await visited.end()
    }
  },
)

test.skipIf(chromiumPath === null)('a workflow of six steps in lanes is drawn in an empty project without a mouse', async () => {
  const visited = await visit()
  try {
    const { page, context } = visited
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await newProject(page)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForURL(/#\/readiness$/)
    await goWith(page, 'gw')
    await page.getByLabel('Name of a new workflow').focus()
    await page.keyboard.type('Refill by phone')
    await page.keyboard.press('Enter')
    await canvas(page).waitFor()
    for (let n = 0; n < 60 && (await canvas(page).evaluate((own) => own !== document.activeElement)); n++)
      await page.keyboard.press('Tab')

    await page.keyboard.press('t')
    await nameSteps(page, 'current', ['Take call', 'Print form', 'Sign form'])
    await page.keyboard.press('Escape')
    await page.keyboard.press('l')
    await hasFocus(page.getByRole('dialog').getByLabel('Role or place'))
    await page.keyboard.type('Front desk')
    await page.keyboard.press('Enter')
    await step(page, 'current', /^Take call, step by person, Front desk\. 0 in, 1 out\.$/).waitFor()

    await walkTo(page, 'current', /^Sign form, /)
    await page.keyboard.press('l')
    await pick(page, 'Clinician')
    await step(page, 'current', /^Sign form, step by person, Clinician\. 1 in, 0 out\.$/).waitFor()

    const lines = 'Fax form | Front desk | 2\nCheck allergies | Nurse | 3\nTell patient | Front desk | 1'
    await page.evaluate((text) => navigator.clipboard.writeText(text), lines)
    await canvas(page).focus()
    await page.keyboard.press('Control+v')
    await page.getByRole('status').filter({ hasText: 'Pasted 3 steps into the current map' }).waitFor()
    await walkTo(page, 'current', /^Check allergies, step by person, Nurse, 3 minutes\./)
    await walkTo(page, 'current', /^Tell patient, step by person, Front desk, 1 minute\./)
    await walkTo(page, 'current', /^Sign form, /)
    await page.keyboard.press('c')
    await pick(page, 'Fax form')
    await step(page, 'current', /^Sign form, .* 1 in, 1 out\.$/).waitFor()
    await page.getByText(/hand-offs$/).waitFor()

    await page.keyboard.press('Shift+T')
    const table = page.getByRole('treegrid', { name: /^Current map/ })
    await table.waitFor()
    const lanes = await table.locator('tr[aria-level="1"]').allInnerTexts()
    expect(lanes.map((lane) => lane.trim().replace(/\s+/g, ' '))).toEqual(
      expect.arrayContaining(['Front desk 4 steps', 'Clinician 1 step', 'Nurse 1 step']),
    )
    const names = await table
      .locator('tr[aria-level="2"] th input:not([type="checkbox"])')
      .evaluateAll((inputs) => inputs.map((each) => (each as HTMLInputElement).value))
    expect([...names].sort()).toEqual(['Check allergies', 'Fax form', 'Print form', 'Sign form', 'Take call', 'Tell patient'])

    // From an own map to a verdict: the page says what is missing, and a press leads to the field.
    await page.getByRole('link', { name: 'Canvas' }).press('Enter')
    await page.getByRole('button', { name: 'Copy the current map' }).press('Enter')
    await step(page, 'future', /^Sign form, /).waitFor()
    await page.getByRole('button', { name: 'Details', exact: true }).press('Enter')
    for (let side = 0; side < 2; side++) {
      const draw = inspector(page)
        .getByRole('button', { name: /^Draw start and end/ })
        .first()
      await draw.press('Enter')
    }
    const way = inspector(page).getByRole('region', { name: 'What is missing so that this can be judged' })
    await way.getByRole('button', { name: /^Give medium of “Print form”/ }).press('Enter')
    await inspector(page).getByRole('region', { name: 'Facts' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-fact'))).toBe('medium')
    await page.keyboard.press('Escape')
    expectQuiet(visited)
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)(
  'the digitized approval of the sample shows on both steps and opens down to its inputs',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await openSample(page)
      await goToWorkflow(page, 'Medication refill')
      await step(page, 'current', /^Sign refill form, approval, .*critical finding: moved, not removed\./).waitFor()
      await step(page, 'future', /^Approve in inbox, approval, .*critical finding: moved, not removed\./).waitFor()
      await page.locator('svg text').filter({ hasText: 'moved, not removed' }).first().waitFor()

      await walkTo(page, 'future', /^Approve in inbox, /)
      const card = inspector(page)
        .getByRole('article')
        .filter({ has: page.getByRole('heading', { name: 'Paper approval rebuilt on screen' }) })
      await card.getByText('How this was computed').press('Enter')
      const words = await card.innerText()
      expect(words).toMatch(/95 % interval of the difference: [−+]?[\d.]+ to [−+]?[\d.]+/)
      expect(words).toMatch(/seed\s+\d+/)
      expect(words).toMatch(/\d+\s+replications of\s+[\d,. {2}]+\s+cases/)
      expect(words).toMatch(/Now · wait:/)
      expect(words).toMatch(/Next · wait:/)

      // What the finding asks for is simulated on a copy; the map stays as it is drawn.
      await card.getByRole('button', { name: 'Apply to a copy: Do without “Approve in inbox”' }).press('Enter')
      const tried = card.getByRole('table', { name: 'Copy: Do without “Approve in inbox”' })
      const difference = await tried.getByRole('row', { name: /^Difference / }).innerText()
      expect(difference).toMatch(/−\d.* \(95 % interval −\d.* to −\d.*\)/)
      // Nobody has given a name yet, so nobody has decided that the approval may go.
      expect(await tried.getByRole('row', { name: /^This finding / }).innerText()).toContain('Not judged')
      // A person has to have been asked before it can be taken over.
      const use = card.getByRole('button', { name: 'Use this as the future map' })
      expect(await use.isDisabled()).toBe(true)
      for (const box of await card.getByRole('checkbox').all()) await box.check()
      expect(await use.isDisabled()).toBe(false)
      expect(await card.innerText()).toContain('1 step of today goes nowhere in the copy: nobody is named yet')
      await step(page, 'future', /^Approve in inbox, approval, .*critical finding: moved, not removed\./).waitFor()

      // Names are never smaller than 12 px, and no lane name is cut, on any map of the sample.
      for (const name of ['Medication refill', 'Vitals', 'Lab result routing', 'Referral']) {
        await goToWorkflow(page, name)
        await page.locator('[data-step]').first().waitFor()
        const sizes = await page.locator('[data-step]').evaluateAll((steps) => {
          const view = document.querySelector('.react-flow__viewport')
          const zoom = view ? new DOMMatrix(getComputedStyle(view).transform).a : 0
          return steps.flatMap((each) =>
            [...each.querySelectorAll('span')].map((text) => Number.parseFloat(getComputedStyle(text).fontSize) * zoom),
          )
        })
        expect(sizes.length).toBeGreaterThan(0)
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12)
        const cut = await page
          .locator('button[title] > span')
          .evaluateAll((names) =>
            names.filter((each) => each.scrollHeight > each.clientHeight + 1).map((each) => each.textContent),
          )
        expect(cut).toEqual([])
      }
      expectQuiet(visited)
    } finally {
      await visited.end()
    }
  },
)
