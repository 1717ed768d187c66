-- Who sees a case, whose it is, and what it is found by. Indexes of the steps, but for assignments, recusals, drafts and views, which are acts of their own.

-- Organs that take part in a case beside those that its procedure fixes.
create table case_organ (
  region     char(6)  not null,
  case_id    uuid     not null,
  organ      text     not null,
  procedure  text     not null,
  opened_on  date     not null,
  running    boolean  not null,
  primary key (region, case_id, organ),
  foreign key (region, case_id) references case_file (region, id) deferrable initially deferred
);
create index case_organ_opened on case_organ (region, organ, procedure, opened_on, case_id);
create index case_organ_running on case_organ (region, organ, procedure, case_id) where running;

-- Chinese text by single characters and pairs. What is personal stands apart, and goes when it is erased.
create table case_search (
  region    char(6)   not null,
  case_id   uuid      not null,
  open      tsvector  not null,
  personal  tsvector,
  primary key (region, case_id),
  foreign key (region, case_id) references case_file (region, id) deferrable initially deferred
);
create index case_search_open on case_search using gin (open) with (fastupdate = on);
create index case_search_personal on case_search using gin (personal) with (fastupdate = on);

-- Who handles a case, by post; a person of null gives it back. The latest of a post holds.
create table assignment (
  region    char(6)      not null,
  case_id   uuid         not null,
  seq       integer      not null,
  post      text         not null,
  person    text,
  reason    text,
  by_person text         not null,
  by_organ  text         not null,
  at        timestamptz  not null,
  primary key (region, case_id, seq),
  foreign key (region, case_id) references case_file (region, id)
);
-- The assignment that holds: an index of the table above.
create table case_assignee (
  region    char(6)  not null,
  case_id   uuid     not null,
  post      text     not null,
  person    text     not null,
  procedure text     not null,
  opened_on date     not null,
  primary key (region, case_id, post),
  foreign key (region, case_id) references case_file (region, id)
);
create index case_assignee_person on case_assignee (region, person, opened_on, case_id);

-- 回避: who must keep away from a case.
create table recusal (
  region    char(6)      not null,
  case_id   uuid         not null,
  person    text         not null,
  reason    text         not null,
  by_person text         not null,
  by_organ  text         not null,
  at        timestamptz  not null,
  primary key (region, case_id, person),
  foreign key (region, case_id) references case_file (region, id)
);

-- What somebody is typing. Theirs alone; gone when the step is taken.
create table draft (
  region  char(6)      not null,
  person  text         not null,
  -- the case, or the procedure that a new case is to be of
  target  text         not null,
  step    text         not null,
  input   jsonb        not null,
  at      timestamptz  not null,
  primary key (region, person, target, step)
);

create table saved_view (
  region  char(6)  not null,
  person  text     not null,
  name    text     not null,
  query   jsonb    not null,
  primary key (region, person, name)
);

-- A write that is sent twice is done once, and answered twice alike.
create table idempotency (
  region   char(6)      not null,
  person   text         not null,
  key      text         not null,
  request  bytea        not null,
  status   integer,
  answer   jsonb,
  at       timestamptz  not null,
  primary key (region, person, key)
);
create index idempotency_age on idempotency (at);

-- 三员: the database itself refuses one person two of them, and a post in the organs beside one.
create table administrator (
  region  char(6)      not null,
  person  text         not null,
  kind    text         not null check (kind in ('system', 'security', 'audit')),
  at      timestamptz  not null,
  primary key (region, person)
);

create function refuse_administrator_post() returns trigger language plpgsql as $$
begin
  if new.register = 'posts' and exists (select 1 from administrator a where a.region = new.region and a.person = new.value->>'person') then
    raise exception 'an administrator holds no post: %', new.value->>'person' using errcode = 'YF002';
  end if;
  return new;
end $$;
create trigger administrator_post before insert on register_entry for each row execute function refuse_administrator_post();

create function refuse_post_holder_administrator() returns trigger language plpgsql as $$
begin
  if exists (select 1 from (select distinct on (key) key, valid_until, value from register_entry
      where region = new.region and register = 'posts' order by key, version desc) e
      where e.value->>'person' = new.person and (e.valid_until is null or e.valid_until >= current_date)) then
    raise exception 'a post holder is no administrator: %', new.person using errcode = 'YF002';
  end if;
  return new;
end $$;
create trigger post_holder before insert on administrator for each row execute function refuse_post_holder_administrator();

-- Facts about the place itself: whether it is a demonstration.
create table place_setting (
  region  char(6)  not null,
  name    text     not null,
  value   jsonb    not null,
  primary key (region, name)
);

do $$
declare kept text;
begin
  foreach kept in array array['assignment', 'recusal'] loop
    execute format('create trigger append_only before update or delete on %I for each statement execute function refuse_change()', kept);
    execute format('create trigger no_truncate before truncate on %I for each statement execute function refuse_change()', kept);
  end loop;
end $$;

-- Readings, exports, log-ins that failed, administration: leaves of the ledger whose payload stays with them.
create index ledger_leaf_logged on ledger_leaf (region, id) where payload is not null;
