/** Cases of HL7's public suite that rest on a profile whose definitions lie in the folder: verdicts and places against the reference validator. */

import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { definitionsIn } from '../../../../../src/core/data/fhir/packages/package.ts'
import { hasData } from '../../../../beside.ts'
import { needsServer, publicSuite, type SuiteCase, suiteFolder, verdictOf } from '../public-suite.ts'
import disagreements from '../suite-disagreements.json'

/** A profile step, or a case that comes with a StructureDefinition. */
async function isProfileCase({ step, type, definitions }: SuiteCase): Promise<boolean> {
  if (step === 'profile') return true
  if (type === '') return false
  for (const file of definitions.filter((each) => existsSync(suiteFolder + each)))
    for (const { resourceType } of await definitionsIn(new Uint8Array(readFileSync(suiteFolder + file))))
      if (resourceType === 'StructureDefinition') return true
  return false
}

test.skipIf(!hasData('fhir/fhir-test-cases/'))(
  'profile cases agree with the reference validator in at least four of five',
  async () => {
    const wrong: string[] = []
    let [all, places, told, surplus] = [0, 0, 0, 0]
    for (const each of publicSuite().cases) {
      if (!(await isProfileCase(each))) continue
      all++
      const verdict = await verdictOf(each)
      const at = verdict.told.map((text) => text.slice(text.indexOf(' ') + 1))
      const asked = each.errors.filter(({ text }) => !needsServer(text)).map(({ path }) => path)
      places += asked.length
      told += asked.filter((path) => at.some((own) => isNear(own, path))).length
      surplus += at.filter((own) => !each.errors.some(({ path }) => isNear(own, path))).length
      if (verdict.rejected === each.isWrong) continue
      const because = disagreements.find(({ name, step }) => name === each.name && step === each.step)?.cause ?? 'NOT EXPLAINED'
      wrong.push(`${each.name} (${each.step}), ${verdict.rejected ? 'false reject' : 'false accept'}: ${because}`)
    }
    console.log(`profile cases: ${all - wrong.length} of ${all} verdicts agree`)
    console.log(
      `profile cases: ${told} of ${places} errors that need no server told at their place, ${surplus} told where the reference has none`,
    )
    for (const line of wrong) console.log(`profile cases: ${line}`)
    expect(all).toBeGreaterThan(10)
    expect((all - wrong.length) / all).toBeGreaterThanOrEqual(0.8)
    expect(wrong.filter((line) => line.endsWith('NOT EXPLAINED'))).toEqual([])
  },
)

/** An error may stand at the element, or at the object that holds it. */
function isNear(told: string, path: string): boolean {
  return told === path || told.startsWith(`${path}.`) || path.startsWith(`${told}.`)
}
