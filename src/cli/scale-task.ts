/** A process that does tasks of spread runs: an entry of its own, started by an engine with the work folder as its only word. */
import { allowKernel } from '../core/data/read/records/kernel-permit.ts'
import { serveTasks } from '../scale/serve-tasks.ts'
import { buildProgram } from './program.ts'
import { spreadJobs } from './scale/spread-jobs.ts'
import { workFolder } from './scale/work-place.ts'

declare const __VERSION__: string

const [, , work = ''] = process.argv
allowKernel()
serveTasks(workFolder(work), spreadJobs(buildProgram), __VERSION__)
