/** What is watched without being asked for stays as grave as the check itself, whatever the table is about. */
import { expect, test } from 'vitest'
import { recordsOf, runTables } from '../rules/run-tables.ts'

const day = (i: number): string =>
  `19${50 + (i % 45)}-${String(1 + (i % 12)).padStart(2, '0')}-${String(2 + (i % 26)).padStart(2, '0')}`

test('a stand-in date, January births and a short year in a table of patients reject no record', async () => {
  const births = Array.from({ length: 400 }, (_, i) => (i < 28 ? `19${50 + i}-01-01` : day(i)))
  const rows = births.map((born, i) => `${i},${i === 300 ? '1900-01-01' : born},${i === 7 ? '1-1-10' : day(i + 3)}`)
  const result = await runTables({ patients: `id,born,since\n${rows.join('\n')}\n` })
  expect(result.findings.map(({ code }) => code)).toContain('data/sentinel-date')
  for (const { severity } of result.findings) expect(['warning', 'info']).toContain(severity)
  expect(result.summary.recordsWithErrors).toBe(0)
})

test('a rule that asks for the same check is raised by what the table is about', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i},${i === 9 ? '1900-01-01' : day(i)}`)
  const asked = { on: 'patients', check: 'data/sentinel-date', fields: ['born'] }
  const result = await runTables({ patients: `id,born\n${rows.join('\n')}\n` }, [asked])
  expect(result.findings.find(({ code }) => code === 'data/sentinel-date')?.severity).toBe('critical')
})

test('months and years are a format, results are numbers; codes that became either are damage', async () => {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May']
  const table = (cells: readonly string[]): string => `id,value\n${cells.map((cell, i) => `${i},${cell}`).join('\n')}\n`
  const found = async (cells: readonly string[]): Promise<number[]> =>
    recordsOf(await runTables({ labs: table(cells) }), 'data/spreadsheet-damage')
  expect(await found(Array.from({ length: 80 }, (_, i) => `${months[i % 5]}-${20 + (i % 9)}`))).toEqual([])
  expect(await found(['5.4', '120', '2.5E+11', '1.8E+11', '0.7', '140'])).toEqual([])
  expect(await found(['2.5E+11', '1.8E+11', '3E+11'])).toEqual([])
  expect(await found([...Array.from({ length: 40 }, (_, i) => `AB${i}`), 'Mar-01', 'Sep-02'])).toEqual([41, 42])
  expect(await found(['123456789012', '1.23E+11', '223456789012'])).toEqual([2])
  expect(await found(['1.23E+11', '4.57E+11', '9.12E+11'])).toEqual([1, 2, 3])
})
