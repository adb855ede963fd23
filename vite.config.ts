/** One configuration, three uses: the app, the command line (`--mode cli`) and the tests. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { configDefaults, defineConfig, type ViteUserConfig } from 'vitest/config'
import packageJson from './package.json' with { type: 'json' }
import { developmentHeaders } from './src/io/server/headers.ts'

/** The built command line computes what the built app opens its sample with; then the build is described. */
function finishBuild(): Plugin {
  return {
    name: 'finish-build',
    apply: 'build',
    closeBundle() {
      if (!existsSync('dist/app/index.html')) return
      const sample = ['dist/cli/prepared-sample.js', 'dist/app/sample']
      for (const [args, what] of [
        [sample, 'The sample could not be prepared'],
        [['scripts/release/about-build.mjs'], 'The build could not be described'],
      ] as const) {
        const done = spawnSync(process.execPath, args, { encoding: 'utf8' })
        if (done.status !== 0) throw new Error(`${what}: ${done.stderr}`)
      }
      compressApp()
    },
  }
}

/** A `.gz` beside each file that compresses well: no server has to compress it again at each visit, and a release holds it alone. */
function compressApp(): void {
  for (const name of readdirSync('dist/app', { recursive: true, encoding: 'utf8' })) {
    const path = join('dist/app', name)
    if (!/\.(?:js|css|json|svg|csv|ndjson)$/.test(name) || /^about\b/.test(name)) continue
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }))
  }
}

/** The pages of docs/ that Help shows, and their pictures; a server of development makes them when they are asked for. */
function manualBeside(): Plugin {
  const made = async () => await (await import('./scripts/manual/pages.mjs')).manual('docs')
  return {
    name: 'manual-beside',
    async generateBundle() {
      const { pages, pictures } = await made()
      this.emitFile({ type: 'asset', fileName: 'manual/pages.json', source: JSON.stringify(pages) })
      for (const { file, name } of pictures)
        this.emitFile({ type: 'asset', fileName: name, source: readFileSync(join('docs', file)) })
    },
    configureServer({ middlewares }) {
      middlewares.use('/manual/', (request, answer, next) => {
        if (request.url !== '/pages.json') {
          next()
          return
        }
        made().then(({ pages }) => answer.setHeader('Content-Type', 'application/json').end(JSON.stringify(pages)), next)
      })
    },
  }
}

/** Notes whose code a bundle holds, as folders in `node_modules`; `scripts/release` makes licences and the list of components of it. */
function notePackages(part: 'app' | 'library' | 'cli'): Plugin {
  return {
    name: 'note-packages',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle))
        for (const id of file.type === 'chunk' ? file.moduleIds : []) {
          const [, folder] = packageFolder.exec(id) ?? []
          if (folder !== undefined) bundled.add(folder.replaceAll('\\', '/'))
        }
    },
    closeBundle() {
      mkdirSync('dist', { recursive: true })
      writeFileSync(`dist/.packages-${part}.json`, JSON.stringify([...bundled].sort()))
    },
  }
}

/** The types of the library are kept in docs/api, where a change of them is seen: `npm run api-pages` writes them. */
function declareTypes(): Plugin {
  return {
    name: 'declare-types',
    apply: 'build',
    closeBundle: () => copyFileSync('docs/api/carryover.d.ts', 'dist/library/carryover.d.ts'),
  }
}

/** The outermost `node_modules` of a path on, for one package may bring another version of the next. */
const packageFolder = /[\\/](node_modules[\\/](?:.*[\\/]node_modules[\\/])?(?:@[^\\/]+[\\/])?[^\\/]+)/

/** Of one part at a time: app and command line are built by two runs. */
const bundled = new Set<string>()

