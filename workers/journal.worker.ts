/** The second copies of projects: appends what a save changed and flushes it. */
import { type JournalWork, journalWork } from '../src/io/store/journal-browser.ts'
import { serve } from './bridge.ts'

serve((work: JournalWork) => journalWork(work))
