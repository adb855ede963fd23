/** Acceptance of hardening: what an attacker, a crash and a careless administrator meet. docs/explanation/hardening.md is the catalogue. */
import { catalogueLines } from './hardening/catalogue.mjs'
import { faultLines } from './hardening/faults.mjs'
import { fuzzLines } from './hardening/fuzz.mjs'
import { releaseLines } from './hardening/release.mjs'
import { storageLines } from './hardening/storage.mjs'
import { waysOutLines } from './hardening/ways-out.mjs'
import { writerLines } from './hardening/writers.mjs'

export const lines = [
  ...catalogueLines,
  ...faultLines,
  ...fuzzLines,
  ...waysOutLines,
  ...writerLines,
  ...releaseLines,
  ...storageLines,
]
