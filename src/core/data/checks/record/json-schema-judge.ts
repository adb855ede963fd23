/** What a JSON Schema asks beyond named checks, evaluated by ajv: the only importer, and the only place where generated code runs. */
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import { safePattern } from '../bytes/safe-pattern.ts'
import type { RecordJudge } from './json-schema.ts'

/** The judge of one constraint, or the reason why it can not be evaluated. */
export function bindJsonSchema(params: JsonObject): RecordJudge | string {
  const types = (params.types ?? {}) as JsonObject
  let refused: string | null = null
  const regExp = Object.assign(
    (pattern: string) => {
      const compiled = safePattern(pattern, false)
      // ajv keeps patterns by this text: without it all of them would be the first one.
      if (typeof compiled !== 'string') return { test: (text: string) => compiled.test(text), toString: () => pattern }
      refused = compiled
      return { test: () => true }
    },
    { code: 'safePattern' },
  )
  try {
    const schema = params.schema as JsonObject
    const draft = String(schema.$schema ?? '')
    const options = { allErrors: false, strict: false, logger: false as const, allowUnionTypes: true, code: { regExp } }
    const ajv = /draft-0[467]/.test(draft) ? new Ajv(options) : new Ajv2020(options)
    formats(ajv)
    const test = ajv.compile(schema)
    if (refused !== null) return refused
    return (cells) => {
      const record: Record<string, JsonValue> = Object.create(null)
      for (const [name, text] of cells) record[name] = cast(text, params.json === true ? 'json' : types[name])
      if (test(record)) return null
      const fault = test.errors?.[0]
      return {
        facts: [
          { name: 'rule', value: fault?.schemaPath ?? '' },
          { name: 'says', value: fault?.message ?? '' },
        ],
      }
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return /unsafe-eval|Code generation from strings/i.test(message)
      ? 'This place forbids the generated code that ajv needs.'
      : `ajv can not compile the schema: ${message}`
  }
}

/** A cell as the JSON value its type asks for; a text that does not fit stays a text, and the schema says so. */
function cast(text: string, type: JsonValue | undefined): JsonValue {
  if (type === 'json') {
    try {
      return JSON.parse(text) as JsonValue
    } catch {
      return text
    }
  }
  const types = typeof type === 'string' ? type.split(' ') : []
  if ((types.includes('integer') || types.includes('number')) && /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(text))
    return Number(text)
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
