/** A time stamp of an authority over the head of the ledger (RFC 3161): a request to send there, and what its answer says. */
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { Project } from '../../../core/project/format/project.ts'
import { Button } from '../../components/button.tsx'
import { Note } from '../../components/panel.tsx'
import { checkStampAnswer, exportStampRequest } from './acts/time-stamp.ts'

interface Said {
  readonly file: string
  readonly ok: boolean
  readonly why: string
}

export function TimeStampPanel({ project }: { readonly project: Pick<Project, 'ledger'> }) {
  const [said, setSaid] = useState<Said | null>(null)
  const check = async (file: File | undefined): Promise<void> => {
    if (file) setSaid({ file: file.name, ...(await checkStampAnswer(project.ledger, file)) })
  }
  return (
    <section aria-label="Time stamp">
      <h2>Time stamp</h2>
      <p className="muted">
        An outside authority can witness when this head existed. Save the request, send it to an authority that you trust, and
        check its answer here. Nothing is sent from this page.
      </p>
      <div className="row-start">
        <Button onPress={() => exportStampRequest(project.ledger)}>Save the request</Button>
        <FileTrigger acceptedFileTypes={['.tsr', 'application/timestamp-reply']} onSelect={(list) => void check(list?.[0])}>
          <Button>Check an answer…</Button>
        </FileTrigger>
      </div>
      {said && (
        <Note mark={said.ok ? 'ok' : 'error'}>
          {said.file}: {said.why}
        </Note>
      )}
    </section>
  )
}
