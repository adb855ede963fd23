/** Example files of the board, all kinds together, and the sets that make one gate blocked, at risk or ready. Same clinic, same bytes. */

import { inputKindNames } from '../../src/core/readiness/input-files/files.ts'
import type { Gate, PhaseId } from '../../src/core/readiness/model/phase.ts'
import { addDays } from '../../src/core/values/day.ts'
import { riversideWorkflows } from '../riverside/workflows/index.ts'
import type { Clinic, InputName } from './clinic.ts'
import { eventFiles } from './event-files.ts'
import { type Flaw, flawNames, flaws } from './flaws.ts'
import { governanceFiles } from './governance-files.ts'
import { operationFiles } from './operation-files.ts'
import { peopleFiles } from './people-files.ts'
import { planFiles } from './plan-files.ts'

/** CSV text by kind, in the order of the kinds. */
export function exampleFiles(clinic: Clinic): ReadonlyMap<InputName, string> {
  const made = {
    ...peopleFiles(clinic),
    ...planFiles(clinic),
    ...operationFiles(clinic),
    ...governanceFiles(clinic),
    ...eventFiles(clinic),
  }
  return new Map(inputKindNames.flatMap((kind) => (made[kind] === undefined ? [] : [[kind, made[kind]] as const])))
}

/** Days since go-live in the sets: seven months, so that checkpoints, refresher and six periods of use lie behind. */
const monthsAfter = 200

/** The clinic of the sets on a day, seven months after go-live, with what is planted. */
export function exampleClinic(
  asOf: string,
  planted: readonly Flaw[] = [],
  parts: Partial<Pick<Clinic, 'workflows' | 'sources'>> = {},
): Clinic {
  return {
    asOf,
    goLive: addDays(asOf, -monthsAfter),
    workflows: parts.workflows ?? [...riversideWorkflows.values()],
    sources: parts.sources ?? [
      { name: 'patients.csv', records: 2000 },
      { name: 'allergies.csv', records: 5400 },
      { name: 'medications.csv', records: 9100 },
    ],
    flaws: new Set(planted),
  }
}

export interface ExampleSet {
  /** `pre-launch-blocked`. */
  readonly name: string
  readonly phase: PhaseId
  readonly gate: Exclude<Gate, 'waiting'>
  readonly flaw: Flaw | null
}

const states: readonly ExampleSet['gate'][] = ['ready', 'at risk', 'blocked']

/** For each phase the first thing planted that gives each gate; then one set for each kind of drift. */
export const exampleSets: readonly ExampleSet[] = [
  ...(['discovery', 'configuration', 'training', 'pre-launch', 'go-live', 'after-go-live'] as const).flatMap((phase) =>
    states.map((gate): ExampleSet => {
      const flaw = flawNames.find((name) => flaws[name].phase === phase && flaws[name].gate === gate) ?? null
      return { name: `${phase}-${gate.replace(' ', '-')}`, phase, gate, flaw }
    }),
  ),
  ...flawNames
    .filter((name) => name.startsWith('drift-'))
    .map((flaw): ExampleSet => ({ name: flaw, phase: 'after-go-live', gate: 'blocked', flaw })),
]
