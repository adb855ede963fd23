/** The nine rules of the extract, one per column, in the words of each peer. */

/** For ajv, over rows of texts with `coerceTypes`. */
export const jsonSchema = {
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
export const sqlRules = {
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
