/** Reads some patients side by side, for the review. */

import type { PairInput, PairSource } from '../src/core/review/model/pair-types.ts'
import { pairRecords, type WantedRecords } from '../src/core/review/pair/pair.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<PairInput, 'inputs'> & WantedRecords & { readonly inputs: readonly Sent<PairSource>[] }

const sources = (inputs: Input['inputs']): readonly PairSource[] =>
  inputs.map(({ file, ...rest }) => ({ ...rest, source: blobSource(file, file.name) }))

serve(({ inputs, ...rest }: Input, signal) => pairRecords({ ...rest, inputs: sources(inputs) }, signal))
