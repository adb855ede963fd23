/** Simulates both maps of a workflow and judges which bottlenecks survived. */
import { judge } from '../src/core/workflow/simulation/judge.ts'
import { serve } from './bridge.ts'

serve(judge)
