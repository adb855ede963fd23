/** Without a mapping: what it needs, and the ways to begin. */
import { FileTrigger } from 'react-aria-components'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { ghosts } from '../../../components/ghosts.ts'
import { EmptyState } from '../../../components/panel.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { importFieldMap } from '../acts/mapping.ts'
import { runAllChecks } from '../acts/run.ts'

export function MappingEmpty() {
  const sources = useWorkspace((w) => w.project?.sources ?? [])
  const running = useWorkspace((w) => w.running !== null)
  const sides = new Set(sources.map(({ side }) => side))
  const both = sides.has('legacy') && sides.has('target')
  return (
    <EmptyState title={both ? 'Nothing is mapped yet' : 'Add a legacy and a target source first'} example={ghosts.mapping}>
      <p>
        {both
          ? 'Check the files: every legacy column then waits here for its target. Or take a field map that somebody wrote elsewhere: fields.csv together with the files of values/.'
          : 'The mapping says which legacy field becomes which target field, and which value becomes which.'}
      </p>
      {both ? (
        <Button look="primary" isDisabled={running} onPress={() => void runAllChecks()}>
          Check the files
        </Button>
      ) : (
        <>
          {!sides.has('legacy') && (
            <ButtonLink look="primary" href="#/data/sources">
              Add a legacy source
            </ButtonLink>
          )}
          {!sides.has('target') && <ButtonLink href="#/data/sources">Add a target source</ButtonLink>}
        </>
      )}
      <FileTrigger
        allowsMultiple
        acceptedFileTypes={['.csv', 'text/csv']}
        onSelect={(list) => list && list.length > 0 && void importFieldMap([...list])}
      >
        <Button>Import a field map…</Button>
      </FileTrigger>
    </EmptyState>
  )
}
