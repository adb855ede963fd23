/** What became of the files that were just chosen or dropped together. */
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { closeIntake, useIntake } from '../acts/intake.ts'

/** As many names are shown before the rest has to be opened. */
const shownNames = 6

export function IntakeNote() {
  const id = useWorkspace((w) => w.project?.manifest.id ?? null)
  const missing = useWorkspace((w) => (w.project?.sources ?? []).filter((source) => !w.files.has(source.id)).length)
  const intake = useIntake(id)
  if (!intake) return null
  const { same, changed, added, schemas, leftOut } = intake
  const again = same.length + changed.length > 0
  return (
    <Note mark={changed.length > 0 ? 'warning' : 'ok'}>
      <ul className="below" aria-label="What became of the files">
        <Names count={same.length} words="found again, unchanged" names={same} />
        <Names count={changed.length} words="changed since the project read them" names={changed} />
        <Names count={added.length} words="added" names={added} />
        {[...schemas, ...leftOut].map((words) => (
          <li key={words}>{words}</li>
        ))}
        {again && <li>{missing === 0 ? 'No file is missing.' : `${formatNumber(missing)} still missing.`}</li>}
      </ul>
      <Button look="quiet" onPress={closeIntake}>
        Close
      </Button>
    </Note>
  )
}

function Names(props: { readonly count: number; readonly words: string; readonly names: readonly string[] }) {
  const { count, words, names } = props
  if (count === 0) return null
  return (
    <li>
      <strong>{formatNumber(count)}</strong> {words}
      {count <= shownNames ? (
        `: ${names.join(', ')}`
      ) : (
        <details>
          <summary>Names</summary>
          {names.join(', ')}
        </details>
      )}
    </li>
  )
}
