/** What users can do, read off the code: verbs, flags, keys, pages, actions, codes, formats, kinds of files. */
import type { SourceFile } from './source-files.ts'

interface Pattern {
  readonly kind: string
  /** Part of the paths that it looks at. */
  readonly where: string
  readonly what: RegExp
}

const patterns: readonly Pattern[] = [
  { kind: 'verb', where: 'src/cli/verbs', what: /name: '([a-z-]+)'/g },
  { kind: 'flag', where: 'src/cli/', what: /(?:\.option|\.requiredOption|new Option|\.argument|new Argument)\(\s*'([^']+)'/g },
  { kind: 'key', where: 'help-content', what: /\['([^']+)', '([^']+)'\]/g },
  { kind: 'key', where: 'verdict-keys', what: /\['([^']+)', '([^']+)'\]/g },
  { kind: 'page', where: 'src/app/', what: /\bpath(?:=|: )["']([^"']+)["']/g },
  { kind: 'action', where: 'src/app/', what: /\bid: '([a-z][\w-]+)',\s*label: ['`]([^'`]+)['`]/g },
  { kind: 'code', where: 'src/core/', what: /'((?:data|fhir|readiness|review|workflow)\/[a-z0-9-]+)'/g },
  { kind: 'format', where: 'src/core/data/report/index', what: /^\s+\['([a-z-]+)',/gm },
  { kind: 'file', where: 'input-files', what: /kind: '([a-z-]+)'/g },
]

/** Each feature as `kind words`, sorted. */
export function featuresOf(files: readonly SourceFile[]): readonly string[] {
  const found = files.flatMap(({ path, text }) =>
    patterns
      .filter(({ where }) => path.includes(where))
      .flatMap(({ kind, what }) =>
        [...text.matchAll(what)].map(([, ...words]) => [kind, ...words].join(' ').replace(/\s+/g, ' ')),
      ),
  )
  return [...new Set(found)].sort()
}
