/** A small project with every kind of document, for tests of the project wing. */
import { utf8 } from '../../../src/core/canonical.ts'
import { appendEntries } from '../../../src/core/project/ledger.ts'
import { newProject } from '../../../src/core/project/open.ts'
import type { Project } from '../../../src/core/project/project.ts'
import type { RunSummary } from '../../../src/core/project/run.ts'
import { mappingDigest } from '../../../src/core/readiness/inputs.ts'

const mapping = new Map([['mapping/fields.csv', 'legacy_source,legacy_field\nallergies,MRN\n']])

export const exampleRun: RunSummary = {
  id: 'run-1',
  number: 1,
  started: '2026-03-01T08:00:00+01:00',
  tool: 'carryover 0.1.0',
  seed: '1',
  partial: false,
  inputs: [{ name: 'allergies.csv', side: 'legacy', bytes: 120, sha256: 'sha256:aa', records: 7, status: 'read' }],
  mapping: mappingDigest(mapping),
  schemas: 'sha256:bb',
  policy: 'sha256:cc',
  findings: [],
  rulesRun: 12,
  notEvaluated: [],
  pairing: null,
  workflows: [],
}

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
      goLive: '2026-06-01',
      owners: { pilot: 'a-keller' },
      thresholds: { 'readiness/open-errors': { most: 0 } },
      statements: [
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
      ],
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
    schemas: new Map([['schemas/allergies.json', { fields: [{ name: 'MRN' }] }]]),
    mapping,
    runs: [exampleRun],
    baseline: [{ fingerprint: 'ff', reason: 'Known quirk of MedTrack', by: 'a-keller', expires: '2026-09-01' }],
    ledger: appendEntries(
      [],
      [
        {
          device: 'd1',
          time: { wall: '2026-03-01T08:00:00+01:00', counter: 0 },
          actor: 'a-keller',
          action: 'project-created',
          object: 'carryover.json',
          digest: null,
        },
        {
          device: 'd1',
          time: { wall: '2026-03-01T08:00:00+01:00', counter: 1 },
          actor: 'a-keller',
          action: 'run-finished',
          object: 'runs/run-1/summary.json',
          digest: null,
        },
        {
          device: 'd1',
          time: { wall: '2026-03-01T08:00:00+01:00', counter: 2 },
          actor: 'a-keller',
          action: 'mapping-confirmed',
          object: 'mapping',
          digest: mappingDigest(mapping),
        },
      ],
    ),
    private: new Map([['private/salt.json', utf8('{"salt":"00"}\n')]]),
  }
}
