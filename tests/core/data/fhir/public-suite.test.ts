/** HL7's public validator cases (../shared/data/fhir/fhir-test-cases): verdicts and places against those of the reference validator. */

import { expect, test } from 'vitest'
import { hasData } from '../../../beside.ts'
import { needsServer, publicSuite, type SuiteCase, type SuiteVerdict, verdictOf } from './public-suite.ts'
import disagreements from './suite-disagreements.json'

/** Modules that are about terminology servers, versions of packages and other subjects than a resource. */
const otherModules = new Set(['tx', 'tx-advanced', 'package-versioning', 'xver', 'shc', 'dsig', 'cdshooks'])
const noRecords = new Set(
  `Questionnaire QuestionnaireResponse Measure MeasureReport StructureDefinition ValueSet CodeSystem ConceptMap SearchParameter
  ImplementationGuide CapabilityStatement OperationDefinition NamingSystem Library StructureMap GraphDefinition`.split(/\s+/),
)

type Judged = SuiteCase & SuiteVerdict

function nameOf({ name, step }: { readonly name: string; readonly step: string }): string {
  return step === 'base' ? name : `${name} (${step})`
}

function disagrees({ rejected, isWrong }: Judged): 'false accept' | 'false reject' | null {
  return rejected === isWrong ? null : rejected ? 'false reject' : 'false accept'
}

test.skipIf(!hasData('fhir/fhir-test-cases/'))(
  'every disagreement with the reference validator is listed with its cause, and the list only shrinks',
  async () => {
    const { cases, leftOut } = publicSuite()
    const judged: Judged[] = []
    for (const each of cases) judged.push({ ...each, ...(await verdictOf(each)) })

    const found = judged.flatMap((each) => {
      const kind = disagrees(each)
      return kind === null ? [] : [`${nameOf(each)}: ${kind}`]
    })
    const listed = disagreements.map((each) => `${nameOf(each)}: ${each.kind}`)
    console.log(summary('all recorded verdicts', judged))
    const offline = judged.filter(({ errors }) => errors.length === 0 || !errors.every(({ text }) => needsServer(text)))
    console.log(summary('without cases that need a server or registry', offline))
    const clinical = offline.filter(
      ({ step, module, type }) => step === 'base' && type !== '' && !otherModules.has(module) && !noRecords.has(type),
    )
    console.log(summary('of these on clinical resources', clinical))
    console.log(`public suite: left out ${leftOut.length}: ${leftOut.join('; ')}`)
    if (process.env.SUITE)
      for (const each of judged) if (disagrees(each)) console.log(nameOf(each), disagrees(each), each.told, each.errors)
    expect(found.sort()).toEqual(listed.sort())
    const agreed = offline.filter((each) => disagrees(each) === null).length
    expect(agreed / offline.length).toBeGreaterThanOrEqual(0.75)
    expect(clinical.filter((each) => disagrees(each) !== null).map(nameOf)).toEqual([])
    const steps = judged.filter(({ step }) => step === 'profile')
    console.log(summary('profile steps', steps))
    console.log(
      summary(
        'files that are not JSON',
        judged.filter(({ type }) => type === ''),
      ),
    )
    console.log(summaryOfPlaces(clinical))
    expect(steps.filter((each) => disagrees(each) !== null)).toEqual([])
  },
)

function summary(what: string, judged: readonly Judged[]): string {
  const count = (kind: string): number => judged.filter((each) => disagrees(each) === kind).length
  const valid = judged.filter(({ isWrong }) => !isWrong).length
  const [accepts, rejects] = [count('false accept'), count('false reject')]
  const agreed = judged.length - accepts - rejects
  const share = ((100 * agreed) / judged.length).toFixed(1)
  return `public suite, ${what}: ${agreed} of ${judged.length} agree (${share} %); errors found ${judged.length - valid - accepts} of ${judged.length - valid}; false accepts ${accepts}, false rejects ${rejects} of ${valid}`
}

/** Errors of the oracle that need no server, by whether an error is told at their place. */
function summaryOfPlaces(judged: readonly Judged[]): string {
  let errors = 0
  const missed: string[] = []
  for (const each of judged)
    for (const { path, text } of each.errors.filter((error) => !needsServer(error.text))) {
      errors++
      // An error of the oracle may stand at the element, or at the object that holds it.
      const near = each.told.some((told) => isNear(told.slice(told.indexOf(' ') + 1), path))
      if (!near) missed.push(`${each.name} ${path}: ${text.slice(0, 80)}`)
    }
  return `public suite, errors by place: ${errors - missed.length} of ${errors} told at the same path${missed.length === 0 ? '' : `; not: ${missed.join(' | ')}`}`
}

function isNear(told: string, path: string): boolean {
  return told === path || parentOf(told) === path || parentOf(path) === told
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), 0))
}
