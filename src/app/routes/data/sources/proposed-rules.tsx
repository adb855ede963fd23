/** Rules across columns and tables that a schema proposes, each with how many records keep it. */
import { wordingOf } from '../../../../core/project/reports/wording.ts'
import { formatCount, formatNumber } from '../../../components/format.ts'
import type { ProposedRule } from './schema-changes.ts'

export function ProposedRules({ rules }: { readonly rules: readonly ProposedRule[] }) {
  if (rules.length === 0) return null
  return (
    <>
      <h3>Rules across columns</h3>
      <ul className="stack-tight bullets">
        {rules.map(({ id, check, fields, tested, kept }) => (
          <li key={id}>
            <strong>{wordingOf(check)?.title ?? check}</strong>: {fields.join(', ')}
            {tested !== null && kept !== null && (
              <span className="muted">
                {' '}
                — {formatNumber(kept)} of {formatCount(tested, 'record')} {kept === 1 ? 'keeps' : 'keep'} it
                {tested > kept && `, ${formatNumber(tested - kept)} would be found`}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
