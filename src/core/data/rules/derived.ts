/** Rules that follow from the keys of schemas, so that nobody has to write them: a record and its encounter have one patient. */
import { compareText } from '../../finding.ts'
import type { Constraint } from '../model/constraint.ts'
import type { RuleEntry } from './rule-file.ts'
import type { RuledTable } from './ruled-table.ts'

interface Reference {
  readonly field: string
  readonly table: string
  readonly key: string
  readonly pointer: string
  readonly schema: string
}

/** Where a table refers to P and to E, and E refers to P, both ways must lead to the same P. */
export function derivedRules(table: RuledTable, all: readonly RuledTable[]): RuleEntry[] {
  const own = referencesOf(table)
  const rules: RuleEntry[] = []
  for (const through of own)
    for (const direct of own) {
      if (direct === through || direct.table === through.table || through.table === table.table) continue
      const other = all.find((one) => one.table === through.table && one.side === table.side)
      const back = other && referencesOf(other).filter((one) => one.table === direct.table && one.key === direct.key)
      // With two ways from the encounter (patient and companion, say) nobody knows which is meant.
      if (back?.length !== 1 || !isPatients(direct.table)) continue
      rules.push({
        id: `${direct.field} of ${table.table} is that of its ${through.table}`,
        on: table.table,
        when: null,
        assert: null,
        check: 'data/wrong-patient',
        fields: [direct.field],
        params: { through: through.field, table: through.table, key: through.key, patient: back[0]?.field ?? '' },
        severity: null,
        title: null,
        why: null,
        remedy: null,
        kahn: null,
        safety: null,
        file: through.schema,
        pointer: through.pointer,
      })
    }
  return rules.sort((a, b) => compareText(a.id, b.id))
}

/** Any two keys may be unrelated on purpose (who ordered, who paid); those of patients may not. */
function isPatients(table: string): boolean {
  return /^(patients?|persons?|people|clients?|members?)$/i.test(table)
}

function referencesOf(table: RuledTable): Reference[] {
  return table.schema.constraints.flatMap((constraint: Constraint) => {
    const { check, on, params, origin } = constraint
    const keys = Array.isArray(params.fields) ? params.fields : []
    const [field, key] = [on.fields[0], keys[0]]
    if (check !== 'data/foreign-key' || on.fields.length !== 1 || field === undefined || typeof key !== 'string') return []
    return [{ field, table: String(params.table), key, pointer: origin.pointer, schema: origin.schema }]
  })
}
