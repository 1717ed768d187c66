-- What goes in and out beside steps: files, clients of the API, and events that other systems are told of.

-- An upload; whole once its hash is there. Its uploader's until a step names it, then the case's.
create table file (
  region      char(6)      not null,
  id          uuid         not null,
  name        text         not null,
  bytes       bigint       not null,
  person      text         not null,
  at          timestamptz  not null,
  type        text,
  sha256      char(64),
  case_id     uuid,
  seq         integer,
  -- every field that names it is public
  is_public   boolean      not null default false,
  -- its content is gone, or about to go
  erased_at   timestamptz,
  primary key (region, id),
  foreign key (region, case_id) references case_file (region, id) deferrable initially deferred
);
create index file_of_case on file (region, case_id, seq) where case_id is not null;
create index file_unnamed on file (region, person, sha256) where case_id is null;
create index file_swept on file (region, at) where case_id is null;
create index file_erased on file (region, erased_at) where erased_at is not null;

-- Another system of the government: what it holds, like a post; of its key only the hash.
create table api_client (
  region      char(6)      not null,
  id          uuid         not null,
  name        text         not null,
  organ       text         not null,
  post        text         not null,
  procedures  text[]       not null,
  scope       text         not null check (scope in ('read', 'act')),
  key_hash    bytea        not null,
  made_by     text         not null,
  at          timestamptz  not null,
  expires_on  date         not null,
  revoked_at  timestamptz,
  used_at     timestamptz,
  primary key (region, id),
  unique (region, key_hash)
);

-- Where a client is told of events. The secret stands here as it is: what signs has to know it.
create table webhook (
  region    char(6)      not null,
  id        uuid         not null,
  client    uuid         not null,
  url       text         not null,
  events    text[]       not null,
  secret    text         not null,
  made_by   text         not null,
  at        timestamptz  not null,
  ended_at  timestamptz,
  primary key (region, id),
  foreign key (region, client) references api_client (region, id)
);

-- An event for one receiver, written with its step; what it says is read off the step when it is sent.
create table outbox (
  region        char(6)      not null,
  id            uuid         not null default gen_random_uuid(),
  webhook       uuid         not null,
  event         text         not null,
  case_id       uuid         not null,
  seq           integer      not null,
  at            timestamptz  not null,
  -- waiting: to be sent at next_at. withheld: its receiver may not see the case
  state         text         not null default 'waiting' check (state in ('waiting', 'delivered', 'withheld', 'given-up')),
  attempts      integer      not null default 0,
  next_at       timestamptz  not null,
  last_status   integer,
  last_error    text,
  delivered_at  timestamptz,
  primary key (region, id),
  foreign key (region, webhook) references webhook (region, id),
  foreign key (region, case_id) references case_file (region, id) deferrable initially deferred
);
create index outbox_waiting on outbox (region, next_at) where state = 'waiting';
create index outbox_given_up on outbox (region) where state = 'given-up';
create index outbox_listed on outbox (region, webhook, at, id);
create index outbox_listed_by_state on outbox (region, webhook, state, at, id);
