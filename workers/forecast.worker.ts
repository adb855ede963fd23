/** Forecasts the backlog of the weeks after go-live. */
import { forecastGoLive } from '../src/core/workflow/simulation/forecast.ts'
import { serve } from './bridge.ts'

serve(forecastGoLive)
