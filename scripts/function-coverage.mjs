/**
 * Coverage of vitest by function instead of by block: V8 counts each block that runs, and that makes the loops of core three to ten times
 * slower; which functions ran costs next to nothing. `npm run coverage` counts the blocks.
 */
import { Session } from 'node:inspector/promises'
import { fileURLToPath } from 'node:url'
import v8 from '@vitest/coverage-v8'

const session = new Session()
let isOn = false

export default {
  ...v8,
  async startCoverage() {
    if (isOn) return
    isOn = true
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: false })
  },
  async takeCoverage(options) {
    const { result } = await session.post('Profiler.takePreciseCoverage')
    return {
      result: result
        .filter(({ url }) => url.startsWith('file://') && url.includes('/src/core/'))
        .map((entry) => ({
          ...entry,
          startOffset: options?.moduleExecutionInfo?.get(fileURLToPath(entry.url).replaceAll('\\', '/'))?.startOffset ?? 0,
        })),
    }
  },
  // A worker ends with its last file.
  async stopCoverage() {},
}
