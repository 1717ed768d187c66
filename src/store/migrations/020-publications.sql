-- 公开: what of a case the public reads. Rows hold public fields alone; one that was withdrawn holds no content any more.
create table publication (
  region         char(6)      not null,
  id             uuid         not null default gen_random_uuid(),
  case_id        uuid         not null,
  -- the place of the step that it rests on, and the duty by its name in the version
  seq            integer      not null,
  duty           text         not null,
  procedure      text         not null,
  version        date         not null,
  organ          text         not null,
  -- the last day on which it must be published; null where the law names none
  due            date,
  -- given when it is published, never before
  index_number   text,
  title          jsonb,
  body           jsonb,
  words          tsvector,
  published_at   timestamptz,
  published_on   date,
  valid_until    date,
  withdrawn_at   timestamptz,
  -- src/engine/withdrawal.ts
  withdrawn_for  text,
  primary key (region, id),
  unique (region, index_number),
  foreign key (region, case_id) references case_file (region, id) deferrable initially deferred,
  check ((published_at is null) = (index_number is null)),
  check ((withdrawn_at is null) = (withdrawn_for is null)),
  check (withdrawn_at is null or (title is null and body is null and words is null))
);
-- One that stands for each step and duty.
create unique index publication_standing on publication (region, case_id, seq, duty) where withdrawn_at is null;
create index publication_newest on publication (region, published_on desc, index_number desc) where published_at is not null and withdrawn_at is null;
create index publication_kind on publication (region, procedure, duty, published_on desc, index_number desc)
  where published_at is not null and withdrawn_at is null;
create index publication_organ on publication (region, organ, published_on desc, index_number desc)
  where published_at is not null and withdrawn_at is null;
create index publication_words on publication using gin (words);
create index publication_waiting on publication (region, due, case_id) where published_at is null and withdrawn_at is null;
create index publication_ending on publication (region, valid_until) where valid_until is not null and withdrawn_at is null;
