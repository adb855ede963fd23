/** Whom the private part is shared with, and which parts of it; then the recovery key, shown once. */
import { useState } from 'react'
import { kindNames, kindWords, type SharedKind } from '../../../core/project/sharing/shared-kinds.ts'
import { errorWords } from '../../../core/values/error-words.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogActions } from '../../components/dialog.tsx'
import { Note } from '../../components/panel.tsx'
import { Toggle } from '../../components/toggle.tsx'
import { hand } from '../../session/ledger.ts'
import type { PrivateState } from '../../session/private-sharing.ts'
import { sharePrivatePart } from './open-private.ts'
import { PrintedKey } from './printed-key.tsx'

interface Sharing {
  readonly state: PrivateState
  readonly nameOf: (actor: string) => string
  readonly onClose: () => void
}

export function ShareDialog({ state, nameOf, onClose }: Sharing) {
  const page = state.sharing?.isOn ? state.sharing.page : null
  const possible = (state.judged?.possible ?? []).filter(({ device }) => !state.gone.includes(device))
  const { device: own } = hand()
  const [kinds, setKinds] = useState<readonly SharedKind[]>(
    page ? kindNames.filter((kind) => page.kinds.includes(kind)) : ['comments', 'roster'],
  )
  const [devices, setDevices] = useState<readonly string[]>(
    page ? page.recipients.map(({ device }) => device) : possible.map(({ device }) => device),
  )
  const [withEarlier, setWithEarlier] = useState(true)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [printed, setPrinted] = useState<string | null>(null)
  const share = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      const outcome = await sharePrivatePart({ kinds, devices, withEarlier })
      if (!outcome.ok) setProblem(outcome.why)
      else if (outcome.printed === null) onClose()
      else setPrinted(outcome.printed)
    } catch (error) {
      setProblem(errorWords(error))
    } finally {
      setBusy(false)
    }
  }
  if (printed !== null) return <PrintedKey title="Shared. Write down the recovery key" printed={printed} onClose={onClose} />
  const toggled = <Value,>(list: readonly Value[], value: Value, on: boolean): readonly Value[] =>
    on ? [...list, value] : list.filter((each) => each !== value)
  const isWider = page !== null && devices.some((device) => !page.recipients.some((each) => each.device === device))
  return (
    <Dialog title="Share the private part, sealed" open onClose={onClose}>
      <p>
        Only the devices below can open it. The server stores it and can not. Seeded defects, prepared records and original files
        stay where they are.
      </p>
      {problem !== null && <Note mark="error">{problem}</Note>}
      <fieldset className="stack-tight">
        <legend>What is shared</legend>
        {kindNames.map((kind) => (
          <Toggle key={kind} on={kinds.includes(kind)} onChange={(on) => setKinds(toggled(kinds, kind, on))}>
            {kindWords[kind]}
          </Toggle>
        ))}
      </fieldset>
      <fieldset className="stack-tight">
        <legend>Who can open it</legend>
        {possible.map(({ actor, device }) => (
          <Toggle
            key={`${actor} ${device}`}
            on={devices.includes(device)}
            onChange={(on) => setDevices(toggled(devices, device, on))}
          >
            {nameOf(actor)} on <code>{device}</code>
            {device === own && ' (this browser)'}
          </Toggle>
        ))}
      </fieldset>
      {isWider && (
        <Toggle on={withEarlier} onChange={setWithEarlier}>
          Who is new may read what was sealed before
        </Toggle>
      )}
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={busy || kinds.length === 0} onPress={() => void share()}>
          {busy ? 'Sealing…' : 'Sign and share'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
