/** The FHIR engine for the benchmarks: resources in memory, files end to end, one Bundle. */
import { fhirWordings } from '../../../src/core/data/fhir/definitions/codes.ts'
import { createFhirJudge } from '../../../src/core/data/fhir/judge.ts'
import type { JsonObject } from '../../../src/core/data/model/record.ts'
import type { ValidateSource } from '../../../src/core/data/model/validation.ts'
import { type CreateJudge, validate } from '../../../src/core/data/validate/validate.ts'
import { type ByteSource, bytesSource, finish } from '../../../src/core/operation.ts'
import { pathSource } from '../../../src/io/files/files-node.ts'
import { nodeHelpers } from '../../../src/io/threads/line-judges-node.ts'

const usual = new Map<string, string>(fhirWordings.map(({ code, severity }) => [code, severity]))
const errors = new Set(['error', 'critical'])

/** Judges every resource with all layers, references across them included; gives how many have an error. */
export async function judgeAll(resources: readonly JsonObject[]): Promise<number> {
  const judge = await createFhirJudge({ formats: ['ndjson'] })
  let wrong = 0
  for (const [index, value] of resources.entries()) {
    const type = String(value.resourceType)
    const place = { record: index + 1, line: index + 1, byte: 0, length: 0 }
    const found = [...judge.see({ kind: 'resource', type, id: String(value.id), value, within: null, ...place }, 0)]
    if (found.some(({ code, severity }) => errors.has(severity ?? usual.get(code) ?? 'error'))) wrong++
  }
  return wrong
}

function source(one: ByteSource, format: 'ndjson' | 'bundle'): ValidateSource {
  return { source: one, side: null, format, table: one.name.replace(/\..*$/, ''), reading: {}, schema: null }
}

/** Files from the disk to findings, as the command line does it; `helper` is the script of the threads that judge beside this one. */
export async function endToEnd(paths: readonly string[], helper?: string): Promise<{ records: number; wrong: number }> {
  const inputs = await Promise.all(paths.map(async (path) => source(await pathSource(path), 'ndjson')))
  const bytes = inputs.reduce((sum, { source: { size } }) => sum + size, 0)
  const helpers = helper === undefined ? null : nodeHelpers(helper, bytes, 2)
  const createJudge: CreateJudge = (context) => createFhirJudge(helpers === null ? context : { ...context, helpers })
  const result = await finish(validate({ inputs }, new AbortController().signal, createJudge))
  return { records: result.inputs.reduce((sum, { records }) => sum + records, 0), wrong: result.summary.recordsWithErrors }
}

export async function bundle(text: string): Promise<{ records: number; wrong: number }> {
  const inputs = [source(bytesSource('bundle.json', new TextEncoder().encode(text)), 'bundle')]
  const result = await finish(validate({ inputs }, new AbortController().signal, createFhirJudge))
  return { records: result.inputs[0]?.records ?? 0, wrong: result.summary.recordsWithErrors }
}
