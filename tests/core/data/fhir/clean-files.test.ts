/** Files that other people wrote and HL7's validator accepts: no error, hardly a warning, and each warning is read and explained. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readFhirSettings } from '../../../../src/core/data/fhir/definitions/settings.ts'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import { definitionsIn } from '../../../../src/core/data/fhir/packages/package.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import type { Finding } from '../../../../src/core/finding.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { dataPath, hasData } from '../../../beside.ts'
import explained from './clean-warnings.json'
import { filesIn } from './judged.ts'
import { publicSuite, suiteFolder } from './public-suite.ts'

interface CleanRun {
  readonly files: readonly string[]
  readonly settings: readonly string[]
  readonly definitions: readonly string[]
}

async function findingsOf({ files, settings, definitions }: CleanRun): Promise<readonly Finding[]> {
  const inputs = files.map((file) => ({
    source: bytesSource(file.split('/').at(-1) ?? '', new Uint8Array(readFileSync(file))),
    side: null,
    format: null,
    table: 't',
    reading: {},
    schema: null,
  }))
  const fhir = readFhirSettings(settings)
  if (typeof fhir === 'string') throw new Error(fhir)
  const loaded: JsonObject[] = []
  for (const file of definitions) loaded.push(...(await definitionsIn(new Uint8Array(readFileSync(suiteFolder + file)))))
  const run = validate({ inputs, fhir, asOf: '2024-06-30' }, new AbortController().signal, (context) =>
    createFhirJudge({ ...context, loaded }),
  )
  return (await finish(run)).findings
}

test.skipIf(!hasData('fhir/bulk-ndjson/', 'fhir/synthea-r4/', 'fhir/us-core/', 'pair-12/'))(
  'clean files of other projects (../shared/data)',
  async () => {
    const cases = publicSuite().cases.filter(({ step, isWrong, type }) => step === 'base' && !isWrong && type !== '')
    const pair = `${dataPath('pair-12/')}target`
    const none = { settings: [], definitions: [] }
    const runs: CleanRun[] = [
      { files: filesIn(dataPath('fhir/bulk-ndjson/'), '.ndjson'), ...none },
      { files: filesIn(dataPath('fhir/synthea-r4/'), '.json'), ...none },
      { files: filesIn(`${dataPath('fhir/us-core/')}examples`, '.json'), ...none },
      { files: filesIn(pair, '.json.gz'), ...none },
      ...cases.map(({ file, settings, definitions }) => ({ files: [suiteFolder + file], settings, definitions })),
    ]
    const counts = { critical: 0, error: 0, warning: 0, info: 0 }
    let files = 0
    const wrong: string[] = []
    const warned = new Map<string, number>()
    for (const run of runs.filter((each) => each.files.length > 0)) {
      files += run.files.length
      for (const { code, severity, place, count, cause, sample } of await findingsOf(run)) {
        counts[severity] += count
        if (severity === 'error' || severity === 'critical')
          wrong.push(`${run.files.at(-1)}: ${code} ${place} ${JSON.stringify(sample[0]?.evidence)}`)
        const name = `${code} ${place}${cause === undefined ? '' : ` ${cause}`}`
        if (severity === 'warning') warned.set(name, (warned.get(name) ?? 0) + 1)
        if (process.env.CLEAN && severity === 'warning')
          console.log(run.files.length === 1 ? run.files[0] : run.files.length, name, count, JSON.stringify(sample[0]?.evidence))
      }
    }
    const warnings = [...warned.values()].reduce((sum, count) => sum + count, 0)
    console.log(
      `clean FHIR: ${files} files, ${counts.error + counts.critical} errors, ${warnings} warnings (${counts.warning} places), ${counts.info} remarks`,
    )
    for (const [name, count] of warned) {
      const because = explained.find((each) => each.warning === name)?.because
      console.log(`clean FHIR: warning ${name}, in ${count} runs: ${because ?? 'NOT EXPLAINED'}`)
    }
    expect(wrong).toEqual([])
    expect(warnings).toBeLessThanOrEqual(files / 10)
    expect([...warned.keys()].sort()).toEqual(explained.map(({ warning }) => warning).sort())
  },
)
