-- The year's report as it is written: each change a version of its own, a frozen one an edition. And the indexes of supervision.

create table report_edition (
  region      char(6)      not null,
  year        integer      not null,
  version     integer      not null,
  -- section → { paragraphs: [[zh, en], …], version, by, at }: what stands in place of the section's own paragraphs
  narrative   jsonb        not null,
  -- figure → { note: [zh, en], by, at }
  annotations jsonb        not null,
  state       text         not null check (state in ('draft', 'frozen')),
  -- of a frozen version: its number among the year's editions, the ledger's checkpoint, the figures, and the whole report as hashed
  edition     integer,
  checkpoint  text,
  figures     jsonb,
  report      text,
  sha256      text,
  person      text         not null,
  organ       text         not null,
  at          timestamptz  not null,
  primary key (region, year, version),
  unique (region, year, edition),
  check ((state = 'frozen') = (edition is not null and checkpoint is not null and figures is not null and report is not null and sha256 is not null))
);
create trigger append_only before update or delete on report_edition for each statement execute function refuse_change();
create trigger no_truncate before truncate on report_edition for each statement execute function refuse_change();

create index clock_run_paused on clock_run (region, case_id) where state = 'paused';
