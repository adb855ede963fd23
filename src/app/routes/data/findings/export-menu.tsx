/** The ways findings leave the page: reports without values, a worklist for others, rejected records of one file. */
import { useState } from 'react'
import type { RunSummary } from '../../../../core/project/format/run.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { MenuButton, type MenuChoice } from '../../../components/menu-button.tsx'
import { Note } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import type { RunDetail } from '../../../session/state.ts'
import { exportRejects, exportReport, exportWorklist, type ReportFormat } from '../acts/exports.ts'

type Choice = ReportFormat | 'worklist' | 'rejects' | 'print'

const choices: readonly MenuChoice<Choice>[] = [
  {
    id: 'worklist',
    label: 'Worklist for the vendor (CSV)',
    detail: 'what to mend, by owner and due date; nothing about patients',
  },
  { id: 'csv', label: 'CSV for spreadsheets', detail: 'a line per place; cells can not run as formulas' },
  { id: 'csv-machine', label: 'CSV for programs', detail: 'the same, byte for byte' },
  { id: 'html', label: 'HTML', detail: 'one page to read or send' },
  { id: 'markdown', label: 'Markdown', detail: 'for a ticket or a wiki' },
  { id: 'json', label: 'JSON', detail: 'the document of carryover validate' },
  { id: 'sarif', label: 'SARIF 2.1.0' },
  { id: 'junit', label: 'JUnit XML' },
  { id: 'operationoutcome', label: 'FHIR OperationOutcome' },
  { id: 'frictionless', label: 'Frictionless report' },
  { id: 'rejects', label: 'Rejected records…', detail: 'holds data of patients: bytes unchanged, with a list of codes' },
  { id: 'print', label: 'Print' },
]

export interface ExportMenuProps {
  readonly run: RunDetail
  readonly against: RunSummary | null
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

export function ExportMenu({ run, against, open, onOpenChange }: ExportMenuProps) {
  const [asking, setAsking] = useState(false)
  const choose = (id: Choice): void => {
    if (id === 'worklist') exportWorklist(run)
    else if (id === 'rejects') setAsking(true)
    else if (id === 'print') window.print()
    else exportReport(id, run, against)
  }
  return (
    <>
      <MenuButton
        label="Export"
        choices={choices}
        onChoose={choose}
        open={open}
        onOpenChange={onOpenChange}
        isDisabled={!run.validation}
      />
      {asking && <RejectsDialog run={run} onClose={() => setAsking(false)} />}
    </>
  )
}

function RejectsDialog({ run, onClose }: { readonly run: RunDetail; readonly onClose: () => void }) {
  const inputs = run.validation?.inputs ?? []
  const usable = inputs.flatMap(({ name, format }, index) =>
    format === 'csv' || format === 'ndjson' ? [[String(index), name] as const] : [],
  )
  const [chosen, setChosen] = useState(usable[0]?.[0] ?? '')
  const input = Number(chosen)
  return (
    <Dialog title="Rejected records" open onClose={onClose}>
      <p>
        Records with a critical finding or an error are written with the bytes they have in the file, so that they can be mended
        and loaded again. A second file lists their places and codes.
      </p>
      <Note mark="warning">These files hold data of patients. Keep them where such data may be.</Note>
      <Select label="File" value={chosen} choices={usable} onChange={setChosen} />
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isDisabled={usable.length === 0}
          onPress={() => {
            onClose()
            void exportRejects(input, inputs[input]?.name ?? 'file')
          }}
        >
          Write both files
        </Button>
      </DialogActions>
    </Dialog>
  )
}
