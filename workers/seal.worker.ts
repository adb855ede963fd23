/** Seals the private part of a project under a passphrase, and opens it. */
import { type SealWork, sealWork } from '../src/io/keys/seal-work.ts'
import { serve } from './bridge.ts'

serve((work: SealWork) => sealWork(work))
