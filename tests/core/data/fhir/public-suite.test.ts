/** HL7's public validator cases (../shared/data/fhir/fhir-test-cases): verdict against the recorded verdict of the reference validator. */
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../src/core/data/record.ts'
import { hasShared, isError, judgeFiles, readJson, sharedFhir } from './judged.ts'

const folder = `${sharedFhir}fhir-test-cases/validator/`

/** Settings of a case that ask for other verdicts than the default ones; they come with the settings of a run. */
const settings = ['packages', 'validateContains', 'security-checks', 'noHtmlInMarkdown', 'allow-comments']

interface Case {
  readonly name: string
  readonly resource: JsonObject
  readonly isWrong: boolean
}

function cases(): { readonly scored: readonly Case[]; readonly leftOut: readonly string[] } {
  const scored: Case[] = []
  const leftOut: string[] = []
  const list = readJson(`${folder}manifest.json`)['test-cases']
  for (const entry of Array.isArray(list) ? list.filter(isObject) : []) {
    const name = String(entry.name)
    const outcome = outcomeOf(entry.java)
    const resource = resourceOf(`${folder}${String(entry.file)}`)
    const has = settings.filter((setting) => entry[setting] !== undefined)
    if (outcome === null) leftOut.push(`${name}: no recorded outcome`)
    else if (resource === null) leftOut.push(`${name}: not a JSON resource`)
    else if (has.length > 0) leftOut.push(`${name}: needs ${has.join(', ')}`)
    else scored.push({ name, resource, isWrong: outcome })
  }
  return { scored, leftOut }
}

/** True where the reference validator found an error, null where nothing is recorded. */
function outcomeOf(java: JsonValue | undefined): boolean | null {
  if (isObject(java)) return typeof java.errorCount === 'number' ? java.errorCount > 0 : null
  const path = `${folder}outcomes/${String(java)}`
  if (java === undefined || !existsSync(path)) return null
  const issues = readJson(path).issue
  return (
    Array.isArray(issues) && issues.some((issue) => isObject(issue) && (issue.severity === 'error' || issue.severity === 'fatal'))
  )
}

function resourceOf(path: string): JsonObject | null {
  try {
    const value = readJson(path)
    return typeof value.resourceType === 'string' ? value : null
  } catch {
    return null
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

test.skipIf(!hasShared)(
  'verdicts agree with the reference validator where base FHIR decides, and no valid case is rejected',
  async () => {
    const { scored, leftOut } = cases()
    const falseAccepts: string[] = []
    const falseRejects: string[] = []
    for (const { name, resource, isWrong } of scored) {
      const { sightings, atEnd } = await judgeFiles([[resource]])
      const rejected = [...sightings, ...atEnd].some(isError)
      if (rejected && !isWrong) falseRejects.push(name)
      if (!rejected && isWrong) falseAccepts.push(name)
    }
    const agreed = scored.length - falseAccepts.length - falseRejects.length
    const valid = scored.filter((each) => !each.isWrong).length
    console.log(
      `public suite: ${agreed} of ${scored.length} verdicts agree (accepting everything: ${valid}); false accepts ${falseAccepts.length}, false rejects ${falseRejects.length}; left out ${leftOut.length}\nfalse accepts: ${falseAccepts.join(', ')}\nleft out: ${leftOut.join('; ')}`,
    )
    expect(falseRejects).toEqual([])
    expect(agreed / scored.length).toBeGreaterThan(0.65)
  },
)
