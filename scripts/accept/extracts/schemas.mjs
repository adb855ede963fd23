/** Acceptance of schemas and checks: Table Schema, JSON Schema, the definitions of OMOP, every check. */
import { tests } from '../measure.mjs'

export const lines = [
  {
    name: 'table-schema',
    line: 'Table Schema version 2: every type and constraint, data packages of both versions, differences and suggestions',
    measure: () =>
      tests([
        'tests/core/data/schema/table-schema.test.ts',
        'tests/core/data/schema/resource.test.ts',
        'tests/core/data/schema/diff.test.ts',
        'tests/core/data/proposals/schema/infer.test.ts',
      ]),
  },
  {
    name: 'json-schema',
    line: 'JSON Schema 2020-12 and draft-07: the same records as ajv on random schemas and cells',
    measure: () => tests(['tests/core/data/schema/json-schema.test.ts']),
  },
  {
    name: 'omop-definitions',
    line: 'OMOP CDM 5.4: 432 fields, 39 tables, 176 references, 180 required fields from its definitions',
    measure: () => tests(['tests/core/data/schema/omop.test.ts']),
  },
  {
    name: 'checks',
    line: 'every check flags and lets pass what its examples say; rules of a team as data; check digits and units against slow versions',
    measure: () =>
      tests(['tests/core/data/checks/checks.test.ts', 'tests/core/data/checks/check-digits.test.ts', 'tests/core/data/rules']),
  },
]
