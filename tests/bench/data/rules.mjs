/** The nine rules of each extract in the words of each peer. */

/** For ajv, over rows of texts with `coerceTypes`. */
const jsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    mrn: { type: 'string', pattern: '^[0-9]{8}$' },
    born: { type: 'string', format: 'date' },
    sex: { enum: ['F', 'M', 'O', 'U'] },
    recorded: { type: 'string', format: 'date-time' },
    dose: { type: 'number', minimum: 0, maximum: 5000 },
    code: { type: 'string', pattern: '^[A-Z][0-9]{2}(\\.[0-9]{1,2})?$' },
    note: { type: 'string', maxLength: 300 },
    encounter: { type: 'string', format: 'uuid' },
  },
}

/** For DuckDB, over columns of text: conditions that a good cell keeps. */
const sqlRules = {
  id: 'try_cast(id AS BIGINT) IS NOT NULL',
  mrn: "regexp_full_match(mrn, '[0-9]{8}')",
  born: 'try_cast(born AS DATE) IS NOT NULL',
  sex: "sex IN ('F', 'M', 'O', 'U')",
  recorded: 'try_cast(recorded AS TIMESTAMPTZ) IS NOT NULL',
  dose: 'coalesce(try_cast(dose AS DECIMAL(18, 4)) BETWEEN 0 AND 5000, false)',
  code: "regexp_full_match(code, '[A-Z][0-9]{2}(\\.[0-9]{1,2})?')",
  note: 'length(note) <= 300',
  encounter: 'try_cast(encounter AS UUID) IS NOT NULL',
}

/** Of the realistic extract: nine rules over eight of its twelve columns, which may be empty but for one. */
const empty = { const: '' }
const realisticSchema = {
  type: 'object',
  properties: {
    id: { anyOf: [empty, { type: 'string', format: 'uuid' }] },
    start: { anyOf: [empty, { type: 'string', format: 'iso-date-time' }] },
    patient: { type: 'string', minLength: 1 },
    name: { type: 'string', maxLength: 40 },
    sex: { enum: ['', 'F', 'M', 'O', 'U'] },
    born: { anyOf: [empty, { type: 'string', format: 'date' }] },
    zip: { type: 'string', pattern: '^([0-9]{5})?$' },
    cost: { anyOf: [empty, { type: 'number', minimum: 0, maximum: 100_000 }] },
  },
}

const realisticSql = {
  id: 'id IS NULL OR try_cast(id AS UUID) IS NOT NULL',
  start: 'start IS NULL OR try_cast(start AS TIMESTAMPTZ) IS NOT NULL',
  patient: 'patient IS NOT NULL',
  name: 'name IS NULL OR length(name) <= 40',
  sex: "sex IS NULL OR sex IN ('F', 'M', 'O', 'U')",
  born: 'born IS NULL OR try_cast(born AS DATE) IS NOT NULL',
  address: null,
  zip: "zip IS NULL OR regexp_full_match(zip, '[0-9]{5}')",
  city: null,
  cost: 'cost IS NULL OR coalesce(try_cast(cost AS DECIMAL(18, 4)) BETWEEN 0 AND 100000, false)',
  code: null,
  note: null,
}

/** By name of the extract. A column without a condition is read and not judged. */
export const rulesOf = {
  clean: { jsonSchema, sqlRules },
  realistic: { jsonSchema: realisticSchema, sqlRules: realisticSql },
}
