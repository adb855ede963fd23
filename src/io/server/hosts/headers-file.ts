/**
 * `_headers`, as Netlify, Cloudflare Pages and others read it. Rules that fit the same path add up there, and two policies would
 * both hold: so no two rules here fit one path.
 */
import { cacheFor, headersFor } from '../headers.ts'
import type { HostedApp } from './host.ts'

export function headersFile({ files, connect }: HostedApp): string {
  const rules = [
    '/',
    ...ruleNames(
      files.map((file) => `/${file}`),
      connect,
    ),
  ]
  return rules.map((rule) => `${rule}\n${linesOf(rule, connect).join('\n')}\n`).join('\n')
}

/** A folder whose files all have the same headers is one rule; of another one each file is. */
function ruleNames(paths: readonly string[], connect: readonly string[]): readonly string[] {
  const folders = new Map<string, string[]>()
  for (const path of paths) {
    const folder = path.slice(0, path.indexOf('/', 1) + 1)
    folders.set(folder, [...(folders.get(folder) ?? []), path])
  }
  return [...folders].flatMap(([folder, inside]) => {
    const distinct = new Set(inside.map((path) => linesOf(path, connect).join('\n')))
    return folder !== '' && distinct.size === 1 ? [`${folder}*`] : inside
  })
}

function linesOf(path: string, connect: readonly string[]): readonly string[] {
  return Object.entries({ ...headersFor(path, connect), 'Cache-Control': cacheFor(path) }).map(
    ([name, value]) => `  ${name}: ${value}`,
  )
}
