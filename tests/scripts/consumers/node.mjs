/** A consumer in plain JavaScript under Node. */
import { readFileSync } from 'node:fs'
import { compareWorkflows, drawSample, simulate, verifyLedger } from 'carryover'

const json = (name) => JSON.parse(readFileSync(`samples/riverside/workflows/refill/${name}.json`, 'utf8'))
const pair = { current: json('current'), future: json('future'), trace: json('trace') }
const { findings } = await compareWorkflows(pair)
const { leadTime } = await simulate({ map: pair.future, scenario: { ...json('scenario'), replications: 2, cases: 50 } })
const units = Array.from({ length: 40 }, (_, i) => ({ id: `r${i}` }))
const { records } = drawSample({ units, seed: '01234567890123456789', n: 5 })
const ledger = await verifyLedger(readFileSync('ledger.jsonl', 'utf8'))
console.log(findings.length > 0, leadTime.mean > 0, records.length, ledger.ok)
