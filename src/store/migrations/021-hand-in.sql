-- 网上收件: what the public brings through the portal. The case that comes of it has the same id, and what was typed goes with it.

create table hand_in (
  region       char(6)      not null,
  id           uuid         not null,
  -- by which it is followed, together with the code: neither can be counted up
  number       text         not null,
  code_hash    text         not null,
  procedure    text         not null,
  step         text         not null,
  -- personal: emptied once the case holds it, or it was turned away
  typed        jsonb        not null,
  consents     boolean,
  begun_at     timestamptz  not null,
  -- the legal moment of receipt
  arrived_at   timestamptz,
  -- of the content as it arrived: what the ledger holds
  sha256       text,
  refused_at   timestamptz,
  refused_by   text,
  reason       text,
  asked_at     timestamptz,
  answered_at  timestamptz,
  rating       text,
  remark       text,
  primary key (region, id),
  unique (region, number)
);
create index hand_in_waiting on hand_in (region, procedure, arrived_at) where arrived_at is not null and refused_at is null;
create index hand_in_unfinished on hand_in (region, begun_at) where arrived_at is null;

-- 送达回证 of what is served through the portal: that the party has it, and since when.
create table acknowledgement (
  region    char(6)      not null,
  hand_in   uuid         not null,
  seq       integer      not null,
  document  text         not null,
  at        timestamptz  not null,
  primary key (region, hand_in, seq, document),
  foreign key (region, hand_in) references hand_in (region, id)
);
