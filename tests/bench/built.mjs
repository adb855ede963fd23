/** Modules of the program without types, made from the sources at hand, for benchmarks that run them in Node. */
import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../../scripts/setup.mjs'

/** `inputs` name TypeScript files; gives the paths of the built modules under the same names. */
export async function builtModules(topic, inputs) {
  const folder = join(root, '.cache', 'bench', `built-${topic}`)
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    define: { __VERSION__: '"bench"' },
    build: {
      ssr: true,
      target: 'node20',
      minify: false,
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: {
        input: inputs,
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
    ssr: { noExternal: true },
  })
  return Object.fromEntries(Object.keys(inputs).map((name) => [name, join(folder, `${name}.mjs`)]))
}
