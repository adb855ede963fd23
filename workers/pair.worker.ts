/** Compares every legacy record with its migrated one. */

import type { PairInput, PairSource } from '../src/core/review/model/pair-types.ts'
import { pairAll } from '../src/core/review/pair/pair.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<PairInput, 'inputs'> & { readonly inputs: readonly Sent<PairSource>[] }

const sources = (inputs: Input['inputs']): readonly PairSource[] =>
  inputs.map(({ file, ...rest }) => ({ ...rest, source: blobSource(file, file.name) }))

serve(({ inputs, ...rest }: Input, signal) => pairAll({ ...rest, inputs: sources(inputs) }, signal))
