/** One button that shows how the board reads files: those of a fictional clinic, which prove nothing and can be taken back. */
import { Button } from '../../../components/button.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { removeExampleFiles, takeExampleFiles, useExamples } from '../acts/take-examples.ts'

export function ExampleFiles() {
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  const { missing, taken } = useExamples()
  if (readOnly || (missing === 0 && taken === 0)) return null
  return (
    <div className="row-end around">
      {missing > 0 && (
        <Button look="quiet" onPress={() => void takeExampleFiles()}>
          Use example files for the {missing} not there
        </Button>
      )}
      {taken > 0 && <Button onPress={() => void removeExampleFiles()}>Remove the example files</Button>}
      <span className="muted">
        {taken > 0
          ? 'Example files are of a fictional clinic: the board shows what they would say, struck through, and counts none of it.'
          : 'They are of a fictional clinic, show how each file looks and is read, and count as no evidence.'}
      </span>
    </div>
  )
}
