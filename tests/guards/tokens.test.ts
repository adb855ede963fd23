/** Style sheets name tokens, know three widths, and hold no class that nobody uses. */
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type SourceFile, sourceFiles } from './source-files.ts'

const tokens = 'src/app/styles/tokens.css'
/** Without comments. */
const sheets = sourceFiles('src/app', /\.css$/).map(({ path, text }) => ({ path, text: text.replace(/\/\*.*?\*\//gs, '') }))
const scripts = sourceFiles('src/app')

interface Declaration {
  readonly path: string
  readonly property: string
  readonly value: string
  /** Inside `@media print`, where paper has units of its own. */
  readonly paper: boolean
}

function declarations({ path, text }: SourceFile): Declaration[] {
  const found: Declaration[] = []
  const open: string[] = []
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign !== '{' && sign !== '}' && sign !== ';') continue
    const words = text.slice(start, at).trim()
    start = at + 1
    if (sign === '{') open.push(words)
    else {
      const colon = words.indexOf(':')
      if (colon > 0 && open.length > 0)
        found.push({
          path,
          property: words.slice(0, colon).trim(),
          value: words
            .slice(colon + 1)
            .replace(/\s+/g, ' ')
            .trim(),
          paper: open.some((rule) => rule.startsWith('@page') || /^@media[^{]*\bprint\b/.test(rule)),
        })
      if (sign === '}') open.pop()
    }
  }
  return found
}

const colours =
  /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|oklch|oklab|lab|lch|color)\(|\b(?:white|black|red|green|blue|gr[ae]y|yellow|orange|purple)\b/i
const pixels = /\d(?:px|rem)\b/

/** What a page's sheet may not write itself, with the token that it names instead. */
const raw: readonly { readonly what: string; readonly found: (one: Declaration) => boolean }[] = [
  { what: 'a colour', found: ({ property, value }) => !property.startsWith('grid') && colours.test(value) },
  { what: 'a corner', found: ({ property, value }) => /radius$/.test(property) && /\d/.test(value.replace(/\b0\b/g, '')) },
  {
    what: 'a space',
    found: ({ property, value }) =>
      /^(?:padding|margin|gap|row-gap|column-gap)/.test(property) && pixels.test(value.replace(/--[\w-]+/g, '')),
  },
  {
    what: 'a size of type',
    found: ({ property, value, paper }) =>
      (property === 'font-size' || property === 'line-height') && (pixels.test(value) || (/\dpt\b/.test(value) && !paper)),
  },
  {
    what: 'a font',
    found: ({ property, value }) => property === 'font' && value !== 'inherit' && !/var\(--(?:sans|mono)\)/.test(value),
  },
  {
    what: 'a family of type',
    found: ({ property, value }) => property === 'font-family' && !/^(?:inherit|var\(--(?:sans|mono)\))$/.test(value),
  },
  {
    what: 'a weight',
    found: ({ property, value }) => property === 'font-weight' && /\d|bold/.test(value.replace(/var\([^)]*\)/g, '')),
  },
  { what: 'a layer', found: ({ property, value }) => property === 'z-index' && !/^var\(--layer-/.test(value) },
]

const told = ({ path, property, value }: Declaration): string => `${path}: ${property}: ${value}`

describe('tokens', () => {
  const written = sheets.filter(({ path }) => path !== tokens).flatMap(declarations)

  test('the guard reads what stands in the sheets', () => {
    expect(written.length).toBeGreaterThan(1500)
    const bad: SourceFile = {
      path: 'x.css',
      text: '.a { color: #fff; border-radius: 5px; gap: 7px 0; font-size: 13px; z-index: 4 }',
    }
    expect(declarations(bad).filter((one) => raw.some(({ found }) => found(one)))).toHaveLength(5)
  })

  for (const { what, found } of raw)
    test(`no sheet writes ${what} itself`, () => {
      expect(written.filter(found).map(told)).toEqual([])
    })

  test('every variable has a value somewhere', () => {
    const given = new Set(
      [...sheets.map(({ text }) => text), ...scripts.map(({ text }) => text)].flatMap((text) =>
        [...text.matchAll(/(--[\w-]+)['"]?\]?\s*[:,]/g)].map((match) => match[1]),
      ),
    )
    given.add('--trigger-width') // The menu's own library measures its button.
    const missing = sheets.flatMap(({ path, text }) =>
      [...text.matchAll(/var\((--[\w-]+)/g)].filter((match) => !given.has(match[1])).map((match) => `${path}: ${match[1]}`),
    )
    expect(missing).toEqual([])
  })

  test('every token is used', () => {
    const used = new Set(sheets.flatMap(({ text }) => [...text.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1])))
    const all = scripts.map(({ text }) => text).join('\n')
    const own = declarations(sheets.find(({ path }) => path === tokens) ?? { path: tokens, text: '' }).map(
      ({ property }) => property,
    )
    expect(
      [...new Set(own)].filter((name) => name.startsWith('--') && !used.has(name) && !all.includes(name.replace(/\d+$/, '$'))),
    ).toEqual([])
  })
})

/** Px. Phones; tablets and windows beside others; from the last one an inspector has room beside the page. */
const widths = [767, 1099, 1439]
const features = new Set([
  ...widths.flatMap((width) => [`(max-width: ${width}px)`, `(min-width: ${width + 1}px)`]),
  '(max-height: 620px)',
  '(orientation: portrait)',
  '(pointer: coarse)',
  '(forced-colors: active)',
  '(prefers-reduced-motion: reduce)',
  'print',
  'screen',
])

test('sheets know three widths, low windows, fingers, paper and what people prefer', () => {
  const other = sheets.flatMap(({ path, text }) =>
    [...text.matchAll(/@media([^{]+)\{/g)].flatMap((match) =>
      (match[1] ?? '')
        .split(/,| and /)
        .map((feature) => feature.trim())
        .filter((feature) => !features.has(feature))
        .map((feature) => `${path}: ${feature}`),
    ),
  )
  expect(other).toEqual([])
})

describe('classes', () => {
  const classesOf = (text: string): Set<string> => {
    const selectors = text.replace(/\{[^{}]*\}/g, '{}').replace(/:global\((?:[^()]|\([^()]*\))*\)/g, '')
    return new Set([...selectors.matchAll(/\.(-?[a-z_][\w-]*)/gi)].map((match) => match[1] ?? ''))
  }
  const modules = new Map(
    sheets.filter(({ path }) => path.endsWith('.module.css')).map(({ path, text }) => [path, classesOf(text)]),
  )
  const imports = scripts.flatMap(({ path, text }) =>
    [...text.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g)].map((match) => ({
      path,
      text: text.replace(/import [^\n]*\n/g, ''),
      name: match[1] ?? '',
      module: posix.join(posix.dirname(path), match[2] ?? ''),
    })),
  )
  const named = ({ text, name }: (typeof imports)[number]): string[] =>
    [...text.matchAll(new RegExp(`(?<![.\\w])${name}(?:\\.(\\w+)|\\['([\\w-]+)'\\])`, 'g'))].map(
      (match) => match[1] ?? match[2] ?? '',
    )

  test('every class that a page names stands in its sheet', () => {
    const missing = imports.flatMap((one) =>
      named(one)
        .filter((name) => modules.get(one.module)?.has(name) === false)
        .map((name) => `${one.path}: ${one.name}.${name}`),
    )
    expect(missing).toEqual([])
  })

  test('every sheet is imported, and every class of it named or looked up by a value', () => {
    const dead = [...modules].flatMap(([module, classes]) => {
      const readers = imports.filter((one) => one.module === module)
      if (readers.length === 0) return [`${module} is not imported`]
      if (readers.some(({ text, name }) => new RegExp(`\\b${name}\\[[^']`).test(text))) return []
      const used = new Set(readers.flatMap(named))
      return [...classes].filter((name) => !used.has(name)).map((name) => `${module}: .${name}`)
    })
    expect(dead).toEqual([])
  })

  test('every plain class that a page writes is shared, and every shared class is written', () => {
    const shared = classesOf(sheets.find(({ path }) => path === 'src/app/styles/shared.css')?.text ?? '')
    const words = new Set(
      scripts.flatMap(({ text }) =>
        [...text.matchAll(/class(?:Name|es)?=(?:"([^"]*)"|\{`([^`]*)`\})/g)].flatMap((match) =>
          (match[1] ?? (match[2] ?? '').replace(/\$\{[^}]*\}/g, '§')).split(/\s+/).filter((word) => /^[a-z][a-z-]*$/.test(word)),
        ),
      ),
    )
    /** Told to drawings from outside: icons by the sheet of the frame, the rest by the canvas library. */
    const outside = new Set(['icon', 'nodrag', 'nopan', 'nowheel'])
    expect([...words].filter((word) => !shared.has(word) && !outside.has(word))).toEqual([])
    const all = scripts.map(({ text }) => text).join('\n')
    expect(
      [...shared].filter(
        (name) => !words.has(name) && !new RegExp(`['"\`\\s]${name}['"\`\\s]|${name.replace(/-.*/, '-')}\\$`).test(all),
      ),
    ).toEqual([])
  })
})
