/** The twelve example pairs, each one choice away: added to the project as a workflow that can be changed like any other. */
import { workflowExampleNames } from '../../../../../samples/workflow/names.ts'
import { readWorkflow } from '../../../../core/workflow/map/files.ts'
import { MenuButton } from '../../../components/menu-button.tsx'
import { setWorkspace } from '../../../session/state.ts'
import { addExample } from '../acts/workflows.ts'

async function add(id: string): Promise<void> {
  try {
    const { workflowExamples } = await import('../../../../../samples/workflow/examples.ts')
    const example = workflowExamples.find((each) => each.id === id)
    if (example) location.hash = `#/workflow/${addExample(readWorkflow(id, example.files).value)}/compare`
  } catch (error) {
    setWorkspace({ problem: `The example could not be loaded: ${error instanceof Error ? error.message : String(error)}` })
  }
}

export function ExamplePicker({ disabled }: { readonly disabled: boolean }) {
  return (
    <MenuButton
      label="Add an example"
      choices={workflowExampleNames}
      isDisabled={disabled}
      onChoose={(id) => {
        add(id)
      }}
    />
  )
}
