/** This browser's part of the ledger, signed: its chain gets a key with its first act, and its end is signed before anything leaves memory. */
import { digestOf } from '../../core/canonical.ts'
import type { Project } from '../../core/project/format/project.ts'
import { appendEntries } from '../../core/project/ledger/chain.ts'
import { type Signer, signJson } from '../../core/project/signing/signature.ts'
import { deviceWords, keyDraft, keyEntries, signedIn, signHead } from '../../core/project/signing/signed-heads.ts'
import { pairOfBundle } from '../../io/keys/key-text.ts'
import { signerOf } from '../../io/keys/signature-web.ts'
import { deviceKey, keepDeviceKey } from '../../io/store/device-key.ts'
import { browserStore } from './browser-store.ts'
import { deviceId, newDeviceId, setDevice } from './device.ts'
import { handIn } from './hand-in.ts'
import { keepSettings } from './settings.ts'
import { setWorkspace, workspace } from './state.ts'
import { unlockedBundle } from './unlocked-bundle.ts'

/** By project and device; a pair is asked for with every act. */
const signers = new Map<string, Promise<Signer>>()

/** Signs in the name of this device in the given project. */
export function deviceSigner(project: Project): Promise<Signer> {
  const { device } = handIn(project)
  const name = `${project.manifest.id} ${device}`
  const held = signers.get(name)
  if (held) return held
  const made = pairFor(project, device).then(signerOf)
  signers.set(name, made)
  made.catch(() => signers.delete(name))
  return made
}

async function pairFor({ manifest: { id, reader } }: Project, device: string): Promise<CryptoKeyPair> {
  const store = await browserStore()
  const kept = await deviceKey(store, id, device)
  if (kept) return kept
  const given = reader ? unlockedBundle()?.privateKey : null
  return await keepDeviceKey(store, id, device, given ? await pairOfBundle(given) : null)
}

/** Gives this device its key in the open project, where it has none yet; nothing else happens in between. */
export async function keyThisDevice(): Promise<void> {
  const { project } = workspace()
  if (!project || project.readOnly !== null || keyEntries(project.ledger).has(handIn(project).device)) return
  const signer = await deviceSigner(project)
  const signature = await signJson(deviceWords(signedIn(project), handIn(project).device), signer)
  const now = workspace().project
  if (now?.manifest.id !== project.manifest.id || keyEntries(now.ledger).has(handIn(now).device)) return
  const ledger = appendEntries(now.ledger, [keyDraft(now, handIn(now), signature)])
  setWorkspace({ project: { ...now, ledger }, unsaved: workspace().unsaved + 1 })
}

/** The project with the end of this device's chain signed, to be written or handed over. */
export async function withSignedHead(project: Project): Promise<Project> {
  const { device } = handIn(project)
  if (project.readOnly !== null || !keyEntries(project.ledger).has(device)) return project
  const tip = project.ledger.findLast((entry) => entry.device === device)
  const open = workspace().project
  // No two signatures are alike: what was kept and what is handed over have the same one.
  if (open?.heads.some(({ hash }) => hash === tip?.hash)) return { ...project, heads: open.heads }
  return await signHead(project, device, await deviceSigner(project))
}

/** The signed heads of what was written, in the project as it is now. */
export function takeHeads(now: Project, written: Project): Project {
  return now.heads === written.heads ? now : { ...now, heads: written.heads }
}

/**
 * A browser that lost its key goes on under another name: its chain here can not be gone on with. So does one whose chain holds more than
 * it signed: signing on would speak for what somebody else wrote there.
 */
export async function settleDevice(project: Project): Promise<void> {
  const entry = keyEntries(project.ledger).get(handIn(project).device)
  if (!entry || project.manifest.reader) return
  const store = await browserStore().catch(() => null)
  const kept = store && (await deviceKey(store, project.manifest.id, deviceId()))
  const own = kept && entry.digest === digestOf((await signerOf(kept)).publicKey)
  const tip = project.ledger.findLast(({ device }) => device === entry.device)
  const isSigned = project.heads.some(({ hash }) => hash === tip?.hash)
  if (!store || (own && isSigned)) return
  setDevice(newDeviceId())
  await keepSettings().catch(() => undefined)
}
