import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { newProject } from './steps.ts'

/** The folder that a person would choose in the system's dialog from here on. */
async function chooses(page: Page, name: string): Promise<void> {
  await page.evaluate((folder) => {
    window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true })
  }, name)
}

test.skipIf(chromiumPath === null)(
  'a project saved into a folder opens again from it, and saving it unchanged writes nothing',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      // The browser's own private folder stands for the one a person would choose: the same kind of handle, without the system's dialog.
      await chooses(page, 'chosen')
      await newProject(page)
      await page.evaluate(() => {
        location.hash = '#/workflow'
      })
      await page.getByLabel('Name of a new workflow').fill('Medication refill')
      await page.getByRole('button', { name: 'Add workflow' }).click()
      await page.evaluate(() => {
        location.hash = '#/settings'
      })
      await page.getByRole('button', { name: 'Save to a folder…' }).click()
      await page.getByText(/Saved to the folder chosen: \d+ files changed/).waitFor()
      await page.getByText(/Saved to folder/).waitFor()
      await page.keyboard.press('Control+s')
      await page.getByText('Saved to the folder chosen: 0 files changed').waitFor()

      // Backups go where a person said once, and are looked at after they were written.
      await chooses(page, 'backups')
      await page.getByRole('button', { name: 'Choose a folder for backups…' }).click()
      await page.getByLabel('Passphrase').fill('four words on paper')
      await page.getByLabel('The same again').fill('four words on paper')
      await page.getByRole('button', { name: 'Seal and back up' }).click()
      await page.getByRole('button', { name: 'I wrote it down' }).click()
      await page.getByText(/North-Street-Practice-[a-z0-9]+-backup-\d{8}T\d{6}Z\.carryover$/).waitFor()
      await page.reload()
      await chooses(page, 'chosen')
      await page.getByRole('button', { name: 'Back up now' }).click()
      await page.getByText(/North-Street-Practice-[a-z0-9]+-backup-\d{8}T\d{6}Z\.carryover$/).waitFor()

      await page.getByRole('button', { name: /^Erase .* from this browser$/ }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Erase' }).click()
      await page.getByRole('button', { name: 'Open a folder…' }).click()
      await page.getByRole('navigation', { name: 'Pages' }).waitFor()
      await page.evaluate(() => {
        location.hash = '#/workflow'
      })
      await page.getByRole('link', { name: 'Medication refill' }).first().waitFor()
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
    }
  },
)

test.skipIf(chromiumPath === null)('a reload and a copied link show the same view of the same project', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await newProject(page)
    await page.evaluate(() => {
      location.hash = '#/ledger'
    })
    await page.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor()
    await page.getByText('North Street Practice').first().waitFor()
  } finally {
    await visited.end()
  }
})

/** Writes files into a folder of the browser's own private storage, which stands for one that a person would choose. */
async function holds(page: Page, folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate(
    async ({ folder, files }) => {
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true })
      for (const [path, text] of Object.entries(files)) {
        const parts = path.split('/')
        let place = root
        for (const part of parts.slice(0, -1)) place = await place.getDirectoryHandle(part, { create: true })
        const stream = await (await place.getFileHandle(parts.at(-1) ?? '', { create: true })).createWritable()
        await stream.write(text)
        await stream.close()
      }
    },
    { folder, files },
  )
}

test.skipIf(chromiumPath === null)(
  'a folder of sources says its sides and schemas, and opens again after a reload with one press',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      const fields = [{ name: 'id', type: 'string' }]
      await holds(page, 'extract', {
        'legacy/people.csv': 'id,name\n1,Ada\n2,Grace\n',
        'legacy/visits.csv': 'id,person\n7,1\n8,2\n',
        'target/people.csv': 'id,name\na,Ada\nb,Grace\n',
        'target/Patient.ndjson': '{"resourceType":"Patient","id":"a"}\n',
        'datapackage.json': JSON.stringify({
          resources: [
            { name: 'visits', path: 'visits.csv', schema: { fields: [...fields, { name: 'person', type: 'string' }] } },
            { name: 'labs', path: 'labs.csv', schema: { fields } },
          ],
        }),
        'README.md': '# An extract',
      })
      await newProject(page)
      await chooses(page, 'extract')
      await page.evaluate(() => {
        location.hash = '#/data/sources'
      })
      await page.getByRole('button', { name: 'Add a folder' }).click()
      await page.getByRole('button', { name: 'Read all 3 like this' }).click()
      const note = page.getByRole('list', { name: 'What became of the files' })
      await note.getByText('datapackage.json is attached to visits.csv. No file here for labs;').waitFor()
      await note.getByText('README.md does not look like data.').waitFor()
      const rows = page.getByRole('region', { name: 'Sources' }).getByRole('row')
      const sides = async (): Promise<string[]> =>
        (await rows.allInnerTexts()).slice(1).map((row) => row.split('\t').slice(0, 2).join(' ').trim())
      expect((await sides()).sort()).toEqual([
        'Patient.ndjson target',
        'people.csv legacy',
        'people.csv target',
        'visits.csv legacy',
      ])

      // A reloaded page knows the folder, not its files: one press, and each file finds its own source.
      await page.getByText(/^Saved in this browser/).waitFor()
      await page.reload()
      await page.getByText('4 files are not open in this session').waitFor()
      await page.getByRole('button', { name: 'Open the folder extract again' }).click()
      await note.getByText('4 found again, unchanged').waitFor()
      await note.getByText('No file is missing.').waitFor()

      // What changed meanwhile is named, and a file that is gone is still asked for.
      await holds(page, 'extract', { 'legacy/people.csv': 'id,name\n1,Ada\n2,Grace\n3,Edith\n' })
      await page.evaluate(async () => {
        const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('extract')
        await (await root.getDirectoryHandle('target')).removeEntry('Patient.ndjson')
      })
      await page.reload()
      await page.getByRole('button', { name: 'Open the folder extract again' }).click()
      await note.getByText('1 changed since the project read them: people.csv').waitFor()
      await note.getByText('2 found again, unchanged').waitFor()
      await note.getByText('1 still missing.').waitFor()
      await page.getByText(/people\.csv differs from the file this project knows/).waitFor()
      expect(visited.escaped).toEqual([])
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
    }
  },
)
