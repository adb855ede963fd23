/** Ranks the changes of a future map by what they do to its lead time. */
import { rankLevers } from '../src/core/workflow/simulation/levers.ts'
import { serve } from './bridge.ts'

serve(rankLevers)
