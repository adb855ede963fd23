/** `npm run kernel`: compiles the SIMD kernel of the structural index and writes it where the program takes it from. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

const root = join(import.meta.dirname, '..')
const source = 'scripts/structural-index/kernel.as.ts'
const target = join(root, 'src', 'core', 'data', 'read', 'records', 'kernel-code.ts')

/** The module in Base64; throws what the compiler says. */
export async function compileKernel() {
  let code = null
  const { error, stderr } = await asc.main(
    [
      source,
      '--outFile=kernel.wasm',
      '-O3',
      '--converge',
      '--noAssert',
      '--enable=simd',
      '--runtime=stub',
      '--initialMemory=6',
      `--baseDir=${root}`,
    ],
    {
      writeFile: (_, contents) => {
        code = contents
      },
    },
  )
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`)
  return Buffer.from(code).toString('base64')
}

if (import.meta.filename === process.argv[1]) {
  const code = await compileKernel()
  const head = `/** WebAssembly of \`${source}\` in Base64, written by \`npm run kernel\`; a test builds it anew and compares. */`
  writeFileSync(target, `${head}\nexport const kernelCode =\n  '${code}'\n`)
  console.log(`${Buffer.from(code, 'base64').length} bytes`)
}
