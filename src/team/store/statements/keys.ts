/** Keys of epochs, wrapped: the server holds them for devices and can open none. */
import { sql } from './statement.ts'

// Each member has rows of their own: nobody puts a wrap in the place of another's.
const kept = sql(`
    insert into key_wrap (project, epoch, device, key, wrapped, made_by, at) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (project, epoch, device, key, made_by) do update set wrapped = excluded.wrapped, at = excluded.at`)

export const keyStatements = {
  'keep-wrap': kept,
  // Of journals that were written while a wrap took the place of another.
  'put-wrap': kept,
  'wraps-of-person': sql(`
    select w.epoch, w.device, w.wrapped from key_wrap w
    where w.project = $1 and (w.device = $3 or exists (
      select 1 from device_key k join device d on d.id = k.device and d.person = k.person
      where k.project = $1 and k.device = w.device and k.person = $2 and d.revoked_at is null))
    order by w.epoch, w.device, w.key, w.made_by`),
  'drop-wraps': sql(`delete from key_wrap where project = $1 and epoch = $2 and device = $3 and key = $4`),
  'wraps-held': sql(`
    select w.epoch, w.device, w.key, w.at, p.actor as by from key_wrap w join person p on p.id = w.made_by
    where w.project = $1 order by w.epoch, w.device, w.key, p.actor`),
} as const
