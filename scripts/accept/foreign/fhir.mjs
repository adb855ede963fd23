/** Acceptance of FHIR on data of other people: clean files, places in Bundles, outcomes, one cause over many files. */
import { printed } from '../measure.mjs'

const tests = 'tests/core/data'

export const lines = [
  {
    name: 'clean-fhir',
    line: 'FHIR files that the reference validator accepts, US Core, Synthea, bulk export, pair-12: 0 errors, ≤ 1 warning per 10 files, each explained',
    measure: () => printed([`${tests}/fhir/clean-files.test.ts`], /^clean FHIR/),
  },
  {
    name: 'profiles',
    line: 'profile cases of the public suite: ≥ 80 % of the reference verdicts, each disagreement by cause; US Core examples; the rules of slicing one by one',
    measure: () =>
      printed(
        ['profile-cases', 'slicing', 'us-core', 'snapshot'].map((name) => `${tests}/fhir/profiles/${name}.test.ts`),
        /^(profile cases|US Core|snapshots)/,
      ),
  },
  {
    name: 'fhir-outputs',
    line: 'findings of a Bundle by line, column and byte, packed or not; OperationOutcome valid, with issue types, expected and found; one cause over many files',
    measure: () =>
      printed(
        [
          `${tests}/read/json-places.test.ts`,
          `${tests}/report/operation-outcome.test.ts`,
          `${tests}/report/causes.test.ts`,
          `${tests}/report/formats.test.ts`,
        ],
        /^$/,
      ),
  },
]
