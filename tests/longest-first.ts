/** Files that take long begin first, so that none of them is left alone at the end. A machine that never ran them would begin with the largest files. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const longest = [
  'journeys/server-runs',
  'journeys/clinician',
  'journeys/chart-reading',
  'journeys/accessibility',
  'journeys/together-signed',
  'journeys/first-minutes',
  'journeys/team-look',
  'journeys/private-part',
  'journeys/foreign-pair',
  'journeys/reader-bundle',
  'journeys/analyst',
  'journeys/together',
  'journeys/data-team',
  'journeys/second-reader',
  'journeys/tabs',
  'journeys/canary',
  'journeys/killed',
  'team/server-runs',
  'scale/set-aside-verbs',
  'scale/spread-map',
  'scripts/two-builds',
  'team/full-disk',
  'scale/spread-reconcile',
  'scale/resume',
  'team/killed',
  'cli/help',
  'cli/whole-files',
  'docs/commands',
  'team/keeper',
  'foreign/generator/migrations',
  'library/surface',
  'core/readiness/never-green',
  'core/readiness/proof',
  'core/readiness/contradictions',
  'core/data/validate/proposed',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`))
  return at < 0 ? longest.length : at
}
