/** Tables that were checked without a schema: nothing said how their dates are written, what identifies a row, or which codes there are. */
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { proposeAllSchemas } from '../acts/schema-proposals.ts'
import { tablesWithoutSchema } from './schemaless.ts'

/** More are counted, not named. */
const namedAtOnce = 4

export function NoSchemaNote() {
  const sources = useWorkspace((w) => w.project?.sources)
  const inputs = useWorkspace((w) => w.run?.validation?.inputs)
  const running = useWorkspace((w) => w.running !== null)
  const bare = tablesWithoutSchema(sources ?? [], inputs ?? [])
  if (bare.length === 0) return null
  const more = bare.length - namedAtOnce
  return (
    <Note mark="warning">
      <p>
        {bare.length === 1 ? 'One table has' : `${formatNumber(bare.length)} tables have`} no schema, so nobody said what belongs
        in {bare.length === 1 ? 'it' : 'them'}:{' '}
        {bare.slice(0, namedAtOnce).map(({ id, name }, i) => (
          <span key={id}>
            {i > 0 && ', '}
            <a href={`#/data/sources/${id}`}>{name}</a>
          </span>
        ))}
        {more > 0 && ` and ${formatNumber(more)} more`}. Let schemas be proposed from the files, or drop those you have on
        Sources; then run the checks again.
      </p>
      <div className="row">
        <Button
          isDisabled={running}
          onPress={() => {
            location.hash = '#/data/sources'
            void proposeAllSchemas()
          }}
        >
          Propose schemas
        </Button>
      </div>
    </Note>
  )
}
