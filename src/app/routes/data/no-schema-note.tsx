/** Tables that were checked without a schema: nothing said how their dates are written, what identifies a row, or which codes there are. */
import { Note } from '../../components/panel.tsx'
import { useWorkspace } from '../../workspace/state.ts'
import { tablesWithoutSchema } from './schemaless.ts'

export function NoSchemaNote() {
  const sources = useWorkspace((w) => w.project?.sources)
  const inputs = useWorkspace((w) => w.run?.validation?.inputs)
  const bare = tablesWithoutSchema(sources ?? [], inputs ?? [])
  if (bare.length === 0) return null
  return (
    <Note mark="warning">
      No schema: dates, keys and code lists are not checked in{' '}
      {bare.map(({ id, name }, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <a href={`#/data/sources/${id}`}>{name}</a>
        </span>
      ))}
      . Open the file to profile it and propose a schema, or attach one you have; then run the checks again.
    </Note>
  )
}
