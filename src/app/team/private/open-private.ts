/** The private part of the open project beside its line to the server: the session of this page, and the acts of its people. */

import type { Project } from '../../../core/project/format/project.ts'
import type { Recipient } from '../../../core/project/sharing/sharing.ts'
import { sharePrivate, withdrawPrivate } from '../../../core/project/sharing/sharing-acts.ts'
import { recoveryDeviceOf } from '../../../core/team/sealed/key-wrap.ts'
import { webVerifier } from '../../../io/keys/signature-web.ts'
import { makeRecovery } from '../../../io/keys/team-key.ts'
import { keptSealPair } from '../../../io/store/seal-pair.ts'
import { askForSigner } from '../../people/ask-signer.ts'
import { withKey } from '../../people/roles.ts'
import { act, type Refusal } from '../../session/act.ts'
import { browserStore } from '../../session/browser-store.ts'
import { deviceSigner } from '../../session/device-key.ts'
import { hand } from '../../session/ledger.ts'
import { setPrivate } from '../../session/private-sharing.ts'
import { useWorkspace, workspace } from '../../session/state.ts'
import { type PrivateHost, PrivateSession } from './private-session.ts'

let session: PrivateSession | null = null

/** Begins beside the session of the project; the function that it gives ends it. */
export function openPrivate(
  host: Pick<PrivateHost, 'project' | 'connection' | 'mayWrite' | 'senders' | 'standing' | 'keep' | 'items'>,
): () => void {
  const { project } = host
  const own = new PrivateSession({
    ...host,
    open: () => openOne(project),
    isKept: () => workspace().unsaved === 0,
    by: hand,
    act,
    sealPair: async (device) => keptSealPair(await browserStore(), project, device),
    deviceSigner,
    changed: (state) => setPrivate(state),
  })
  session = own
  const stop = useWorkspace.subscribe((now, before) => {
    const [a, b] = [now.project, before.project]
    if (a?.ledger !== b?.ledger || a?.heads !== b?.heads || a?.private !== b?.private || now.kept !== before.kept) own.look()
  })
  // Who is removed is seen by the first who asks; the server takes nothing sealed under an old key meanwhile.
  const timer = setInterval(() => own.lookAnew(), 60_000)
  return () => {
    clearInterval(timer)
    stop()
    own.close()
    if (session === own) session = null
    setPrivate(null)
  }
}

/** Somebody came or went. */
export function lookAtKeys(): void {
  session?.lookAnew()
}

function openOne(id: string): Project | null {
  const { project } = workspace()
  return project?.manifest.id === id ? project : null
}

/** What an owner chose. */
export interface ShareWish {
  readonly kinds: readonly string[]
  /** Devices that may open what is sealed. */
  readonly devices: readonly string[]
  /** Whether who is new may read what was sealed before. */
  readonly withEarlier: boolean
  /** Whether another recovery key takes the place of the one that stands. */
  readonly newRecovery?: boolean
}

type Refused = { readonly ok: false; readonly why: string }
export type ShareOutcome = Refused | { readonly ok: true /** Shown once, where one was made. */; readonly printed: string | null }

/**
 * Shares with these devices, signed with the own key. A new key begins where somebody is left out or is not to read what was before, and with
 * another recovery key. @throws {Error} with a sentence
 */
export async function sharePrivatePart({ kinds, devices, withEarlier, newRecovery = false }: ShareWish): Promise<ShareOutcome> {
  const own = session
  const { judged, sharing } = own?.state ?? {}
  if (!own || !judged) return { ok: false, why: 'The line to the server is not open. Wait until it is, then try again.' }
  const { gone } = await own.freshStanding()
  const chosen = judged.possible.filter(({ device }) => devices.includes(device) && !gone.includes(device))
  if (!chosen.some(({ device }) => device === hand().device))
    return { ok: false, why: 'Choose your own browser as well: it seals what is here.' }
  const signer = await askForSigner(newRecovery ? 'Make a new recovery key' : 'Share the private part')
  if (!signer) return { ok: false, why: 'Nothing was shared.' }
  const before = sharing?.page
  const known = new Map(before?.recipients.map((each) => [each.device, each]))
  const isNewKey =
    !before ||
    !sharing?.isOn ||
    !own.state.hasKey ||
    newRecovery ||
    before.recipients.some(({ device }) => !chosen.some((each) => each.device === device)) ||
    (!withEarlier && chosen.some(({ device }) => !known.has(device)))
  const epoch = (before?.epoch ?? 0) + (isNewKey ? 1 : 0)
  const since = withEarlier ? 1 : epoch
  const recipients: Recipient[] = chosen.map((each) => ({ ...each, since: known.get(each.device)?.since ?? since }))
  const made = before && !newRecovery ? null : await makeRecovery(workspace().project?.manifest.id ?? '')
  const recovery = made?.recovery ?? before?.recovery
  if (!recovery) return { ok: false, why: 'Nothing was shared.' }
  let key = before?.key ?? ''
  if (isNewKey) {
    const sealedFor = new Map([[recoveryDeviceOf(recovery.key), recovery.key]])
    for (const { device } of recipients) {
      const found = judged.keys.get(device)
      if (found) sealedFor.set(device, found.key)
    }
    const next = await own.ring.begin(epoch, sealedFor)
    await own.keepWraps(next.wraps)
    key = next.key
  }
  const why = await act((project, by) =>
    sharePrivate(withKey(project, signer, by), { epoch, key, kinds, recipients, recovery }, signer, webVerifier, by),
  )
  own.lookAnew()
  return why === null ? { ok: true, printed: made?.printed ?? null } : { ok: false, why }
}

/** Another recovery key for what is sealed from here on; all else stays as it is. @throws {Error} with a sentence */
export async function renewRecoveryKey(): Promise<Refused | { readonly ok: true; readonly printed: string }> {
  const page = session?.state.sharing?.page
  if (!page) return { ok: false, why: 'Nothing is shared in this project.' }
  const devices = page.recipients.map(({ device }) => device)
  const outcome = await sharePrivatePart({ kinds: page.kinds, devices, withEarlier: true, newRecovery: true })
  if (!outcome.ok) return outcome
  return outcome.printed === null ? { ok: false, why: 'No key was made.' } : { ok: true, printed: outcome.printed }
}

/** Nothing more is sent from here on. */
export async function stopSharing(): Promise<Refusal> {
  const signer = await askForSigner('Stop sharing the private part')
  if (!signer) return 'Nothing was changed.'
  const why = await act((project, by) => withdrawPrivate(withKey(project, signer, by), signer, webVerifier, by))
  session?.lookAnew()
  return why
}

/** Opens with the printed key what this browser has no key for. @throws {Error} with a sentence */
export async function openWithPaper(printed: string): Promise<Refusal> {
  const own = session
  const { sharing } = own?.state ?? {}
  if (!own || !sharing) return 'Nothing is shared in this project.'
  const why = await own.ring.recover(await own.freshStanding(), sharing, printed)
  if (why === null) own.lookAnew()
  return why
}
