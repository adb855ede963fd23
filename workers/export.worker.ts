/** Writes lists without a limit by reading the files again. */
import { type GivenDefinitions, judgeGiven } from '../src/core/data/fhir/given.ts'
import type { ValidateSource } from '../src/core/data/model/validation.ts'
import { type ExportWanted, exportAll } from '../src/core/data/validate/export-all.ts'
import type { ValidateInput } from '../src/core/data/validate/validate-input.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { browserSpillStore } from '../src/io/files/spill-browser.ts'
import { serve } from './bridge.ts'

type Run = Omit<ValidateInput, 'inputs' | 'observer' | 'spill'> & {
  readonly inputs: readonly Sent<ValidateSource>[]
} & GivenDefinitions

serve(({ run, wanted }: { readonly run: Run; readonly wanted: ExportWanted }, signal) => {
  const inputs = run.inputs.map(({ file, ...given }) => ({ ...given, source: blobSource(file, file.name) }))
  const keys = { spill: browserSpillStore(), keySeed: crypto.randomUUID() }
  return exportAll({ run: { ...keys, ...run, inputs }, wanted }, signal, judgeGiven(run))
})
