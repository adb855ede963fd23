/** Journeys that take long begin first, so that none of them is left alone at the end. A machine that never ran them would begin with the largest files. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const longest = [
  'accessibility',
  'clinician',
  'canary',
  'killed',
  'tabs',
  'analyst',
  'second-reader',
  'chart-reading',
  'foreign-pair',
  'first-minutes',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((name) => moduleId.endsWith(`/journeys/${name}.test.ts`))
  return at < 0 ? longest.length : at
}
