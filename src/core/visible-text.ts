/** Characters that a screen would hide or reorder, named in words: nothing in a value may stay invisible. */

const names: ReadonlyMap<string, string> = new Map([
  ['\u00a0', 'no-break space'],
  ['\u00ad', 'soft hyphen'],
  ['\u200b', 'zero-width space'],
  ['\u200c', 'zero-width non-joiner'],
  ['\u200d', 'zero-width joiner'],
  ['\u200e', 'left-to-right mark'],
  ['\u200f', 'right-to-left mark'],
  ['\u202a', 'left-to-right embedding'],
  ['\u202b', 'right-to-left embedding'],
  ['\u202c', 'end of direction'],
  ['\u202d', 'left-to-right override'],
  ['\u202e', 'right-to-left override'],
  ['\u2060', 'word joiner'],
  ['\u2066', 'left-to-right isolate'],
  ['\u2067', 'right-to-left isolate'],
  ['\u2068', 'first strong isolate'],
  ['\u2069', 'end of isolate'],
  ['\ufeff', 'byte order mark'],
  ['\ufffd', 'unreadable character'],
])

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be made visible
const hidden = /([\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd])/

interface TextPart {
  readonly text: string
  readonly hidden: boolean
}

/** Splits a text at characters that a screen would not show. */
export function visibleParts(text: string): readonly TextPart[] {
  return text.split(hidden).flatMap((part): TextPart[] => {
    if (part === '') return []
    if (!hidden.test(part)) return [{ text: part, hidden: false }]
    const code = `U+${(part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    const name = names.get(part)
    return [{ text: name === undefined ? code : `${code} ${name}`, hidden: true }]
  })
}

/** The same as one text, for places that hold no marks: `[U+202E right-to-left override]`. */
export function visibleText(text: string): string {
  return visibleParts(text)
    .map((part) => (part.hidden ? `[${part.text}]` : part.text))
    .join('')
}
