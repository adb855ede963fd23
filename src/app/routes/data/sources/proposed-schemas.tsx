/** Schemas proposed for all tables: what each would hold, what speaks for it, and the ways to take them. */
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { useWorkspace } from '../../../session/state.ts'
import { acceptSchemas, leave, type SchemaProposal, useSchemaProposals } from '../acts/schema-proposals.ts'
import styles from '../data.module.css'
import { ProposedRules } from './proposed-rules.tsx'
import { schemaChanges, schemaEvidence, schemaRules } from './schema-changes.ts'

export function ProposedSchemas() {
  const id = useWorkspace((w) => w.project?.manifest.id ?? null)
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null)
  const proposals = useSchemaProposals(id)
  if (proposals.length === 0) return null
  return (
    <section className={`around-wide ${styles.section}`}>
      <div className="row apart">
        <h2>Proposed schemas</h2>
        <div className="row">
          <Button isDisabled={readOnly} onPress={() => void acceptSchemas(proposals)}>
            Accept all {formatNumber(proposals.length)}
          </Button>
          <Button look="quiet" onPress={() => leave(proposals)}>
            Put aside
          </Button>
        </div>
      </div>
      <p className="muted">
        Read off the files at hand; nothing is held against them before you accept it. Open one to see what speaks for it.
      </p>
      {proposals.map((proposal) => (
        <OneProposal key={proposal.source.id} proposal={proposal} readOnly={readOnly} />
      ))}
    </section>
  )
}

function OneProposal({ proposal, readOnly }: { readonly proposal: SchemaProposal; readonly readOnly: boolean }) {
  const { source, schema } = proposal
  const columns = schemaChanges(null, schema)
  const rules = schemaRules(schema)
  const doubts = schemaEvidence(schema).filter(({ words }) => words.includes(' not'))
  return (
    <details>
      <summary>
        {source.name}{' '}
        <span className="muted">
          {source.side}, {formatCount(columns.length, 'column')}, {formatCount(rules.length, 'rule')}
          {doubts.length > 0 && `, ${formatNumber(doubts.length)} with something against it`}
        </span>
      </summary>
      <ul className="stack-tight bullets">
        {columns.map(({ field, words }) => (
          <li key={field}>
            <strong>{field}</strong> {words}
          </li>
        ))}
      </ul>
      {doubts.length > 0 && (
        <>
          <h3>What speaks against</h3>
          <ul className="stack-tight bullets">
            {doubts.map(({ field, words }) => (
              <li key={`${field} ${words}`}>
                <strong>{field}</strong> {words}
              </li>
            ))}
          </ul>
        </>
      )}
      <ProposedRules rules={rules} />
      <Button isDisabled={readOnly} onPress={() => void acceptSchemas([proposal])}>
        Accept the schema of {source.name}
      </Button>
    </details>
  )
}
