/** The schema that a profile proposes: what it changes, what was seen for and against it, and the ways to take it. */
import type { JsonObject } from '../../../../core/data/model/record.ts'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import { Button } from '../../../components/button.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
import { adoptSchema } from '../acts/profiles.ts'
import styles from '../data.module.css'
import { ProposedRules } from './proposed-rules.tsx'
import { schemaChanges, schemaEvidence, schemaRules } from './schema-changes.ts'

export function SuggestedSchema({ source, schema }: { readonly source: SourceEntry; readonly schema: JsonObject | null }) {
  const current = useWorkspace((w) => (source.schema === null ? null : (w.project?.schemas.get(source.schema) ?? null)))
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null)
  if (!schema) return null
  const own = typeof current === 'object' && current !== null && !Array.isArray(current) ? (current as JsonObject) : null
  const changes = schemaChanges(own, schema)
  return (
    <section className={`around-wide ${styles.section}`}>
      <h2>{own ? 'Schema beside this extract' : 'Suggested schema'}</h2>
      {changes.length === 0 ? (
        <p>The schema says what this extract shows.</p>
      ) : (
        <>
          <p className="muted">
            {own
              ? `What a schema made from this file would change in ${source.schema}. Nothing changes without you.`
              : 'What this file shows. Nothing is held against it before you accept it.'}
          </p>
          <ul className="stack-tight bullets">
            {changes.map(({ kind, field, words }) => (
              <li key={field}>
                {kind === 'changed' ? '' : `${kind}: `}
                <strong>{field}</strong> {words}
              </li>
            ))}
          </ul>
          <Evidence schema={schema} />
          <ProposedRules rules={schemaRules(schema)} />
          <p className="muted">
            To change the proposal, download it, edit the file, and take it in with “Attach a schema…” above.
          </p>
          <div className="row">
            <Button isDisabled={readOnly} onPress={() => void adoptSchema(source, schema)}>
              {own ? 'Replace the schema by this one' : 'Accept this schema'}
            </Button>
            <Button
              onPress={() => download(`${source.table}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`, 'application/json')}
            >
              Download as JSON
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

function Evidence({ schema }: { readonly schema: JsonObject }) {
  const lines = schemaEvidence(schema)
  if (lines.length === 0) return null
  return (
    <>
      <h3>What was seen</h3>
      <ul className="stack-tight bullets">
        {lines.map(({ field, words }) => (
          <li key={`${field} ${words}`}>
            <strong>{field}</strong> {words}
          </li>
        ))}
      </ul>
    </>
  )
}
