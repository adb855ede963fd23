/** Settings of a run: read from `name=value`, and each changes what is said. */
import { expect, test } from 'vitest'
import { defaultSettings, fhirSettings, readFhirSettings } from '../../../../../src/core/data/fhir/definitions/settings.ts'
import { createFhirJudge } from '../../../../../src/core/data/fhir/judge.ts'
import type { JsonObject } from '../../../../../src/core/data/model/record.ts'
import { validate } from '../../../../../src/core/data/validate/validate.ts'
import { bytesSource } from '../../../../../src/core/operation.ts'
import { isError, judgeFiles } from '../judged.ts'

test('a name that is no setting, and a value that it does not take, are refused with what there is', () => {
  expect(readFhirSettings([])).toEqual(defaultSettings)
  expect(readFhirSettings(['validateContains=ignore'])).toMatchObject({ validateContains: 'IGNORE' })
  expect(readFhirSettings(['colour=red'])).toContain('security-checks')
  expect(readFhirSettings(['security-checks'])).toContain('security-checks')
  for (const { name } of fhirSettings) expect(readFhirSettings([`${name}=`])).toContain(name)
  expect(readFhirSettings(['no-tx=false'])).toContain('no-tx takes true')
})

const patient = (members: JsonObject): JsonObject => ({ resourceType: 'Patient', id: 'p', ...members })
const communication: JsonObject = {
  resourceType: 'Communication',
  id: 'c',
  status: 'completed',
  note: [{ text: 'see <red> below' }],
}
const unknown = { url: 'https://clinic.example.net/x', valueString: 'x' }

test.each<[setting: string, resource: JsonObject, without: string[], within: string[]]>([
  ['security-checks=true', patient({ name: [{ text: '<b>Ada</b>' }] }), [], ['html-in-text']],
  ['noHtmlInMarkdown=true', communication, [], ['html-in-text']],
  [
    'validateContains=IGNORE',
    patient({ contained: [{ resourceType: 'Basic', id: 'a_b' }] }),
    ['id', 'cardinality', 'invariant'],
    [],
  ],
  ['validateReference=IGNORE', patient({ generalPractitioner: [{ reference: 'Substance/1' }] }), ['reference-type'], []],
  ['validateReference=CHECK_EXISTS', patient({ generalPractitioner: [{ reference: 'Substance/1' }] }), ['reference-type'], []],
  ['examples=false', patient({ identifier: [{ system: 'http://example.org/mrn', value: '1' }] }), [], ['example-address']],
  ['best-practice=error', patient({}), [], ['invariant']],
])('%s changes the verdict', async (setting, resource, without, within) => {
  const errors = async (given: string[]): Promise<string[]> => {
    const settings = readFhirSettings(given)
    if (typeof settings === 'string') throw new Error(settings)
    const { sightings, atEnd } = await judgeFiles([[resource]], { settings })
    return [...sightings, ...atEnd].filter(isError).map(({ code }) => code.slice('data/fhir-'.length))
  }
  expect(await errors([])).toEqual(without)
  expect(await errors([setting])).toEqual(within)
})

test('advice of good practice weighs what the run says; an allowed domain silences the unknown extension', async () => {
  const severities = async (...given: string[]): Promise<unknown[]> => {
    const settings = readFhirSettings(given)
    if (typeof settings === 'string') throw new Error(settings)
    const { sightings } = await judgeFiles([[patient({ extension: [unknown] })]], { settings })
    return sightings.map(({ code, severity }) => severity ?? code)
  }
  expect(await severities()).toEqual(['data/fhir-extension-unknown'])
  expect(await severities('allowed-extension-domain=https://clinic.example.net')).toEqual([])
  expect(await severities('best-practice=hint', 'allowed-extension-domain=https://clinic.example.net')).toEqual(['info'])
  expect(await severities('best-practice=warning', 'allowed-extension-domain=https://clinic.example.net')).toEqual(['warning'])
})

test('existence is not asked for where REST references are taken to be valid', async () => {
  const lines = [patient({}), patient({ id: 'q', link: [{ other: { reference: 'Patient/gone' }, type: 'seealso' }] })]
  const errors = async (given: string[]): Promise<number> => {
    const settings = readFhirSettings(given)
    if (typeof settings === 'string') throw new Error(settings)
    const { sightings, atEnd } = await judgeFiles([lines], { settings, formats: ['ndjson'] })
    return [...sightings, ...atEnd].filter(isError).length
  }
  expect(await errors([])).toBe(1)
  expect(await errors(['assumeValidRestReferences=true'])).toBe(0)
  expect(await errors(['validateReference=CHECK_TYPE_IF_EXISTS'])).toBe(0)
})

test('comments are told at their place, or passed over without moving anything', async () => {
  const text = '// a patient\n{ "resourceType": "Patient", /* http://x */ "id": "p", "gender": "femal" // typo\n}\n'
  const run = async (given: string[]): Promise<string[]> => {
    const fhir = readFhirSettings(given)
    if (typeof fhir === 'string') throw new Error(fhir)
    const source = bytesSource('p.json', new TextEncoder().encode(text))
    const inputs = [{ source, side: null, format: null, table: 'p', reading: {}, schema: null }]
    for await (const update of validate({ inputs, fhir }, new AbortController().signal, createFhirJudge))
      if (update.kind === 'result') return update.value.findings.map(({ code }) => code)
    return []
  }
  expect(await run([])).toContain('data/invalid-json')
  expect(await run(['allow-comments=true'])).toEqual(['data/fhir-code-required'])
})
