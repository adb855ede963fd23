/** Writes the sample clinic in this browser, from its seed. */
import { writeRiverside } from '../samples/riverside/operation.ts'
import { serve } from './bridge.ts'

serve(writeRiverside)
