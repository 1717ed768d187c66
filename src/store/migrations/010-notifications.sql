-- 通知: who is told of what, and by which way it reached them.

-- What happened that somebody may have to be told of: written together with it, struck out when those are told.
create table to_tell (
  region   char(6)      not null,
  id       uuid         not null default gen_random_uuid(),
  kind     text         not null check (kind in ('step', 'assignment', 'register-proposal', 'register-decision', 'post-proposal', 'post-decision')),
  -- the case or the proposal, and which step or assignment of it
  subject  uuid         not null,
  seq      integer      not null default 0,
  at       timestamptz  not null,
  primary key (region, id)
);
create index to_tell_oldest on to_tell (region, at, id);

-- A clock that was told of as due soon, or as late. An extension has another last day, and is told of anew.
create table clock_told (
  region   char(6)      not null,
  case_id  uuid         not null,
  clock    text         not null,
  seq      integer      not null,
  item     text         not null,
  kind     text         not null,
  due      text         not null,
  at       timestamptz  not null,
  primary key (region, case_id, clock, seq, item, kind, due)
);

create table notification (
  region    char(6)      not null,
  id        uuid         not null default gen_random_uuid(),
  person    text         not null,
  kind      text         not null,
  case_id   uuid,
  clock     text,
  proposal  uuid,
  -- the state, the last day, the register, whether it was approved: nothing about a party
  what      jsonb        not null,
  -- which happening it was: nobody is told of one twice
  about     text         not null,
  made_at   timestamptz  not null,
  read_at   timestamptz,
  primary key (region, id),
  unique (region, person, kind, about),
  foreign key (region, case_id) references case_file (region, id)
);
create index notification_own on notification (region, person, made_at, id);
create index notification_unread on notification (region, person, made_at, id) where read_at is null;

-- Where somebody is reached beside the workbench, and about what. Personal: it goes when they empty it.
create table notification_setting (
  region     char(6)  not null,
  person     text     not null,
  language   text     not null check (language in ('zh', 'en')),
  addresses  jsonb    not null,
  channels   jsonb    not null,
  primary key (region, person)
);

create table notification_channel (
  region      char(6)      not null,
  id          text         not null,
  is_on       boolean      not null,
  form        jsonb        not null,
  -- written, and never read but by what sends
  secrets     jsonb        not null,
  changed_by  text         not null,
  changed_at  timestamptz  not null,
  primary key (region, id)
);

create table notification_delivery (
  region        char(6)      not null,
  id            uuid         not null default gen_random_uuid(),
  notification  uuid         not null,
  person        text         not null,
  channel       text         not null,
  at            timestamptz  not null,
  -- waiting: to be sent at next_at. withheld: nothing is to be sent any more, or to nobody
  state         text         not null default 'waiting' check (state in ('waiting', 'delivered', 'withheld', 'given-up')),
  attempts      integer      not null default 0,
  next_at       timestamptz  not null,
  last_error    text,
  delivered_at  timestamptz,
  primary key (region, id),
  unique (region, notification, channel),
  foreign key (region, notification) references notification (region, id)
);
create index notification_delivery_waiting on notification_delivery (region, next_at) where state = 'waiting';
create index notification_delivery_listed on notification_delivery (region, at, id);
create index notification_delivery_by_state on notification_delivery (region, state, at, id);
create index notification_delivery_of on notification_delivery (region, person, channel);
