-- The foundation: cases, steps, registers, documents, the ledger. Every primary key begins with region, every foreign key stays within it,
-- so that the schema distributes by region unchanged. Truth is append-only; case_file and clock_run are indexes that can be rebuilt.

create table case_file (
  region      char(6)  not null,
  id          uuid     not null,
  procedure   text     not null,
  number      text     not null,
  version     date     not null,
  hash        text     not null,
  opened_on   date     not null,
  state       text     not null,
  is_final    boolean  not null,
  step_count  integer  not null,
  last_leaf   bytea    not null,
  fields      jsonb    not null,
  primary key (region, id),
  unique (region, procedure, number)
);
create index case_file_opened on case_file (region, procedure, opened_on, id);
create index case_file_state on case_file (region, procedure, state, opened_on, id);
create index case_file_running on case_file (region, opened_on, id) where not is_final;

create table step (
  region      char(6)     not null,
  case_id     uuid        not null,
  seq         integer     not null,
  procedure   text        not null,
  step        text        not null,
  on_date     date        not null,
  taken_on    text        not null,
  at          timestamptz not null,
  post        text        not null,
  person      text        not null,
  organ       text        not null,
  input       jsonb       not null,
  from_state  text,
  to_state    text        not null,
  supersedes  jsonb,
  primary key (region, case_id, seq),
  foreign key (region, case_id) references case_file (region, id) deferrable initially deferred
);
create index step_counted on step (region, procedure, on_date, step);
create index step_superseding on step (region, case_id) where supersedes is not null;

-- Personal values of a step's input, apart from the rest: the only truth that can be erased.
create table personal (
  region   char(6)  not null,
  subject  text     not null,
  seq      integer  not null,
  salt     bytea    not null,
  payload  jsonb    not null,
  primary key (region, subject, seq)
);

create table party (
  region   char(6)  not null,
  case_id  uuid     not null,
  role     text     not null,
  ordinal  integer  not null,
  seq      integer  not null,
  primary key (region, case_id, role, ordinal),
  foreign key (region, case_id) references case_file (region, id) deferrable initially deferred
);

create table case_link (
  region   char(6)  not null,
  case_id  uuid     not null,
  other    uuid     not null,
  kind     text     not null,
  primary key (region, case_id, other, kind)
);
create index case_link_back on case_link (region, other);

create table clock_run (
  region      char(6)  not null,
  case_id     uuid     not null,
  clock       text     not null,
  seq         integer  not null,
  procedure   text     not null,
  start_at    text     not null,
  state       text     not null,
  due         text,
  due_date    date,
  provisional boolean  not null,
  stopped_on  date,
  stopped_by  text,
  late        boolean,
  primary key (region, case_id, clock, seq),
  foreign key (region, case_id) references case_file (region, id) deferrable initially deferred
);
create index clock_run_due on clock_run (region, due_date, case_id) where state <> 'stopped';
create index clock_run_counted on clock_run (region, procedure, clock, stopped_on);

create table document (
  region     char(6)  not null,
  case_id    uuid     not null,
  seq        integer  not null,
  document   text     not null,
  number     text,
  issued_on  date     not null,
  primary key (region, case_id, seq, document),
  foreign key (region, case_id) references case_file (region, id) deferrable initially deferred
);

create table number_series (
  region  char(6)  not null,
  series  text     not null,
  year    integer  not null,
  last    integer  not null,
  primary key (region, series, year)
);

create table register_entry (
  region      char(6)     not null,
  register    text        not null,
  key         text        not null,
  version     integer     not null,
  valid_from  date        not null,
  valid_until date,
  value       jsonb       not null,
  at          timestamptz not null,
  post        text        not null,
  person      text        not null,
  organ       text        not null,
  last_leaf   bytea       not null,
  primary key (region, register, key, version)
);
create index register_entry_valid on register_entry (region, register, valid_from);

-- The holiday schedules that counts of this place rest on; the release's own are loaded first.
create table schedule (
  region  char(6)     not null,
  year    integer     not null,
  version integer     not null,
  value   jsonb       not null,
  at      timestamptz not null,
  primary key (region, year, version)
);

create table ledger_leaf (
  region     char(6)  not null,
  id         bigint   not null generated always as identity,
  txid       xid8     not null default pg_current_xact_id(),
  kind       text     not null,
  subject    text     not null,
  seq        integer  not null,
  leaf       text     not null,
  hash       bytea    not null,
  salt       bytea    not null,
  payload    jsonb,
  primary key (region, id),
  unique (region, kind, subject, seq)
);
create index ledger_leaf_unsealed on ledger_leaf (region, txid, id);

-- Which leaf stands where in the tree; given when a batch is sealed.
create table ledger_position (
  region   char(6)  not null,
  position bigint   not null,
  id       bigint   not null,
  hash     bytea    not null,
  primary key (region, position),
  unique (region, id)
);

create table ledger_checkpoint (
  region    char(6)     not null,
  ordinal   integer     not null,
  size      bigint      not null,
  text      text        not null,
  frontier  jsonb       not null,
  sealed_to xid8        not null,
  at        timestamptz not null,
  primary key (region, ordinal)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % of % is refused', lower(tg_op), tg_table_name using errcode = 'YF001';
end $$;

create function refuse_change_unless_erasing() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('yifa.erasing', true) = old.subject || '/' || old.seq then return old; end if;
  raise exception 'append-only: % of % is refused', lower(tg_op), tg_table_name using errcode = 'YF001';
end $$;

do $$
declare kept text;
begin
  foreach kept in array array['step', 'document', 'register_entry', 'schedule', 'ledger_leaf', 'ledger_position', 'ledger_checkpoint'] loop
    execute format('create trigger append_only before update or delete on %I for each statement execute function refuse_change()', kept);
    execute format('create trigger no_truncate before truncate on %I for each statement execute function refuse_change()', kept);
  end loop;
end $$;
create trigger erasable before update or delete on personal for each row execute function refuse_change_unless_erasing();
create trigger no_truncate before truncate on personal for each statement execute function refuse_change();

-- A clock may run for each of several (co-handling organs) from one step: `item` says for which, and is empty where it runs once.
alter table clock_run add column item text not null default '';
alter table clock_run drop constraint clock_run_pkey, add primary key (region, case_id, clock, seq, item);

-- What a step sets going in other cases: written with the step, struck out when it is done. A debt, no truth; whoever starts next pays it.
create table pending (
  region   char(6)  not null,
  case_id  uuid     not null,
  seq      integer  not null,
  -- `opens`, `recurs` or `joins`: src/store/hand-over.ts.
  kind     text     not null,
  -- The code with which it was refused last.
  refused  text,
  primary key (region, case_id, seq, kind),
  foreign key (region, case_id) references case_file (region, id) deferrable initially deferred
);
