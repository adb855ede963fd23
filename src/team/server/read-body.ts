/** Bodies of requests: JSON and nothing else, of a few kilobytes, checked against a schema. */
import type { Context } from 'hono'
import type * as v from 'valibot'
import { fits, type Kept } from '../../core/values/document.ts'
import { parseJson } from '../../core/values/json.ts'
import { say } from './route.ts'

const largestBody = 256 * 1024

/** The document, or the answer that refuses it. A form of another page can not send this type without asking first. */
export async function readBody<S extends v.GenericSchema>(
  context: Context,
  schema: S,
  asks: string,
): Promise<Kept<S> | Response> {
  const type = context.req.header('content-type') ?? ''
  if (!/^application\/json\b/.test(type)) return say(context, 415, 'not-json', 'Send JSON with the type application/json.')
  const length = Number(context.req.header('content-length') ?? Number.NaN)
  if (!(length <= largestBody))
    return say(context, 413, 'too-large', `This takes ${largestBody} bytes at most, and their number.`)
  const parsed = parseJson(await context.req.text())
  if (!parsed.ok || !fits(parsed.value, schema)) return say(context, 400, 'unreadable', `This asks for ${asks}.`)
  return parsed.value
}
