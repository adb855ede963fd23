/** The downtime kit: made from the project's files, the same for the same day, no evidence any more once one of them changes. */
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { kitFrom, makeKit } from '../../../src/core/readiness/downtime/kit.ts'
import { summaryPart } from '../../../src/core/readiness/downtime/kit-parts.ts'
import { keptKit, kitMade, kitPath, withKit } from '../../../src/core/readiness/downtime/kit-record.ts'
import { inputKindNames, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { withExamples } from '../../../src/core/readiness/kept-files/keep-input.ts'
import { isForm } from '../../../src/core/readiness/sheets/sheet.ts'
import { sheetHtml } from '../../../src/core/readiness/sheets/sheet-html.ts'
import { sheetText } from '../../../src/core/readiness/sheets/sheet-text.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject, withFile } from './ready-project.ts'

const ready = readyProject([])
const hand = { device: 'd1', actor: 'lead', wall: '2026-07-20T09:00:00+02:00' }
const judged = (project: Project, day = asOf) =>
  assess(project, day, null, criteria, verified)
    .phases.flatMap((each) => each.criteria)
    .find(({ criterion }) => criterion.code === 'readiness/downtime-kit')
const withText = (project: Project, path: string, change: (text: string) => string): Project => ({
  ...project,
  other: new Map(project.other).set(path, utf8(change(new TextDecoder().decode(project.other.get(path))))),
})

test('each department has its bookings of three days, all procedures, its contacts and the forms of its own steps', () => {
  const bookings = [
    'booking_id,clinic,start,minutes,status',
    'B1,nursing ,2026-07-20T09:00:00+02:00,20,booked',
    'B2,Nursing,2026-07-22T23:30:00+02:00,20,booked',
    'B3,Nursing,2026-07-23T00:10:00+02:00,20,booked',
    'B4,Nursing,2026-07-21T09:00:00+02:00,20,cancelled',
    'B5,Family medicine,2026-07-21T09:00:00+02:00,20,booked',
    '',
  ].join('\n')
  const kit = makeKit({ ...ready, other: new Map(ready.other).set(inputPath('bookings'), utf8(bookings)) }, '2026-07-20')
  const nursing = kit?.clinics.find(({ name }) => name === 'Nursing')
  expect(nursing).toMatchObject({ bookings: 2, procedures: 14 })
  const page = nursing ? sheetText(nursing.sheet) : ''
  expect([...page.matchAll(/\bB\d\b/g)].map(([id]) => id)).toEqual(['B1', 'B2'])
  expect(page).toContain('print results')
  // Patients depend on these: they come first.
  expect(page.indexOf('LabSys to OpenChart')).toBeLessThan(page.indexOf('Staff directory to OpenChart'))
  expect(kit?.clinics.map(({ name }) => name)).toEqual(['Family medicine', 'Front desk', 'Nursing', 'Systems', 'Vitals room'])
  expect(page).not.toContain('NOT COMPLETE')
  expect(makeKit({ ...ready, other: new Map() }, '2026-07-20')).toBeNull()
})

test('nothing of an example file is on a sheet, and the sheet says so', () => {
  for (const kind of ['bookings', 'interfaces', 'contacts'] as const) {
    const text = new TextDecoder().decode(ready.other.get(inputPath(kind)))
    const without = { ...ready, other: new Map([...ready.other].filter(([path]) => path !== inputPath(kind))) }
    const examples = withExamples(without, new Map([[kind, text]]), (number) => number, hand)
    const [clinic] = makeKit(examples, '2026-07-20')?.clinics ?? []
    const page = clinic ? sheetText(clinic.sheet) : ''
    expect([kind, page]).toEqual([kind, expect.stringContaining('is an example file; nothing of it is on this sheet.')])
    if (kind === 'interfaces') expect([clinic?.procedures, page.includes('LabSys')]).toEqual([0, false])
    if (kind === 'bookings') expect(clinic?.bookings).toBe(0)
  }
})

test('a sheet says first which file it lacks, in part or whole, whatever file it is', () => {
  const leadOf = (project: Project): string => (makeKit(project, '2026-07-20')?.clinics[0]?.sheet.lead ?? []).join(' ')
  for (const kind of ['bookings', 'interfaces', 'contacts'] as const) {
    const without = new Map(ready.other)
    without.delete(inputPath(kind))
    const text = new TextDecoder().decode(ready.other.get(inputPath(kind)))
    const headOnly = withFile(ready, kind, `${text.split('\n')[0]}\n`)
    const oneTwice = withFile(ready, kind, `${text}${text.split('\n')[1]}\n`)
    for (const each of [{ ...ready, other: without }, headOnly, oneTwice])
      expect([kind, leadOf(each)]).toEqual([kind, expect.stringContaining('NOT COMPLETE')])
    expect([kind, judged(headOnly)?.state, judged(oneTwice)?.state]).toEqual([kind, 'missing', 'unknown'])
  }
})

test('a sheet says first which line has no number, which nobody answered, and which interface nobody answers for', () => {
  const contacts =
    'branch,level,role,number,tested_at,answered\norders,1,Super-user,ext. 11,,\nresults,2,Vendor,,2026-07-01T10:00:00Z,no\n'
  const interfaces = 'edge_id,from,to,downtime,owner\nlab,LabSys,Record,print results,Analyst\nfax,Fax,Record,,\n'
  const kit = makeKit(withFile(withFile(ready, 'contacts', contacts), 'interfaces', interfaces), '2026-07-20')
  const [sheet] = kit?.clinics.map((clinic) => clinic.sheet) ?? []
  expect(sheet?.lead.filter((line) => line.startsWith('NOT COMPLETE'))).toEqual([
    'NOT COMPLETE: no number to call is listed, write it in before this is handed out: results 2 (Vendor).',
    'NOT COMPLETE: nobody answered when the line was tried: results 2.',
    'NOT COMPLETE: nobody said what people do while it is down: fax.',
    'NOT COMPLETE: nobody answers for it: fax.',
  ])
  expect(sheet && sheetText(sheet)).toMatch(/ext\. 11[\s\S]*PATIENT SUMMARY: ONE COPY FOR EACH PATIENT/)
})

test('the same files and day give the same kit, and a kit is no evidence once any of them changes', () => {
  expect(judged(ready)?.state).toBe('proven')
  expect(judged(ready)?.evidence.find(({ kind }) => kind === 'kit')).toMatchObject({
    stale: null,
    date: '2026-07-18T09:00:00+02:00',
  })
  const again = withKit(ready, asOf, hand)
  expect(again?.ledger.at(-1)).toMatchObject({ action: kitMade, object: kitPath })
  expect(again && keptKit(again)?.stale).toBeNull()
  expect(withKit(structuredClone(ready), asOf, hand)?.other.get(kitPath)).toEqual(again?.other.get(kitPath))
  let stale = 0
  for (const { name } of kitFrom(ready)) {
    const kind = inputKindNames.find((each) => inputPath(each) === name)
    const changed: Project = kind
      ? withFile(ready, kind, `${new TextDecoder().decode(ready.other.get(name))}\n`)
      : {
          ...ready,
          workflows: ready.workflows.map((each) => ({ ...each, future: { ...(each.future as object), label: 'Other' } })),
        }
    const after = judged(changed)
    expect([name, after?.state]).toEqual([name, 'stale'])
    expect(after?.reason).toBe(`${name} changed after the kit of 18-Jul-2026`)
    stale++
  }
  expect(stale).toBe(5)
  // A month later the same kit is too old, and without a kit the criterion is missing.
  expect(judged(ready, '2026-08-25')?.state).not.toBe('proven')
  const other = new Map(ready.other)
  other.delete(kitPath)
  expect(judged({ ...ready, other })).toMatchObject({ state: 'missing', action: { label: 'Make the downtime kit' } })
})

test('paper forms are those of steps that decide, order, record or touch safety, for the roles that do them', () => {
  const node = (id: string, parts: object) => ({ id, type: 'step', label: id, lane: 'nurse', ...parts })
  const future = {
    ...(ready.workflows[0]?.future as object),
    elements: [
      { id: 'dose', label: 'Dose' },
      { id: 'allergy', label: 'Allergies', safety: true },
    ],
    nodes: [
      { id: 'begin', type: 'start' },
      node('Approve dose', { kind: 'approve', reads: ['allergy'], writes: [{ element: 'dose', mode: 'typed' }] }),
      node('Tidy up', { kind: 'do' }),
      node('Send by itself', { kind: 'request', medium: 'auto' }),
      node('Decide', { kind: 'decide', lane: 'clerk' }),
    ],
    lanes: [
      { id: 'nurse', label: 'Nurse' },
      { id: 'clerk', label: 'Somebody else' },
    ],
    edges: [],
  }
  const kit = makeKit({ ...ready, workflows: ready.workflows.map((each) => ({ ...each, future })) }, '2026-07-20')
  // A role that nobody in the roster has is everybody's.
  expect(kit?.clinics.map(({ name, forms }) => `${name} ${forms}`)).toEqual([
    'Family medicine 1',
    'Front desk 1',
    'Nursing 2',
    'Systems 1',
    'Vitals room 1',
  ])
  const page = kit?.clinics[2] ? sheetText(kit.clinics[2].sheet) : ''
  expect(page).toContain('FORM: APPROVE DOSE (REFILL, NURSE) – A PATIENT CAN BE HARMED')
  expect(page).toContain('Look up first: Allergies.')
})

test('a record that these files do not give counts for nothing', () => {
  const forged = withText(ready, kitPath, (text) => text.replace(/"digest": "sha256:[0-9a-f]{4}/, '"digest": "sha256:0000'))
  expect(judged(forged)?.reason).toBe('the record of the kit is not that of a kit made from these files')
  expect(judged(withText(ready, kitPath, () => '{'))?.state).toBe('missing')
  expect(judged(withText(ready, kitPath, () => '{"day":"x"}'))?.state).toBe('missing')
})

test('what is kept of a kit holds counts and digests, and a patient summary is an empty form', () => {
  const kept = new TextDecoder().decode(ready.other.get(kitPath))
  expect(kept).not.toMatch(/B\d-\d|patient/i)
  const { blocks } = summaryPart('09:00')
  const cells = blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat() : []))
  expect(cells.length).toBeGreaterThan(20)
  expect(cells.every((cell) => cell.trim() === '')).toBe(true)
})

test('every row that is filled in by hand is at least 8 mm high, and no row is torn at the end of a page', () => {
  const kit = makeKit(readyProject([]), asOf)
  if (!kit) throw new Error('no kit')
  for (const { sheet } of kit.clinics) {
    expect(isForm(sheet)).toBe(true)
    const html = sheetHtml(sheet)
    const open = sheet.sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'table' ? block.rows.filter((row) => row.includes(' ')) : []))
    expect(html.match(/<tr class="w">/g)).toHaveLength(open.length)
    const heights = [...html.matchAll(/\.w td \{ height: (\d+)mm|\.form \.line \{ padding-top: (\d+)mm/g)].map(([, a, b]) =>
      Number(a ?? b),
    )
    expect(heights.length).toBe(2)
    for (const height of heights) expect(height).toBeGreaterThanOrEqual(8)
    expect(html).toContain('tr, .sign, h2 { break-inside: avoid; }')
  }
})
