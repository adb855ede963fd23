/** A newer version is used when somebody asks for it, and in this window alone. */
import { useState } from 'react'
import { useNewer as openNewer } from '../../io/server/own-worker.ts'
import { Button } from '../components/button.tsx'
import { Note } from '../components/panel.tsx'
import { useWorkspace } from '../session/state.ts'

export function NewerVersion() {
  const newer = useWorkspace((w) => w.offline?.newer ?? null)
  const [later, setLater] = useState<typeof newer>(null)
  if (newer === null || newer === later) return null
  return (
    <Note mark="info">
      {newer === 'ready' ? 'A new version of Carryover is here.' : 'Another window uses a new version of Carryover.'} This window
      opens again at the same page, and your projects stay as they are. Files that you chose on this machine are asked for again.{' '}
      <Button onPress={openNewer}>Use it now</Button>{' '}
      <Button look="quiet" onPress={() => setLater(newer)}>
        Later
      </Button>
    </Note>
  )
}
