/** Keeps the settings of this browser. */
import { writeSettings } from '../../io/settings-browser.ts'
import { deviceId } from './device.ts'
import { workspace } from './state.ts'

export async function keepSettings(): Promise<void> {
  const { theme, lens, person } = workspace()
  await writeSettings({ device: deviceId(), theme, lens, person })
}
