/** Resources that other people wrote and that are known to be right: nothing may be said against them. */

import { describe, expect, test } from 'vitest'
import { dataPath, hasData } from '../../../beside.ts'
import { filesIn, isError, type Judged, judgeFiles, pathOf, readJson, readLines } from './judged.ts'

function told(sightings: readonly Judged[]): string[] {
  return sightings.filter(isError).map((sighting) => `${sighting.code} ${pathOf(sighting)} ${JSON.stringify(sighting.evidence)}`)
}

describe.skipIf(!hasData('fhir/bulk-ndjson/', 'fhir/synthea-r4/', 'fhir/us-core/'))(
  'clean data of other projects (../shared/data/fhir)',
  () => {
    test('a bulk export of 956 resources has no errors and no open references', async () => {
      const files = filesIn(dataPath('fhir/bulk-ndjson/'), '.ndjson').map(readLines)
      expect(files.flat()).toHaveLength(956)
      const start = performance.now()
      const { sightings, atEnd, notEvaluated } = await judgeFiles(files)
      const seconds = (performance.now() - start) / 1000
      console.log(`bulk export, first run in the process: ${Math.round(956 / seconds)} resources/s`)
      expect(told([...sightings, ...atEnd])).toEqual([])
      expect(notEvaluated.map((entry) => entry.what).filter((what) => what.includes('no input holds'))).toEqual([])
    })

    test('transaction bundles of synthetic patients have no errors', async () => {
      for (const file of filesIn(dataPath('fhir/synthea-r4/'), '.json')) {
        const { sightings, atEnd } = await judgeFiles([[readJson(file)]])
        expect(told([...sightings, ...atEnd])).toEqual([])
      }
    })

    test('examples of US Core have no errors against base FHIR', async () => {
      for (const file of filesIn(`${dataPath('fhir/us-core/')}examples`, '.json')) {
        const { sightings, atEnd } = await judgeFiles([[readJson(file)]])
        expect({ file, told: told([...sightings, ...atEnd]) }).toEqual({ file, told: [] })
      }
    })
  },
)
