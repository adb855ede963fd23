/** Acceptance of FHIR exports: verdicts against public suites and truth, bulk exports, Bundles. */
import { lines as program } from './fhir/program.mjs'
import { printed } from './measure.mjs'

/** Figures that the tests print themselves. */
const figure = /^(public suite|US Core|snapshots|FHIRPath|bundle of|mutation|bulk export)/

const measured = (files) => printed(files, figure)

const tests = 'tests/core/data/fhir'

export const lines = [
  {
    name: 'suite',
    line: "HL7's public validator cases: clinical scope without disagreement, ≥ 75 % of all offline cases, profile steps 11 of 11, each disagreement listed by cause; clean corpora stay clean",
    measure: () => measured([`${tests}/public-suite.test.ts`, `${tests}/corpora.test.ts`]),
  },
  {
    name: 'mutations',
    line: '29 classes of single defects in clean resources, and those of whole exports: ≥ 98 % of each found with code and place',
    measure: () =>
      measured([`${tests}/mutations.test.ts`, `${tests}/generated-defects.test.ts`, `${tests}/export-defects.test.ts`]),
  },
  {
    name: 'judgements',
    line: 'settings of a run, questionnaires, extensions, codes and displays, UCUM, Bundle references, coverage: defects told, look-alikes not',
    measure: () =>
      measured(
        ['settings', 'questionnaires', 'extensions', 'codings', 'ucum', 'bundle-references', 'coverage'].map(
          (name) => `${tests}/${name}.test.ts`,
        ),
      ),
  },
  {
    name: 'spill',
    line: 'ids and references beyond the memory budget give the same sightings in the same order from a temporary file',
    measure: () => measured([`${tests}/beyond-memory.test.ts`]),
  },
  {
    name: 'us-core',
    line: '57 examples of US Core against their profiles: at most one rejected; what profiles demand is missed',
    measure: () => measured([`${tests}/profiles/us-core.test.ts`]),
  },
  {
    name: 'snapshots',
    line: 'generated snapshots of R4 equal the published ones in ≥ 95 %; 65 of US Core, one base named as missing',
    measure: () => measured([`${tests}/profiles/snapshot.test.ts`]),
  },
  {
    name: 'fhirpath',
    line: 'every constraint of R4 compiles; no unexplained disagreement with fhirpath 5.2.0',
    measure: () => measured([`${tests}/fhirpath`]),
  },
  {
    name: 'bundle-linear',
    line: 'a Bundle of 10,000 entries costs ≤ 3 times one of 5,000; its frame is judged as where it is read whole',
    measure: () => measured([`${tests}/bundle-shell.test.ts`]),
  },
  {
    name: 'manifest',
    line: 'bulk manifest: completeness, errors of the server, deletions; 956 resources complete, one lost line found',
    measure: () => measured(['tests/core/data/validate/bulk-manifest.test.ts', `${tests}/references.test.ts`]),
  },
  {
    name: 'export',
    line: 'bulk export from a server on loopback: Retry-After, resume, fresh links, redirect without token, DELETE, restart',
    measure: () => measured(['tests/io/bulk-export']),
  },
  ...program,
]
