import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Asked, bulkServer, closeServers } from '../io/bulk-export/bulk-server.ts'
import { chromiumPath, visit } from './browser.ts'
import { newProject } from './steps.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-fhir-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await closeServers()
})

const canary = 'Zqcanary'
const token = 'zq-secret-token'

function lines(type: string, count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const subject =
      type === 'Patient' ? { name: [{ family: `${canary}${i}` }] } : { subject: { reference: `Patient/Patient-${i % 3}` } }
    return `${JSON.stringify({ resourceType: type, id: `${type}-${i}`, ...subject })}\n`
  }).join('')
}

/** What a server has to say so that a page of another origin may read it. */
function openToPages(expose: string): (asked: Asked, response: ServerResponse) => boolean {
  return ({ method }, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*, Authorization')
    response.setHeader('Access-Control-Allow-Methods', 'GET, DELETE')
    if (expose !== '') response.setHeader('Access-Control-Expose-Headers', expose)
    if (method === 'OPTIONS') response.writeHead(204).end()
    return method === 'OPTIONS'
  }
}

const everything = 'Content-Location, Retry-After, X-Progress, ETag, Expires'

async function beginExport(page: Page, base: string): Promise<void> {
  await page.getByRole('button', { name: 'Read a FHIR server…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Read a FHIR server' })
  await dialog.getByLabel('Address of the FHIR R4 server').fill(base)
  await dialog.getByRole('button', { name: /How it is read/ }).click()
  await page.getByRole('option', { name: /Bulk export/ }).click()
  await dialog.getByLabel(/^Bearer token/).fill(token)
  await dialog.getByRole('button', { name: 'Begin the export' }).click()
}

async function toSources(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/data/sources'
  })
}

const profile = {
  resourceType: 'StructureDefinition',
  url: 'urn:example:born',
  name: 'Born',
  title: 'A patient with a day of birth',
  kind: 'resource',
  type: 'Patient',
  derivation: 'constraint',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  differential: { element: [{ id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1 }] },
}

test.skipIf(chromiumPath === null)(
  'an export is paused, gone on with after a reload and held against a profile of a loaded package',
  async () => {
    const server = await bulkServer(
      {
        files: [
          { type: 'Patient', text: lines('Patient', 30) },
          { type: 'Condition', text: lines('Condition', 12) },
        ],
        pending: 1000,
        headers: { 'Retry-After': '1' },
        before: openToPages(everything),
      },
      Date.now,
    )
    const hidden = await bulkServer({ before: openToPages('') }, Date.now)
    const visited = await visit({ connect: [server.base, hidden.base].map((base) => new URL(base).origin) })
    try {
      const { page } = visited
      const said: string[] = []
      page.on('console', (message) => said.push(message.text()))
      await newProject(page)
      await toSources(page)
      await beginExport(page, server.base)
      const panel = page.getByRole('region', { name: 'Bulk export', exact: true })
      await panel.getByText(/Waiting for the server/).waitFor()
      await expect.poll(() => server.asked.filter(({ path }) => path.endsWith('/status/1')).length).toBeGreaterThan(0)
      await panel.getByRole('button', { name: 'Pause' }).click()
      await panel.getByText('Paused while the server prepares the files.').waitFor()
      expect(server.deleted).toBe(0)

      // The project is kept before the page is left; the export is found again, its token is not.
      await page.getByText(/Saved in this browser only/).waitFor()
      await page.reload()
      await panel.getByText('Paused while the server prepares the files.').waitFor()
      server.behaviour.pending = 0
      const before = server.asked.length
      await panel.getByLabel('Bearer token (optional)').fill(token)
      await panel.getByRole('button', { name: 'Continue the export' }).click()
      await panel.getByText('Complete: 2 of 2 files are here.').waitFor()
      const after = server.asked.slice(before).filter(({ method }) => method === 'GET')
      expect(after.some(({ path }) => path.endsWith('$export'))).toBe(false)
      expect(after.every(({ headers }) => headers.authorization === `Bearer ${token}`)).toBe(true)
      await page.getByRole('link', { name: 'Patient.000.ndjson' }).waitFor()
      await page.getByRole('link', { name: 'manifest.json' }).waitFor()

      const definition = join(folder, 'born.json')
      writeFileSync(definition, JSON.stringify(profile))
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Load a package…' }).click()
      await (await chooser).setFiles(definition)
      await page.getByRole('region', { name: 'FHIR packages' }).getByText('Loose definitions').waitFor()
      await page.getByRole('link', { name: 'Patient.000.ndjson' }).click()
      await page.getByRole('button', { name: /Add a profile/ }).click()
      await page.getByRole('option', { name: 'Patient: A patient with a day of birth' }).click()
      await page.getByRole('list', { name: 'Chosen profiles' }).getByText('urn:example:born').waitFor()
      await page.getByRole('button', { name: 'Run all checks' }).click()
      await page.getByRole('button', { name: 'Run all checks' }).waitFor()
      await page.evaluate(() => {
        location.hash = '#/data/findings'
      })
      const row = page.getByRole('row', { name: /Patient\.birthDate/ })
      await row.waitFor()
      expect(await row.innerText()).toMatch(/30/)

      // A server that hides where the export is asked for: said in words, with the command that can.
      await toSources(page)
      const fetched = await panel.innerText()
      await beginExport(page, hidden.base)
      await page.getByText('What was fetched before is still here.').waitFor()
      expect(await panel.innerText()).toBe(fetched)
      await panel.getByRole('button', { name: 'Remove from this browser' }).click()
      await beginExport(page, hidden.base)
      await panel.getByText(/does not expose the header Content-Location/).waitFor()
      await panel.getByText(/carryover validate .* --export Patient/).waitFor()
      // Cancelling while the server works tells it so.
      server.behaviour.pending = 1000
      await panel.getByRole('button', { name: 'Cancel the export' }).click()
      await beginExport(page, server.base)
      await panel.getByText(/Waiting for the server/).waitFor()
      await expect.poll(() => server.asked.at(-1)?.path).toMatch(/status/)
      await panel.getByRole('button', { name: 'Cancel the export' }).click()
      await panel.getByText('Cancelled: 0 of 0 files are here.').waitFor()
      expect(server.deleted).toBe(1)

      expect(said.filter((text) => text.includes(canary) || text.includes(token))).toEqual([])
      const kept = await page.evaluate(async () => {
        const names: string[] = []
        const look = async (folder: FileSystemDirectoryHandle): Promise<void> => {
          for await (const handle of folder.values()) {
            names.push(handle.name)
            if (handle.kind === 'directory') await look(handle as FileSystemDirectoryHandle)
            else names.push(await (await (handle as FileSystemFileHandle).getFile()).text())
          }
        }
        await look(await navigator.storage.getDirectory())
        return [location.href, JSON.stringify({ ...localStorage, ...sessionStorage }), ...names].join('\n')
      })
      expect(kept).not.toContain(token)
      expect(visited.escaped).toEqual([])
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
    }
  },
)
