/** One configuration, three uses: the app, the command line (`--mode cli`) and the tests. */
import react from '@vitejs/plugin-react'
import { configDefaults, defineConfig, type ViteUserConfig } from 'vitest/config'
import packageJson from './package.json' with { type: 'json' }
import { developmentHeaders } from './src/io/server/headers.ts'

const define = { __VERSION__: JSON.stringify(packageJson.version) }

export default defineConfig(async ({ mode }): Promise<ViteUserConfig> => {
  if (mode === 'cli')
    return {
      define,
      build: {
        ssr: true,
        copyPublicDir: false,
        target: 'node20',
        outDir: 'dist/cli',
        emptyOutDir: true,
        minify: false,
        rollupOptions: {
          input: { carryover: 'src/cli/main.ts', sample: 'src/cli/write-sample.ts', 'judge-lines': 'src/cli/judge-lines.ts' },
          // One folder: what a verb finds beside itself (the app, a helper's script) lies where the entry has it.
          output: {
            entryFileNames: '[name].js',
            chunkFileNames: '[name]-[hash].js',
            // Less to parse at every start; names stay for the traces of reports.
            minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
          },
        },
      },
      ssr: { noExternal: true },
    }
  return {
    define,
    plugins: [react()],
    build: {
      target: 'es2023',
      outDir: 'dist/app',
      emptyOutDir: true,
      // Policies allow no data: fonts or scripts, and preloading needs no polyfill in the browsers that run module workers.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1200,
    },
    worker: {
      format: 'es',
      rollupOptions: {
        output: { entryFileNames: 'workers/[name]-[hash].js', chunkFileNames: 'workers/shared/[name]-[hash].js' },
      },
    },
    optimizeDeps: { entries: ['index.html', 'workers/*.worker.ts'] },
    server: { headers: developmentHeaders },
    test: {
      include: ['tests/**/*.test.{ts,tsx}'],
      setupFiles: ['tests/properties.setup.ts'],
      // Minutes to hours: `npm run test:long` sets LONG, which also raises the run counts of properties.
      exclude: [...configDefaults.exclude, ...(process.env.LONG ? [] : ['**/*.long.test.{ts,tsx}'])],
      testTimeout: 30_000,
      // As patient as a journey is with a page (tests/journeys/browser.ts).
      expect: { poll: { timeout: 90_000 } },
      hookTimeout: 120_000,
      maxWorkers: 2,
      // Files share their modules in some runs: no stub of one file is left for the next.
      unstubGlobals: true,
      // Only where tests run: what builds the app needs nothing of it.
      ...(mode === 'test' ? { sequence: { sequencer: (await import('./tests/longest-first.ts')).LongestFirst } } : {}),
      reporters: ['default'],
    },
  }
})
