/** Settings of this browser: who works here, device name, looks; kept beside the projects, never data of patients. */
import * as v from 'valibot'
import { fits, type Kept, object } from '../../core/values/document.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'
import { singleKeysAllowed } from '../window/keys.ts'
import { browserStore } from './browser-store.ts'
import { deviceId } from './device.ts'
import { useKnownShapes } from './known-shapes.ts'
import { roleLenses, themes, workspace } from './state.ts'

const name = 'app'

/** Early versions kept fewer. */
const settingsDocument = object({
  device: v.exactOptional(v.string()),
  theme: v.exactOptional(v.picklist(themes)),
  lens: v.exactOptional(v.picklist(roleLenses)),
  person: v.exactOptional(v.nullable(object({ name: v.string(), role: v.string() }))),
  singleKeys: v.exactOptional(v.boolean()),
  knownShapes: v.exactOptional(v.boolean()),
})
type KeptSettings = Kept<typeof settingsDocument>

export async function keepSettings(): Promise<void> {
  const { theme, lens, person } = workspace()
  const settings: Required<KeptSettings> = {
    device: deviceId(),
    theme,
    lens,
    person,
    singleKeys: singleKeysAllowed(),
    knownShapes: useKnownShapes.getState().allowed,
  }
  await (await browserStore()).keepSetting(name, JSON.stringify(settings))
}

/** What was kept; nothing on a first visit. */
export async function readSettings(): Promise<KeptSettings> {
  return settingsIn((await (await browserStore()).setting(name)) ?? '{}')
}

/** Each setting stands for itself: the name of this device must outlive a theme of another version. */
export function settingsIn(text: string): KeptSettings {
  const read = parseJson(text)
  if (!read.ok || !isMembers(read.value)) return {}
  const members = Object.entries(read.value).filter(([member, value]) => fits({ [member]: value }, settingsDocument))
  const kept: unknown = Object.fromEntries(members)
  return fits(kept, settingsDocument) ? kept : {}
}
