/** The privacy promise as a function: does any of these texts stand anywhere outside `private/`? */
import type { ProjectFiles } from './project.ts'

export interface Leak {
  readonly path: string
  readonly text: string
}

/** Looks in paths and contents, also behind JSON escapes. Texts of one or two signs stand everywhere by chance and are refused. */
export function leaksOf(files: ProjectFiles, texts: Iterable<string>): readonly Leak[] {
  const wanted = [...new Set(texts)]
  const short = wanted.find((text) => text.length < 3)
  if (short !== undefined) throw new Error(`"${short}" is too short to look for: it would be found by chance`)
  const leaks: Leak[] = []
  for (const [path, bytes] of files) {
    if (path.startsWith('private/')) continue
    const content = new TextDecoder().decode(bytes)
    const plain = content.includes('\\') ? `${content}\n${unescaped(content)}` : content
    for (const text of wanted) if (path.includes(text) || plain.includes(text)) leaks.push({ path, text })
  }
  return leaks
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/]))/g, (_, hex: string | undefined, sign: string | undefined) =>
    hex === undefined ? (sign ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
