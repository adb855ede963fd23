/** Settings of this browser: who works here, device name, looks; kept beside the projects, never data of patients. */
import * as v from 'valibot'
import { fits, type Kept, object } from '../../core/values/document.ts'
import { parseJson } from '../../core/values/json.ts'
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

/** What was kept; nothing on a first visit, and nothing where it was changed by hand. */
export async function readSettings(): Promise<KeptSettings> {
  const read = parseJson((await (await browserStore()).setting(name)) ?? '{}')
  return read.ok && fits(read.value, settingsDocument) ? read.value : {}
}
