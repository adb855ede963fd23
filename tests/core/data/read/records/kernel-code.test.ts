import { expect, test } from 'vitest'
import { kernelCode } from '../../../../../src/core/data/read/records/kernel-code.ts'

// A name the compiler does not follow: the script is plain JavaScript without types.
const scriptPath: string = new URL('../../../../../scripts/kernel.mjs', import.meta.url).href
const script: { compileKernel(): Promise<string> } = await import(/* @vite-ignore */ scriptPath)

test('the committed kernel is what its source compiles to', async () => {
  expect(await script.compileKernel(), 'run `npm run kernel`').toBe(kernelCode)
})
