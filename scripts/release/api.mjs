/** The public surface of the library, by API Extractor: one file of types, a report of all that is public, and a page for each. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'
import { root, runPackage } from '../setup.mjs'

/** Writes into `<folder>/docs/api`; throws where something public has no docstring, or mentions what is not public. */
export function writeApi(folder) {
  mkdirSync(join(root, '.cache'), { recursive: true })
  // Beside the packages, so that their types are found.
  const work = mkdtempSync(join(root, '.cache', 'api-'))
  try {
    const compiled = [
      '-p',
      'src/library',
      '--noEmit',
      'false',
      '--declaration',
      '--emitDeclarationOnly',
      '--stripInternal',
      'false',
    ]
    if (runPackage('typescript/bin/tsc', [...compiled, '--outDir', join(work, 'types'), '--rootDir', 'src']) !== 0)
      throw new Error('The types of the library could not be written.')
    extract(work)
    const pages = join(work, 'pages')
    if (
      runPackage('@microsoft/api-documenter/bin/api-documenter', ['markdown', '-i', join(work, 'model'), '-o', pages], {
        stdio: 'ignore',
      }) !== 0
    )
      throw new Error('The pages of the library could not be written.')
    const target = join(folder, 'docs', 'api')
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target, { recursive: true })
    for (const name of readdirSync(pages).filter(isWhole))
      writeFileSync(join(target, pageName(name)), plainPage(readFileSync(join(pages, name), 'utf8')))
    for (const name of ['carryover.d.ts', 'carryover.api.md']) cpSync(join(work, name), join(target, name))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function extract(work) {
  writeFileSync(join(work, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types/library/index.d.ts'] }))
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: work,
      mainEntryPointFilePath: join(work, 'types', 'library', 'index.d.ts'),
      compiler: { tsconfigFilePath: join(work, 'tsconfig.json') },
      apiReport: { enabled: true, reportFileName: 'carryover.api.md', reportFolder: work, reportTempFolder: join(work, 'temp') },
      docModel: { enabled: true, apiJsonFilePath: join(work, 'model', 'carryover.api.json') },
      dtsRollup: { enabled: true, untrimmedFilePath: '', publicTrimmedFilePath: join(work, 'carryover.d.ts') },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        extractorMessageReporting: { default: { logLevel: 'error' } },
        compilerMessageReporting: { default: { logLevel: 'error' } },
        tsdocMessageReporting: { default: { logLevel: 'error' } },
      },
    },
    configObjectFullPath: join(work, 'api-extractor.json'),
    packageJsonFullPath: join(root, 'package.json'),
  })
  const said = []
  const { errorCount } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel === 'error') said.push(message.formatMessageWithoutLocation())
      message.handled = true
    },
  })
  if (errorCount > 0) throw new Error(`The public surface of the library has faults:\n${said.join('\n')}`)
}

const compilerOptions = {
  target: 'ES2022',
  module: 'ESNext',
  moduleResolution: 'bundler',
  strict: true,
  types: [],
  allowImportingTsExtensions: true,
  noEmit: true,
}

/** A member has its row on the page of its type; a page that repeats the row helps nobody. */
const isWhole = (name) => /^carryover(?:\.[^.]+)?\.md$/.test(name)
const pageName = (name) => (name === 'carryover.md' ? 'README.md' : name)
const plainPage = (text) =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/\[([^\]]+)\]\(\.\/carryover\.[^.)]+\.[^)]+\.md\)/g, '$1')
    .replace('[Home](./index.md) &gt; ', '')
    .replaceAll('(./carryover.md)', '(./README.md)')
