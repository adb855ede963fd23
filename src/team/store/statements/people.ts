/** People, how they sign in, their devices and sessions, invites and members. */
import { must, sql } from './statement.ts'

export const peopleStatements = {
  'make-person': must(`
    insert into person (id, name, actor, administrator, made_at) values ($1, $2, $3, $4, $5) on conflict do nothing returning id`),
  person: sql(`select id, name, actor, administrator, left_at from person where id = $1`),
  // In a statement of its own: what comes after it sees all that others did to this person.
  'lock-person': must(`select id from person where id = $1 for update`),
  'make-administrator': must(`
    update person set administrator = true where id = $1 and left_at is null returning id`),
  'person-by-actor': sql(`select id from person where actor = $1`),
  'count-people': sql(`select count(*) as n from person`),
  people: sql(`select id, name, actor, administrator, left_at from person order by name, id`),
  'person-left': sql(`update person set left_at = $2 where id = $1 and left_at is null returning id`),
  'add-passkey': must(`
    insert into passkey (id, person, public_key, counter, transports, made_at) values ($1, $2, $3, $4, $5, $6)
    on conflict do nothing returning id`),
  passkey: sql(`select id, person, public_key, counter, transports from passkey where id = $1`),
  'passkeys-of': sql(`select id, transports, made_at, used_at from passkey where person = $1 order by made_at`),
  'passkey-used': sql(`update passkey set counter = $2, used_at = $3 where id = $1 and counter <= $2 returning id`),
  'drop-passkey': sql(`
    delete from passkey where id = $1 and person = $2
      and (select count(*) from passkey where person = $2) + (select count(*) from identity where person = $2) > 1
    returning id`),
  'add-identity': must(`
    insert into identity (issuer, subject, person, made_at) values ($1, $2, $3, $4) on conflict do nothing returning person`),
  identity: sql(`select person from identity where issuer = $1 and subject = $2`),
  'identities-of': sql(`select issuer, subject from identity where person = $1 order by issuer`),
  // Of journals before keys were proven.
  'put-device': must(`
    insert into device (id, person, name, sign_key, seal_key, made_at)
    select $1, $2, $3, $4, $5, $6::bigint
    where not exists (select 1 from device where id = $1 and person <> $2)
    on conflict (id, person) do update set name = excluded.name, seal_key = coalesce(excluded.seal_key, device.seal_key)
    where device.sign_key = excluded.sign_key and device.revoked_at is null returning id`),
  // Who revoked a device takes a new name for it; the key is proven for each project.
  'note-device': must(`
    insert into device (id, person, name, sign_key, made_at) values ($1, $2, $3, $4, $5::bigint)
    on conflict (id, person) do update set name = excluded.name where device.revoked_at is null returning id`),
  'claim-device': must(`
    insert into device_key (project, device, person, sign_key, seal_key, proven_at)
    select $1, $2, $3, $4, $5, $6::bigint
    where not exists (select 1 from device_key where project = $1 and device = $2 and sign_key <> $4)
    on conflict (project, device, person) do update set seal_key = coalesce(excluded.seal_key, device_key.seal_key)
    returning device`),
  'device-keys': sql(`
    select k.project, k.device, k.person, k.sign_key, d.revoked_at
    from device_key k join device d on d.id = k.device and d.person = k.person order by k.project, k.device, k.person`),
  // Who left stays the person of their devices: what they sent is theirs.
  'devices-in': sql(`
    select k.device, k.person, k.proven_at, p.actor from device_key k join person p on p.id = k.person
    where k.project = $1 order by k.proven_at, k.device, k.person`),
  'devices-of': sql(`select id, name, revoked_at from device where person = $1 order by made_at, id`),
  'revoke-device': sql(`update device set revoked_at = $3 where id = $1 and person = $2 and revoked_at is null returning id`),
  // A session that ended meanwhile has no devices.
  'bind-session': sql(`
    insert into session_device (session, project, device)
    select $1, $2, $3 where exists (select 1 from session where digest = $1) on conflict do nothing returning device`),
  'devices-of-session': sql(`select project, device from session_device where session = $1`),
  'end-sessions-of-device': sql(`
    delete from session s where s.person = $2
      and exists (select 1 from session_device d where d.session = s.digest and d.device = $1) returning s.digest`),
  'make-session': must(`
    insert into session (digest, person, agent, made_at, seen_at, ends_at) values ($1, $2, $3, $4, $4, $5) returning digest`),
  session: sql(`
    select s.person, s.seen_at, s.ends_at, p.name, p.actor, p.administrator
    from session s join person p on p.id = s.person where s.digest = $1 and p.left_at is null`),
  'session-seen': sql(`update session set seen_at = $2 where digest = $1 and seen_at < $2`),
  'sessions-of': sql(`select digest, agent, made_at, seen_at, ends_at from session where person = $1 order by made_at`),
  'end-session': sql(`delete from session where digest = $1 and person = $2 returning digest`),
  'end-sessions-of': sql(`delete from session where person = $1 returning digest`),
  'end-surplus-sessions': sql(`
    delete from session where digest in (
      select digest from session where person = $1 order by seen_at desc, made_at desc, digest offset $2) returning digest`),
  'drop-old-sessions': sql(`delete from session where ends_at <= $1 or seen_at <= $2`),
  'make-invite': must(`
    insert into invite (digest, project, role, made_by, made_at, ends_at) values ($1, $2, $3, $4, $5, $6) returning digest`),
  invite: sql(`select project, role, made_by, ends_at, used_by from invite where digest = $1`),
  // Once: a second use finds nothing to change and its transaction is undone.
  'use-invite': must(`
    update invite set used_by = $2, used_at = $3 where digest = $1 and used_by is null and ends_at > $3 returning digest`),
  'invites-of': sql(`
    select digest, role, made_by, made_at, ends_at, used_by from invite where project = $1 order by made_at`),
  'drop-invite': sql(`delete from invite where digest = $1 and project = $2 and used_by is null returning digest`),
  // Links of who is removed go with them: else they let themselves in again.
  'drop-invites-by': sql(`
    delete from invite where made_by = $1 and used_by is null and ($2::text is null or project = $2)`),
  'drop-first-links': sql(`delete from invite where project is null and used_by is null`),
  'add-member': sql(`
    insert into member (project, person, role, source, since) values ($1, $2, $3, $4, $5) on conflict do nothing`),
  // A role of the ledger opens no door again that an administrator shut: it counts beside an invite.
  'derive-member': sql(`
    insert into member (project, person, role, source, since)
    select $1, $2, $3, 'ledger', $4::bigint
    where exists (select 1 from member where project = $1 and person = $2 and source <> 'ledger' and removed_at is null)
      or not exists (select 1 from member where project = $1 and person = $2 and removed_at is not null)
    on conflict do nothing`),
  // Of journals in which links outlived a removal.
  'join-member': sql(`
    insert into member (project, person, role, source, since) values ($1, $2, $3, $4, $5)
    on conflict (project, person, role, source) do update set removed_at = null, since = excluded.since`),
  // A link from before somebody was removed lets them in no more, whoever made it.
  'join-member-since': must(`
    insert into member (project, person, role, source, since)
    select $1, $2, $3, $4, $5::bigint
    where not exists (
      select 1 from member where project = $1 and person = $2
        and removed_at > (select made_at from invite where digest = $6))
    on conflict (project, person, role, source) do update set removed_at = null, since = excluded.since
    returning person`),
  'drop-derived-members': sql(`delete from member where project = $1 and source = 'ledger' and removed_at is null`),
  'members-of': sql(`
    select m.person, m.role, m.source, m.since, p.name, p.actor from member m join person p on p.id = m.person
    where m.project = $1 and m.removed_at is null and p.left_at is null order by p.name, m.role`),
  'roles-in': sql(`
    select role, source from member where project = $1 and person = $2 and removed_at is null order by role`),
  'projects-of': sql(`
    select distinct p.id, p.name, p.made_at from project p join member m on m.project = p.id
    where m.person = $1 and m.removed_at is null order by p.made_at, p.id`),
  'remove-member': sql(`
    update member set removed_at = $3 where project = $1 and person = $2 and removed_at is null returning person`),
} as const
