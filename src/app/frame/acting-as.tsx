/** In whose name an act outside the reading is recorded: said where it is given, and changed there, so that nobody acts in the name of who read last. */
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { useWorkspace } from '../session/state.ts'
import { SwitchDialog } from './reader-seat.tsx'

interface ActingAsProps {
  /** Before the name: "You change it as". */
  readonly words: string
  /** After it, with its full stop. */
  readonly after?: string
}

export function ActingAs({ words, after = '.' }: ActingAsProps) {
  const person = useWorkspace((w) => w.person)
  const [switching, setSwitching] = useState(false)
  if (person === null) return null
  return (
    <>
      <p>
        {words} <strong>{person.name}</strong>
        {person.role === '' ? '' : ` (${person.role})`}
        {after}{' '}
        <Button look="quiet" onPress={() => setSwitching(true)}>
          Somebody else…
        </Button>
      </p>
      <SwitchDialog open={switching} onClose={() => setSwitching(false)} />
    </>
  )
}
