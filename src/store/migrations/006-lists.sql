-- Lists in the order of numbers, by what is due and by scope; search within a scope; registers by proposal and approval.

-- `〔2024〕12号` after `〔2024〕2号`: every run of digits at the same width.
create function number_key(number text) returns text language sql immutable strict parallel safe as $$
  select string_agg(case when part[1] ~ '^[0-9]' then lpad(part[1], greatest(9, length(part[1])), '0') else part[1] end, '' order by place)
  from regexp_matches(number, '[0-9]+|[^0-9]+', 'g') with ordinality as parts(part, place)
$$;

alter table case_file add column number_key text generated always as (number_key(number)) stored;
create index case_file_numbered on case_file (region, procedure, number_key, id);
create index case_file_open on case_file (region, procedure, opened_on, id) where not is_final;

-- What a list of one organ is ordered by stands in the organ's own row, so that it is read in that order.
alter table case_organ add column number text;
update case_organ o set number = c.number from case_file c where c.region = o.region and c.id = o.case_id;
alter table case_organ alter column number set not null;
alter table case_organ add column number_key text generated always as (number_key(number)) stored;
create index case_organ_numbered on case_organ (region, organ, procedure, number_key, case_id);
create index case_organ_open on case_organ (region, organ, procedure, opened_on, case_id) where running;
drop index case_organ_running;

-- The clocks of one case that still run, read without their rows; those of a procedure by their last days.
create index clock_run_open on clock_run (region, case_id, due_date) include (procedure, clock) where state <> 'stopped';
create index clock_run_due_in on clock_run (region, procedure, due_date, case_id) where state <> 'stopped';

-- A case is found within its procedure, and within an organ, by two more words that nobody can type.
update case_search s set open = s.open || array_to_tsvector(array['#' || c.procedure] || array(
    select '#' || o.procedure || '/' || o.organ from case_organ o where o.region = c.region and o.case_id = c.id))
  from case_file c where c.region = s.region and c.id = s.case_id;

-- What somebody would write into a register, and what another decided on it. Neither is changed: a decision is a row of its own.
create table register_proposal (
  region    char(6)      not null,
  id        uuid         not null,
  register  text         not null,
  -- one entry, or all rows of an import: [{ key, validFrom, validUntil, value, was }], `was` the version that it was written against
  entries   jsonb        not null,
  reason    text         not null,
  post      text         not null,
  person    text         not null,
  organ     text         not null,
  at        timestamptz  not null,
  primary key (region, id)
);
create index register_proposal_newest on register_proposal (region, register, at, id);

create table register_decision (
  region    char(6)      not null,
  proposal  uuid         not null,
  approved  boolean      not null,
  reason    text         not null,
  post      text         not null,
  person    text         not null,
  organ     text         not null,
  at        timestamptz  not null,
  primary key (region, proposal),
  foreign key (region, proposal) references register_proposal (region, id)
);

do $$
declare kept text;
begin
  foreach kept in array array['register_proposal', 'register_decision'] loop
    execute format('create trigger append_only before update or delete on %I for each statement execute function refuse_change()', kept);
    execute format('create trigger no_truncate before truncate on %I for each statement execute function refuse_change()', kept);
  end loop;
end $$;
