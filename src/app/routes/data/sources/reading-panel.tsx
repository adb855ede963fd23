/** How one source would be read, looked at before all of it is read. */
import { useEffect } from 'react'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import { Button } from '../../../components/button.tsx'
import { formatCount } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { lookAt, useLook } from '../acts/previews.ts'
import { changeSource } from '../acts/sources.ts'
import { PreviewTable } from './preview-table.tsx'
import { ReadingForm } from './reading-choices.tsx'

export function ReadingPanel({ source }: { readonly source: SourceEntry }) {
  const look = useLook(source.id)
  const here = useWorkspace((w) => w.files.has(source.id))
  useEffect(() => {
    if (here) void lookAt(source.id)
  }, [source, here])
  if (!here) return <Note mark="info">Add the file again to see how it would be read.</Note>
  if (look?.problem)
    return (
      <Note mark="error">
        {source.name} could not be looked at: {look.problem} <Button onPress={() => void lookAt(source.id)}>Try again</Button>
      </Note>
    )
  const preview = look?.preview ?? null
  if (!preview) return <p className="muted">Looking at {source.name}…</p>
  switch (preview.kind) {
    case 'empty':
      return <Note mark="warning">{source.name} is empty.</Note>
    case 'other':
      return (
        <Note mark="warning">
          {source.name} is {preview.words}. {preview.advice} It is recognised, but not read.
        </Note>
      )
    case 'several':
      return (
        <Note mark="info">
          {source.name} holds {formatCount(preview.members.length, 'table')}:{' '}
          {preview.members.map(({ table }) => table).join(', ')}.
        </Note>
      )
    case 'resources':
      return <p>{preview.format.toUpperCase()} is read as it is: nothing has to be chosen.</p>
    case 'table':
      return (
        <>
          <ReadingForm reading={source.reading} preview={preview} onChange={(reading) => changeSource(source.id, { reading })} />
          <PreviewTable preview={preview} />
        </>
      )
  }
}
