import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { goWith, newProject } from './steps.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-data-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function addFiles(page: Page, paths: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add files' }).first().click()
  await (await chooser).setFiles([...paths])
}

/** Says yes to how new tables are going to be read. */
async function readLikeThis(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Read (it|all \d+) like this/ }).click()
}

/** Drops a file as a mouse does, without the file dialog. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const data = await page.evaluateHandle(
    ({ name, content }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], name))
      return transfer
    },
    { name, content },
  )
  const zone = page
    .getByText('No files yet')
    .or(page.getByRole('region', { name: 'Sources' }))
    .first()
  for (const type of ['dragenter', 'dragover', 'drop']) await zone.dispatchEvent(type, { dataTransfer: data })
}

const patients = [
  'mrn;name;born',
  ...Array.from(
    { length: 400 },
    (_, i) => `00${100000 + i};Person ${i};${i === 123 ? '31.02.1970' : `${10 + (i % 18)}.0${1 + (i % 9)}.1970`}`,
  ),
].join('\r\n')
const resources = Array.from({ length: 300 }, (_, i) =>
  JSON.stringify(
    i === 57
      ? { resourceType: 'Patient', id: `p${i}`, gender: 'femal' }
      : { resourceType: 'Patient', id: `p${i}`, gender: 'female' },
  ),
).join('\n')

test.skipIf(chromiumPath === null)(
  'the data team drops a CSV and an NDJSON, watches, opens a finding down to its row',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await newProject(page)
      await goWith(page, 'gd')
      await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor()
      await drop(page, 'patients.csv', patients)
      // What will be read how, before all of it is: nothing of the cells is shown before somebody asks.
      const dialog = page.getByRole('dialog')
      await dialog.getByText(/^born: \d+ of \d+ dates can be read both ways/).waitFor()
      expect(await dialog.innerText()).toMatch(/semicolon/)
      expect(await dialog.innerText()).not.toContain('Person 3')
      await readLikeThis(page)
      await page.getByRole('row', { name: /patients\.csv/ }).waitFor()
      await addFiles(page, [file('Patient.ndjson', resources)])
      await page.getByRole('row', { name: /Patient\.ndjson/ }).waitFor()
      await page.getByRole('button', { name: 'Check all files' }).click()
      await page.getByRole('row', { name: /patients\.csv.*400/ }).waitFor()
      await page.getByRole('row', { name: /Patient\.ndjson.*300/ }).waitFor()
      await expect.poll(() => page.getByRole('row', { name: /patients\.csv/ }).innerText()).toMatch(/semicolon/)

      await goWith(page, 'gf')
      await page.getByRole('heading', { name: 'Findings', level: 1 }).waitFor()
      await page.getByRole('link', { name: 'Code is not in the required value set' }).click()
      const inspector = page.getByRole('complementary')
      await inspector.getByText('record 58, line 58').waitFor()
      await inspector.getByRole('button', { name: 'Open in the file' }).first().click()
      await inspector.locator('pre').waitFor()
      expect(await inspector.locator('pre').innerText()).not.toContain('femal')
      await inspector.getByRole('button', { name: 'Reveal values for this visit' }).click()
      await expect.poll(() => inspector.locator('pre').innerText()).toContain('"gender":"femal"')
      // The address, a copied link and the title carry no value.
      expect(page.url()).not.toMatch(/femal|Person/)

      // A newer file of the same name: the run is about the earlier one, and its rows are not looked up in the new file.
      await page.evaluate(() => {
        location.hash = '#/data/sources'
      })
      await addFiles(page, [file('Patient.ndjson', `${resources}\n{"resourceType":"Patient","id":"late"}`)])
      await page.getByRole('button', { name: 'A newer version of the target file' }).click()
      await page.getByRole('row', { name: /Patient\.ndjson.*changed since it was read/ }).waitFor()
      await page.getByRole('row', { name: /patients\.csv.*400/ }).waitFor()
      await page.evaluate(() => {
        location.hash = '#/data/findings'
      })
      await page.getByText(/Run #1 is about earlier files: Patient\.ndjson changed/).waitFor()
      await page.getByRole('link', { name: 'Code is not in the required value set' }).click()
      await inspector.getByText('record 58, line 58').waitFor()
      expect(await inspector.getByRole('button', { name: 'Open in the file' }).first().isDisabled()).toBe(true)
      expect(visited.escaped).toEqual([])
      expect(visited.outside).toEqual([])
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
    }
  },
)

test.skipIf(chromiumPath === null)(
  'a long run shows bytes, answers Cancel at once and keeps what it found, marked partial',
  async () => {
    const rows = Array.from(
      { length: 300_000 },
      (_, i) => `${i};Person ${i};1970-01-${String((i % 28) + 1).padStart(2, '0')};note ${i}\n`,
    ).join('')
    const path = file('long.csv', 'id;name;born;note\n')
    // Long enough to be read still when Cancel is pressed late, and cheap to write.
    for (let part = 0; part < 12; part++) appendFileSync(path, rows)
    const visited = await visit()
    try {
      const { page } = visited
      await newProject(page)
      await page.evaluate(() => {
        location.hash = '#/data/sources'
      })
      await addFiles(page, [path])
      await readLikeThis(page)
      await page.getByRole('row', { name: /long\.csv/ }).waitFor()
      await page.getByRole('button', { name: 'Check all files' }).click()
      await page
        .getByText(/ of \d+ MB read/)
        .first()
        .waitFor()
      expect(await page.getByRole('progressbar').first().isVisible()).toBe(true)
      const cancel = page.getByRole('main').getByRole('button', { name: 'Cancel' })
      await cancel.click()
      await page.getByRole('button', { name: 'Run all checks' }).waitFor()
      await page.evaluate(() => {
        location.hash = '#/data/findings'
      })
      await page.getByText('This run is partial').waitFor()
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
    }
  },
)

test.skipIf(chromiumPath === null)('adding a large file shows bytes, and Cancel adds nothing', async () => {
  const path = file('huge.csv', 'id;name')
  truncateSync(path, 6_000_000_000)
  const visited = await visit()
  try {
    const { page } = visited
    await newProject(page)
    await page.evaluate(() => {
      location.hash = '#/data/sources'
    })
    await addFiles(page, [path])
    await page.getByRole('main').getByText('Recognising huge.csv').waitFor()
    await page
      .getByText(/ of [\d.,]+ GB read/)
      .first()
      .waitFor()
    await page.getByRole('banner').getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Adding files was cancelled; nothing was added.').waitFor()
    await page.getByText('No files yet').waitFor()
    expect(visited.errors).toEqual([])
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)(
  'bad files are named with a sentence, the good ones are read, and missing scans are counted',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await newProject(page)
      await page.evaluate(() => {
        location.hash = '#/data/sources'
      })
      await addFiles(page, [
        file('empty.csv', ''),
        file('report.csv', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n'),
        file('torn.ndjson', '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Pat'),
        file('good.csv', 'id,name,scan\n1,Ada,a.pdf\n2,Grace,scans/b.pdf\n3,Edith,\n4,Lise,c.png\n'),
      ])
      await readLikeThis(page)
      await page.getByRole('row', { name: /good\.csv/ }).waitFor()
      await page.getByRole('button', { name: 'Check all files' }).click()
      await page.getByRole('row', { name: /good\.csv.*4/ }).waitFor()
      await page.getByRole('button', { name: 'Run all checks' }).waitFor()
      await page.evaluate(() => {
        location.hash = '#/data/findings'
      })
      const findings = page.getByRole('region', { name: 'Findings' })
      await findings.waitFor()
      await page.getByText(/not read to the end: .*torn\.ndjson/).waitFor()
      expect(await page.getByText('This run is partial').count()).toBe(0)
      for (const name of ['empty.csv', 'report.csv', 'torn.ndjson'])
        expect(await findings.getByText(name).count(), name).toBeGreaterThan(0)

      // Scans that a table names: one is there, one is not, one is not what it is called, and one belongs to nobody.
      const scans = mkdtempSync(join(folder, 'scans-'))
      writeFileSync(join(scans, 'a.pdf'), '%PDF-1.7')
      writeFileSync(join(scans, 'c.png'), 'GIF89a')
      writeFileSync(join(scans, 'stray.pdf'), '%PDF-1.4')
      await page.evaluate(() => {
        location.hash = '#/data/reconcile'
      })
      await page.getByRole('button', { name: 'Choose the column that names them…' }).click()
      await page.getByRole('button', { name: 'Choose a column… Named by' }).click()
      await page.getByRole('option', { name: 'good.csv, column scan' }).click()
      const chosen = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Choose the folder of the documents…' }).click()
      await (await chosen).setFiles(scans)
      const counted = page.getByRole('table', { name: 'Documents and scans, counted' })
      await counted.waitFor()
      const rows = (await counted.getByRole('row').allInnerTexts()).map((text) => text.split(/\t/))
      expect(rows.map(([words, count]) => [words, Number(count)])).toEqual([
        ['Named by a row', 3],
        ['Found', 2],
        ['Missing', 1],
        ['Several files of the name', 0],
        ['Rows without a name', 1],
        ['Files that no row names', 1],
        ['Empty files', 0],
        ['Not what their ending says', 1],
        ['Copies of another', 0],
      ])
      await page.getByText('Missing: 1').click()
      await page.getByText('record 2, line 3').waitFor()
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
    }
  },
)

test.skipIf(chromiumPath === null)('half a project file and a newer format are refused in words', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await page.getByRole('button', { name: 'Open a project…' }).waitFor()
    const open = async (path: string): Promise<void> => {
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Open a project…' }).click()
      await (await chooser).setFiles(path)
    }
    await newProject(page)
    await page.evaluate(() => {
      location.hash = '#/settings'
    })
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as .carryover file' }).click()
    const saved = join(folder, 'saved.carryover')
    await (await download).saveAs(saved)
    const { readFileSync } = await import('node:fs')
    const bytes = readFileSync(saved)
    await page.evaluate(() => {
      location.hash = '#/'
    })
    await open(file('half.carryover', bytes.subarray(0, Math.floor(bytes.length / 2))))
    await page
      .getByRole('alert')
      .getByText(/half\.carryover/)
      .waitFor()
    const { unzipSync, zipSync, strFromU8, strToU8 } = await import('fflate')
    const files = unzipSync(bytes)
    const manifest = JSON.parse(strFromU8(files['carryover.json'] ?? new Uint8Array()))
    files['carryover.json'] = strToU8(JSON.stringify({ ...manifest, id: 'newer', formatVersion: 99 }))
    await open(file('newer.carryover', Buffer.from(zipSync(files))))
    await page
      .getByRole('alert')
      .getByText(/newer version/)
      .waitFor()
    await page.getByText('Read only').waitFor()
    expect(visited.errors).toEqual([])
  } finally {
    await visited.end()
  }
})
