/** Projects, streams, their items, snapshots and blobs. */
import { must, sql } from './statement.ts'

export const streamStatements = {
  'make-project': sql(`
    insert into project (id, name, made_by, made_at) values ($1, $2, $3, $4) on conflict do nothing returning id`),
  // One that is made by somebody who made fewer than so many.
  'found-project': must(`
    insert into project (id, name, made_by, made_at)
    select $1, $2, $3, $4::bigint where (select count(*) from project where made_by = $3) < $5::bigint
    on conflict do nothing returning id`),
  projects: sql(`select id, name, made_by, made_at from project order by made_at, id`),
  project: sql(`select id, name, made_by, made_at from project where id = $1`),
  'end-import': sql(`update project set importing = false where id = $1 and importing returning id`),
  'move-of': sql(`select importing, move_ended, made_by, made_at from project where id = $1`),
  // Behind the lock of the project: what its maker sent before is under the number.
  'end-move': sql(`
    update project set importing = false,
      move_ended = coalesce((select last from stream where project = $1 and name = 'files'), 0)
    where id = $1 and move_ended is null returning move_ended`),
  // A lock in a statement of its own: what comes after it sees all that was committed before.
  'lock-project': must(`select id from project where id = $1 for update`),
  'open-stream': sql(`insert into stream (project, name, last) values ($1, $2, 0) on conflict do nothing`),
  // Of journals before items were stored together.
  'append-item': sql(`
    with next as (
      update stream set last = last + 1
      where project = $1 and name = $2 and not exists (select 1 from item where project = $1 and stream = $2 and digest = $3)
      returning last)
    insert into item (project, stream, seq, digest, body, person, at)
    select $1, $2, next.last, $3, $4::bytea, $5, $6::bigint from next returning seq`),
  // All items that wait, by the function of the tables: what is stored already gives its number again.
  'store-items': sql(`select place, seq, is_new from store_items($1, $2::json) order by place`),
  'item-by-digest': sql(`select seq from item where project = $1 and stream = $2 and digest = $3`),
  // Pages end at so many bytes as well (the first item always comes): 500 items may have half a gigabyte.
  'items-after': sql(`
    select seq, person, at, body from (
      select seq, person, at, body, sum(octet_length(body)) over (order by seq) - octet_length(body) as before
      from item where project = $1 and stream = $2 and seq > $3 order by seq limit $4) page
    where before < $5::bigint order by seq`),
  'streams-of': sql(`select name, last from stream where project = $1 order by name`),
  'stream-last': sql(`select last from stream where project = $1 and name = $2`),
  // Of journals that were written while snapshots were taken.
  'put-snapshot': sql(`
    insert into snapshot (project, stream, upto, digest, body, person, at)
    select $1, $2, $3::bigint, $4, $5::bytea, $6, $7::bigint
    where exists (select 1 from stream where project = $1 and name = $2 and last >= $3)
      and not exists (select 1 from snapshot where project = $1 and stream = $2 and upto >= $3)
    on conflict do nothing returning upto`),
  // The one before the newest stays: a snapshot that nobody can read must not be the only one.
  'drop-old-snapshots': sql(`
    delete from snapshot where project = $1 and stream = $2 and upto < (
      select min(upto) from (
        select upto from snapshot where project = $1 and stream = $2 order by upto desc limit 2) newest)`),
  'note-blob': sql(`
    insert into blob (project, digest, size, person, at) values ($1, $2, $3, $4, $5) on conflict do nothing`),
  blob: sql(`select size from blob where project = $1 and digest = $2`),
  'blobs-among': sql(`
    select digest from blob where project = $1 and digest in (select json_array_elements_text($2::json))`),
  'blob-bytes': sql(`select coalesce(sum(size), 0)::bigint as bytes from blob where project = $1`),
  blobs: sql(`select digest, size from blob where project = $1 order by digest`),
  'bytes-of-people': sql(`
    select person, sum(bytes)::bigint as bytes from (
      select person, octet_length(body) + $2::bigint as bytes from item where project = $1
      union all select person, octet_length(line) + $2::bigint from ledger_entry where project = $1) held
    group by person`),
  'count-items': sql(`select count(*) as n from item where project = $1`),
} as const
