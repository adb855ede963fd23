/** Ledger entries, checkpoints and the log of who looked at what. */
import { must, sql } from './statement.ts'

export const ledgerStatements = {
  // The chain is checked here once more: whatever a program believes, no fork gets in.
  'append-entry': must(`
    with next as (
      update stream set last = last + 1
      where project = $1 and name = 'ledger'
        and $3::bigint = 1 + coalesce((select max(device_seq) from ledger_entry where project = $1 and device = $2), 0)
        and $5 = coalesce(
          (select hash from ledger_entry where project = $1 and device = $2 order by device_seq desc limit 1), repeat('0', 64))
      returning last)
    insert into ledger_entry (project, seq, device, device_seq, hash, prev, line, person, at)
    select $1, next.last, $2, $3::bigint, $4, $5, $6, $7, $8::bigint from next returning seq`),
  'entries-after': sql(`
    select seq, person, at, line from ledger_entry where project = $1 and seq > $2 order by seq limit $3`),
  'entries-page': sql(`
    select seq, person, at, line from (
      select seq, person, at, line, sum(octet_length(line)) over (order by seq) - octet_length(line) as before
      from ledger_entry where project = $1 and seq > $2 order by seq limit $3) page
    where before < $4::bigint order by seq`),
  'entry-by-hash': sql(`select seq from ledger_entry where project = $1 and hash = $2`),
  'places-of-entries': sql(`
    select hash, device, person from ledger_entry
    where project = $1 and hash in (select json_array_elements_text($2::json))`),
  'hashes-after': sql(`select seq, hash from ledger_entry where project = $1 and seq > $2 order by seq limit $3`),
  'chain-heads': sql(`
    select distinct on (device) device, device_seq, hash from ledger_entry where project = $1 order by device, device_seq desc`),
  'put-checkpoint': sql(`
    insert into checkpoint (project, size, root, note, at) values ($1, $2, $3, $4, $5) on conflict do nothing`),
  'newest-checkpoint': sql(`select size, root, note from checkpoint where project = $1 order by size desc limit 1`),
  'cosign-checkpoint': sql(`update checkpoint set note = $3, witness = $4 where project = $1 and size = $2 returning size`),
  'newest-cosigned': sql(`
    select size, note from checkpoint where project = $1 and witness = $2 order by size desc limit 1`),
  checkpoints: sql(`select size, root, note, at from checkpoint where project = $1 order by size`),
  'note-access': sql(`
    insert into access_log (project, person, device, act, object, outcome, at) values ($1, $2, $3, $4, $5, $6, $7)`),
  'note-at-door': sql(`
    insert into access_log (person, act, object, outcome, at, address) values ($1, $2, $3, $4, $5, $6)`),
  // Between two moments, and of one person where one is named.
  'access-log': sql(`
    select id, person, device, act, object, outcome, at, address from access_log
    where project = $1 and id > $2 and at >= $4::bigint and at < $5::bigint and ($6::text is null or person = $6)
    order by id limit $3`),
  'access-at-door': sql(`
    select id, person, device, act, object, outcome, at, address from access_log
    where project is null and id > $1 and at >= $3::bigint and at < $4::bigint and ($5::text is null or person = $5)
    order by id limit $2`),
  'drop-old-access': sql(`delete from access_log where at < $1`),
} as const
