/** The key pair that others seal for on this device: made here, kept with the project, never to be taken out of the browser's store. */
import type { KeyPair } from '../keys/signature-web.ts'
import { generateSealPair } from '../keys/team-key.ts'
import type { BrowserStore } from './store-browser.ts'

/** That of this device in this project; made and kept where there is none yet. */
export async function keptSealPair(store: BrowserStore, project: string, device: string): Promise<KeyPair> {
  const name = `seal ${device}`
  const kept = await store.findKey(project, name)
  if (kept && 'privateKey' in kept) return kept
  const pair = await generateSealPair()
  await store.keepKey(project, name, pair)
  return pair
}
