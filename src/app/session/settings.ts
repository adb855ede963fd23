/** Settings of this browser: who works here, device name, looks; kept beside the projects, never data of patients. */
import { singleKeysAllowed } from '../window/keys.ts'
import { browserStore } from './browser-store.ts'
import { deviceId } from './device.ts'
import { useKnownShapes } from './known-shapes.ts'
import { type RoleLens, type Workspace, workspace } from './state.ts'

const name = 'app'

export interface KeptSettings {
  readonly device: string
  readonly theme: Workspace['theme']
  readonly lens: RoleLens
  readonly person: Workspace['person']
  readonly singleKeys: boolean
  readonly knownShapes: boolean
}

export async function keepSettings(): Promise<void> {
  const { theme, lens, person } = workspace()
  const settings: KeptSettings = {
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
export async function readSettings(): Promise<Partial<KeptSettings>> {
  const text = await (await browserStore()).setting(name)
  return text === null ? {} : JSON.parse(text)
}
