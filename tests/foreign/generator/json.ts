/** JSON whose decimals keep their digits. */

export class Decimal {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Json = string | boolean | null | Decimal | readonly Json[] | { readonly [name: string]: Json | undefined }

export function jsonText(value: Json): string {
  if (value instanceof Decimal) return value.text
  if (isList(value)) return `[${value.map(jsonText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).flatMap(([name, one]) =>
    one === undefined ? [] : [`${JSON.stringify(name)}:${jsonText(one)}`],
  )
  return `{${members.join(',')}}`
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
