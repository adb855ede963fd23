/** A small project with every kind of document, for tests of the project wing. */
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { newProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import type { RunSummary } from '../../../src/core/project/format/run.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { mappingDigest } from '../../../src/core/project/runs/opened-inputs.ts'
import { schemasDigest } from '../../../src/core/project/runs/run-summary.ts'

const mapping = new Map([['mapping/fields.csv', 'legacy_source,legacy_field\nallergies,MRN\n']])

const schemas = new Map([['schemas/allergies.json', { fields: [{ name: 'MRN' }] }]])

export const exampleRun: RunSummary = {
  id: 'run-1',
  number: 1,
  started: '2026-03-01T08:00:00+01:00',
  tool: 'carryover 0.1.0',
  seed: '1',
  partial: false,
  inputs: [{ name: 'allergies.csv', side: 'legacy', bytes: 120, sha256: 'sha256:aa', records: 7, status: 'read' }],
  mapping: mappingDigest(mapping),
  schemas: schemasDigest({ schemas }),
  policy: 'sha256:cc',
  findings: [],
  rulesRun: 12,
  notEvaluated: [],
  pairing: null,
  workflows: [],
}

const accepted = { fingerprint: 'ff', reason: 'Known quirk of MedTrack', by: 'a-keller', expires: '2026-09-01' }

const thresholds = { 'readiness/open-errors': { most: 0 } }

const statements = [
  {
    id: 's2',
    criterion: 'readiness/training',
    text: 'All trained',
    by: 'a-keller',
    role: 'owner',
    at: '2026-03-02',
    expires: null,
    reason: '',
  },
  {
    id: 's1',
    criterion: 'readiness/downtime',
    text: 'Drill held',
    by: 'a-keller',
    role: 'owner',
    at: '2026-03-02',
    expires: null,
    reason: '',
  },
]

const acts: readonly (readonly [action: string, object: string, digest: string | null])[] = [
  ['project-created', 'carryover.json', null],
  // As versions before devices had keys named it.
  ['run-finished', 'runs/run-1/summary.json', null],
  ['mapping-confirmed', 'mapping', mappingDigest(mapping)],
  ['finding-accepted', accepted.fingerprint, digestOf({ ...accepted })],
  ...statements.map((each) => ['statement', each.criterion, digestOf({ ...each })] as const),
  ...Object.entries(thresholds).map(([criterion, values]) => ['threshold-set', criterion, digestOf(values)] as const),
]

export function exampleProject(): Project {
  const empty = newProject({
    id: 'p-riverside',
    name: 'Riverside Clinic',
    legacy: 'MedTrack',
    target: 'OpenChart',
    created: '2026-03-01T08:00:00+01:00',
    tool: 'carryover 0.1.0',
    servers: [],
  })
  return {
    ...empty,
    board: {
      goLive: null,
      owners: {},
      thresholds,
      statements,
    },
    workflows: [
      {
        id: 'refill',
        current: {
          format: 'carryover-workflow/1',
          id: 'refill',
          nodes: [
            { id: 'a', x: 1 },
            { id: 'b', x: 2 },
          ],
          edges: [],
        },
        future: null,
        trace: [{ from: ['a'], to: [] }],
        scenario: null,
      },
    ],
    sources: [
      {
        id: 'allergies',
        name: 'allergies.csv',
        side: 'legacy',
        format: 'csv',
        table: 'allergies',
        bytes: 120,
        sha256: 'sha256:aa',
        records: 7,
        schema: 'schemas/allergies.json',
        reading: { delimiter: ';' },
      },
    ],
    schemas,
    mapping,
    runs: [exampleRun],
    baseline: [accepted],
    ledger: appendEntries(
      [],
      acts.map(([action, object, digest], counter) => ({
        device: 'd1',
        time: { wall: '2026-03-01T08:00:00+01:00', counter },
        actor: 'a-keller',
        action,
        object,
        digest,
      })),
    ),
    private: new Map([['private/salt.json', utf8('{"salt":"00"}\n')]]),
  }
}
