/** The first minutes: an empty project leads, a template proves nothing, a tour by keyboard, and what others changed since the last visit. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { record } from '../../src/core/project/acts/hand.ts'
import { packProject, unpackProject } from '../../src/core/project/format/bundle.ts'
import { openProject } from '../../src/core/project/format/open.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import { axeFaults } from './axe.ts'
import { chromiumPath, visit } from './browser.ts'
import { hasFocus, newProject, openSample, tabTo } from './steps.ts'

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to
  }, hash)
}

const steps = (page: Page): Locator => page.getByRole('list', { name: 'First steps' }).getByRole('listitem')

test.skipIf(chromiumPath === null)('an empty project leads, and its list is ticked by what it holds', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await newProject(page)
    for (const who of ['Workflow analyst', 'Data team', 'Clinician', 'Project lead']) {
      const ways = page.getByRole('region', { name: who }).getByRole('listitem')
      await expect.poll(() => ways.count()).toBe(3)
    }
    await expect.poll(() => steps(page).count()).toBe(10)
    await page.getByText('0 of 10 first steps done').waitFor()
    await page.getByRole('figure', { name: /^Example, no data of this project/ }).waitFor()
    expect(await axeFaults(page)).toEqual([])

    // A plan as a program in Germany writes it: separated by semicolons, days with points.
    await go(page, '#/readiness/inputs?kind=milestones')
    await page.getByLabel('File: Milestones').setInputFiles({
      name: 'plan.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('milestone;planned_on\ngo-live;02.11.2027\n'),
    })
    await page.getByText('“planned_on”: 1 day with points read as day, month, year.').waitFor()
    await go(page, '#/readiness')
    await page.getByText('1 of 10 first steps done').waitFor()
    await page.getByText('02-Nov-2027').first().waitFor()
    expect(await page.getByRole('figure').count()).toBe(0)
    expect(visited.errors).toEqual([])
    expect(visited.outside).toEqual([])
    console.log('first minutes: 4 tiles of 3 ways, 10 steps of which 1 ticked itself, 1 ghost, axe 0 in both themes')
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)('a template is an example: maps to open, nothing ticked, nothing green', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await page.getByRole('button', { name: 'New project' }).click()
    await page.getByLabel('Name of the clinic or project').fill('Valley Laboratory')
    await page.getByLabel('System you leave').fill('OldLIS')
    await page.getByLabel('System you move to').fill('NewLIS')
    await page.getByRole('button', { name: /Begin with/ }).click()
    await page.getByRole('option', { name: /^Laboratory/ }).click()
    await page.getByText('nothing in it counts as evidence').waitFor()
    await page.getByRole('button', { name: 'Create project' }).click()
    await page.getByText(/^This project holds 2 maps and 4 drafts of files/).waitFor()
    await page.getByText('0 of 10 first steps done').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await go(page, '#/workflow')
    await page.getByRole('link', { name: 'Sample to report' }).waitFor()
    await go(page, '#/workflow/critical-result/compare')
    await page
      .getByRole('group', { name: /^Hear it read back/ })
      .first()
      .waitFor()
    await go(page, '#/readiness/inputs?kind=risks')
    await expect.poll(() => page.getByText('draft of the template').count()).toBe(4)
    await page.getByRole('button', { name: 'Begin with the draft' }).click()
    await page.getByLabel('Your name').fill('Mara Lind')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('typed, not signed').waitFor()
    await go(page, '#/readiness')
    await page.getByText('1 of 10 first steps done').waitFor()
    expect(visited.errors).toEqual([])
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)('what a colleague changed is named once, with the way to the place', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await newProject(page)
    await go(page, '#/settings')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as .carryover file' }).click()
    const stream = await (await saved).createReadStream()
    const parts: Buffer[] = []
    for await (const part of stream) parts.push(Buffer.from(part))
    const unpacked = unpackProject(new Uint8Array(Buffer.concat(parts)))
    const project = unpacked.ok ? openProject(unpacked.files).project : null
    if (!project) throw new Error('The saved file is no project')
    const hand = { device: 'd-colleague', actor: 'k-ito', wall: new Date(Date.now() + 60_000).toISOString() }
    const acts = ['finding-looked-at', 'finding-looked-at', 'merged'].map((action, at) => ({
      action,
      object: `x${at}`,
      digest: `sha256:${String(at).repeat(64)}`,
    }))
    const bytes = packProject(saveProject(record(project, acts, hand)))
    await go(page, '#/')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Open a project…' }).click()
    await (await chooser).setFiles({ name: 'from-ito.carryover', mimeType: 'application/zip', buffer: Buffer.from(bytes) })
    await page.getByRole('button', { name: /^Merge from-ito/ }).click()
    const since = page.getByRole('region', { name: /^Changed since you were here on/ })
    await since.waitFor()
    expect(await since.getByRole('link').allInnerTexts()).toEqual(['2 findings looked at', '1 copy merged in'])
    expect(await since.innerText()).toContain('by k-ito')
    expect(await axeFaults(page)).toEqual([])
    await since.getByRole('link', { name: '2 findings looked at' }).click()
    await page.getByRole('heading', { name: 'Findings', level: 1 }).waitFor()
    // It stays until it is seen, over a reload.
    await page.reload()
    await go(page, '#/readiness')
    await since.getByRole('button', { name: 'Mark as seen' }).focus()
    await page.keyboard.press('Enter')
    const nothing = page.getByRole('heading', { name: /^Nothing changed since you were here on/ })
    await hasFocus(nothing)
    await page.reload()
    await nothing.waitFor()
    expect(visited.errors).toEqual([])
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)('a tour of the sample by keyboard, left by Escape and gone on with', async () => {
  const visited = await visit({ width: 1280, height: 800 })
  try {
    const { page } = visited
    await openSample(page)
    const card = page.locator('[data-tour-card]')
    const next = async (): Promise<void> => {
      await tabTo(page, 'Next')
      await page.keyboard.press('Enter')
    }
    await tabTo(page, 'Take the tour')
    await page.keyboard.press('Enter')
    await hasFocus(card)
    const [, of = ''] = /stop 1 of (\d+)/.exec(await card.innerText()) ?? []
    expect(Number(of)).toBeGreaterThanOrEqual(7)
    await next()
    await card.getByText(`stop 2 of ${of}`).waitFor()
    await hasFocus(card)
    await next()
    await card.getByText(`stop 3 of ${of}`).waitFor()
    await hasFocus(card)
    expect(await axeFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await card.waitFor({ state: 'detached' })
    await hasFocus(page.locator('#page-title'))
    await page.reload()
    await go(page, '#/readiness')
    await tabTo(page, `Resume the tour: stop 3 of ${of}`)
    await page.keyboard.press('Enter')
    for (let stop = 3; stop < Number(of); stop++) {
      await card.getByText(`stop ${stop} of ${of}`).waitFor()
      await hasFocus(card)
      // The place is marked, and lies in the window.
      await page.locator('[data-tour]').first().waitFor()
      await next()
    }
    await card.getByText(`stop ${of} of ${of}`).waitFor()
    await hasFocus(card)
    const [entries] = /[\d,]+(?= entries)/.exec((await card.innerText()).replace(/stop \d+ of \d+/, '')) ?? []
    await page.getByText(new RegExp(`^${entries} entries: every hash and chain holds`)).waitFor()
    await tabTo(page, 'Finish')
    await page.keyboard.press('Enter')
    await card.waitFor({ state: 'detached' })
    await go(page, '#/readiness')
    await page.getByRole('button', { name: 'Take the tour' }).waitFor()
    expect(visited.errors).toEqual([])
    console.log(`tour: ${of} stops by keyboard, left and gone on with, focus on each`)
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)('the committee’s page is printed with name and logo on one sheet', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await newProject(page, '2027-01-31')
    const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 90 }, type: 'jpeg' })
    await go(page, '#/settings')
    const choose = async (name: string, mimeType: string, buffer: Buffer): Promise<void> => {
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: /^Choose a(nother)? logo…/ }).click()
      await (await chooser).setFiles({ name, mimeType, buffer })
    }
    await choose('logo.png', 'image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'))
    await page.getByText('logo.png is no PNG, JPEG or WebP picture.').waitFor()
    await choose('logo.jpg', 'image/jpeg', picture)
    await page.getByRole('img', { name: 'Logo of North Street Practice' }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    // A list of the clinic calls its columns otherwise: the page asks which are meant, and remembers.
    const drop = async (csv: string): Promise<void> => {
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: /^(?:Add|Replace) milestones$/ }).click()
      await (await chooser).setFiles({ name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    }
    await go(page, '#/readiness/inputs')
    await drop('Milestone;Planned date;Termin\ngo-live;2027-02-01;2027-01-31\n')
    const asked = page.getByRole('dialog', { name: 'Milestones: which columns are meant?' })
    expect(await asked.getByLabel(/^planned_on/).inputValue()).toBe('Planned date')
    await asked.getByLabel(/^planned_on/).selectOption('Termin')
    expect(await axeFaults(page)).toEqual([])
    await asked.getByRole('button', { name: 'Take the file', exact: true }).click()
    await asked.waitFor({ state: 'detached' })
    await drop('Milestone;Planned date;Termin\ngo-live;2027-02-01;2027-01-31\n')
    expect(await asked.getByLabel(/^planned_on/).inputValue()).toBe('Termin')
    await asked.getByRole('button', { name: 'Take the file', exact: true }).click()
    await asked.waitFor({ state: 'detached' })
    for (const route of ['#/readiness/go-no-go', '#/readiness/reports/monthly']) {
      await go(page, route)
      const sheet = page.getByRole('article')
      await sheet.locator('img').waitFor()
      expect(await sheet.innerText()).toContain('North Street Practice')
      // The day that was typed with the project is there, and only claimed.
      if (route.endsWith('go-no-go'))
        expect(await sheet.innerText()).toContain('The day of go-live, 31-Jan-2027, is only claimed.')
      const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
      expect([route, pdf.match(/\/Type\s*\/Page\b/g)?.length, /\/Subtype\s*\/Image/.test(pdf)]).toEqual([route, 1, true])
    }
    expect(visited.errors).toEqual([])
    console.log('leads: go/no-go and month printed on one sheet of A4 each, with name and logo')
  } finally {
    await visited.end()
  }
})