/** What the policy can not hold is taken away before any other script of the page or of a worker runs. */
function holdBackFirst(): Plugin {
  const first = join(import.meta.dirname, 'src/io/server/hold-back.ts')
  return {
    name: 'hold-back-first',
    enforce: 'pre',
    transform: (code, id) =>
      /\/src\/app\/main\.tsx$|\/workers\/[\w-]+\.worker\.ts$/.test(id.split('?')[0] ?? '')
        ? { code: `import ${JSON.stringify(first)};${code}`, map: null }
        : null,
  }
}

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
          input: {
            carryover: 'src/cli/main.ts',
            'prepared-sample': 'src/cli/example/prepared-sample.ts',
            'judge-lines': 'src/cli/judge-lines.ts',
            'index-ahead': 'src/cli/index-ahead.ts',
            'scale-task': 'src/cli/scale-task.ts',
          },
          // One folder: what a verb finds beside itself (the app, a helper's script) lies where the entry has it.
          output: {
            entryFileNames: '[name].js',
            chunkFileNames: '[name]-[hash].js',
            // Less to parse at every start; names stay for the traces of reports.
            minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
          },
        },
      },
      // Packages of the team server are optional, and one brings files of its own beside its code.
      ssr: { noExternal: true, external: Object.keys(packageJson.optionalDependencies) },
      plugins: [notePackages('cli'), finishBuild()],
    }
  if (mode === 'library')
    return {
      define,
      build: {
        lib: { entry: 'src/library/index.ts', formats: ['es'], fileName: 'carryover' },
        copyPublicDir: false,
        target: 'es2023',
        outDir: 'dist/library',
        emptyOutDir: true,
        // Whoever bundles it makes it small; names stay for the traces of reports.
        minify: false,
        rolldownOptions: {
          output: { minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } } },
        },
      },
      plugins: [notePackages('library'), declareTypes()],
    }
  return {
    define,
    plugins: [holdBackFirst(), react({ jsxImportSource: 'react' }), manualBeside(), notePackages('app')],
    build: {
      target: 'es2023',
      outDir: 'dist/app',
      emptyOutDir: true,
      // Policies allow no data: fonts or scripts, and preloading needs no polyfill in the browsers that run module workers.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // A chunk of its own, which the entry imports first: what shares a chunk runs after the imports of that chunk.
      rolldownOptions: {
        output: {
          codeSplitting: { groups: [{ name: 'hold-back', test: /io\/server\/(?:hold-back|own-worker|ways-out)\.ts$/ }] },
        },
      },
      chunkSizeWarningLimit: 1200,
    },
    worker: {
      format: 'es',
      plugins: () => [holdBackFirst(), notePackages('app')],
      rollupOptions: {
        output: { entryFileNames: 'workers/[name]-[hash].js', chunkFileNames: 'workers/shared/[name]-[hash].js' },
      },
    },
    optimizeDeps: { entries: ['index.html', 'workers/*.worker.ts'] },
    server: { headers: developmentHeaders },
    test: {
      include: ['tests/**/*.test.{ts,tsx}'],
      setupFiles: ['tests/properties.setup.ts'],
      // Minutes to hours: `npm run test:long` sets LONG, which also raises the run counts of properties. Whoever names one gets it.
      exclude: [
        ...configDefaults.exclude,
        ...(process.env.LONG || process.argv.some((word) => word.includes('.long.')) ? [] : ['**/*.long.test.{ts,tsx}']),
      ],
      // As patient as a journey is with a page (tests/journeys/browser.ts).
      expect: { poll: { timeout: 90_000 } },
      // Four runs share two cores: how long a test may take says that it ends, not how fast the product is.
      testTimeout: 600_000,
      hookTimeout: 300_000,
      maxWorkers: 2,
      // Files share their modules in some runs: no stub of one file is left for the next.
      unstubGlobals: true,
      // Only where tests run: what builds the app needs nothing of it.
      ...(mode === 'test' ? { sequence: { sequencer: (await import('./tests/longest-first.ts')).LongestFirst } } : {}),
      reporters: ['default'],
    },
  }
})
