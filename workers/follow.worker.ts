/** Follows one case through both maps of a workflow. */
import { playThrough } from '../src/core/workflow/simulation/play-through.ts'
import { serve } from './bridge.ts'

serve(playThrough)
