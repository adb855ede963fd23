/** The day of the extract as the manifest names it: a day, nothing, or a text with which no project opens. */
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import { dayOfExtract, pairingInput, runInput } from '../../../src/core/project/runs/run-input.ts'
import { readSample } from '../../samples/riverside.ts'

const files = new Map([...readSample({ patients: 5 }).files].map(([path, bytes]) => [path, new Uint8Array(bytes)]))
const today = '2031-05-06'

/** The sample with another `asOf`, opened as it lies on a disk. */
function dated(asOf: string | null | undefined) {
  const manifest = { ...JSON.parse(new TextDecoder().decode(files.get('carryover.json'))), asOf }
  const opened = openProject(new Map([...files, ['carryover.json', utf8(JSON.stringify(manifest))]]))
  if (!opened.project) throw new Error(opened.problems.map(({ what }) => what).join(' '))
  return opened.project
}

test('a manifest that says null for its day opens, and the day of the run counts', () => {
  expect(dated(null).readOnly).toBeNull()
  expect(dayOfExtract(dated(null), today)).toBe(today)
  expect(runInput(dated(null), today)).toMatchObject({ ok: true, input: { asOf: today } })
  expect(dayOfExtract(dated('2026-07-14'), today)).toBe('2026-07-14')
})

test.each(['14.07.2026', 'soon', '2026-02-30', '2026-7-1', ''])(
  '%j is no day: the project is refused with place and remedy',
  (text) => {
    const place = `carryover.json: .asOf is "${text}", which is no day. Write it as 2026-07-14, or take it out.`
    expect(() => dated(text)).toThrow(place)
  },
)

test('a manifest without a day opens, and the day of the run counts', () => {
  const project = dated(undefined)
  expect(project.readOnly).toBeNull()
  expect(pairingInput(project, today).asOf).toBe(today)
})
