-- Accounts, and what better-auth keeps of them: its user is our account, its account our credential.

-- One person, one account. What signs in is the region and the name as it is compared; the e-mail is made up, for the library asks for one.
create table account (
  region                char(6)      not null,
  id                    text         not null unique,
  username              text         not null,
  sign_in_name          text         not null unique,
  person                text         not null,
  email                 text         not null unique generated always as (sign_in_name || '@invalid') stored,
  email_verified        boolean      not null default true,
  image                 text,
  two_factor_enabled    boolean      not null default false,
  password_must_change  boolean      not null default true,
  disabled_at           timestamptz,
  created_at            timestamptz  not null,
  updated_at            timestamptz  not null,
  primary key (region, id),
  unique (region, person)
);
create index account_listed on account (region, username collate "C", id);

-- How an account signs in: its password's hash, or its subject at a provider.
create table credential (
  region                    char(6)      not null,
  id                        text         not null unique,
  account_id                text         not null,
  provider_id               text         not null,
  user_id                   text         not null references account (id),
  access_token              text,
  refresh_token             text,
  id_token                  text,
  access_token_expires_at   timestamptz,
  refresh_token_expires_at  timestamptz,
  scope                     text,
  password                  text,
  created_at                timestamptz  not null,
  updated_at                timestamptz  not null,
  primary key (region, id),
  unique (region, provider_id, account_id)
);
create index credential_user on credential (user_id);

create table second_factor (
  region                     char(6)  not null,
  id                         text     not null unique,
  secret                     text     not null,
  backup_codes               text     not null,
  user_id                    text     not null unique references account (id),
  verified                   boolean  not null default true,
  failed_verification_count  integer  not null default 0,
  locked_until               timestamptz,
  primary key (region, id)
);

-- The library writes these two and knows no region.
create function region_of_account() returns trigger language plpgsql as $$
begin
  select region into strict new.region from account where id = new.user_id;
  return new;
end $$;
create trigger of_region before insert on credential for each row execute function region_of_account();
create trigger of_region before insert on second_factor for each row execute function region_of_account();

-- Sessions, challenges and attempts are of one machine: no backup takes them along.
create table session (
  id          text         primary key,
  token       text         not null unique,
  user_id     text         not null references account (id),
  -- by which means: a password, or a provider
  means       text         not null,
  ip_address  text,
  user_agent  text,
  created_at  timestamptz  not null,
  updated_at  timestamptz  not null,
  expires_at  timestamptz  not null,
  seen_at     timestamptz
);
create index session_user_of on session (user_id);
create index session_expired on session (expires_at);

create table verification (
  id          text         primary key,
  identifier  text         not null,
  value       text         not null,
  expires_at  timestamptz  not null,
  created_at  timestamptz  not null,
  updated_at  timestamptz  not null
);
create index verification_identifier on verification (identifier);
create index verification_expired on verification (expires_at);

-- Failed attempts in a row: by account name, by address, by second factor. Names are hashed, whether there is such an account or not.
create table sign_in_attempt (
  key      text         primary key,
  failed   integer      not null,
  last_at  timestamptz  not null
);
create index sign_in_attempt_old on sign_in_attempt (last_at);

-- A change of posts: one person proposes it, another decides. What is approved is written to the register.
create table post_proposal (
  region       char(6)      not null,
  id           uuid         not null,
  entry        jsonb        not null,
  reason       text         not null,
  proposed_by  text         not null,
  proposed_at  timestamptz  not null,
  decided_by   text check (decided_by <> proposed_by),
  decided_at   timestamptz,
  approved     boolean,
  primary key (region, id)
);
create index post_proposal_listed on post_proposal (region, proposed_at, id);
create index post_proposal_open on post_proposal (region, proposed_at, id) where decided_by is null;

-- Whose posts: asked with every request.
create index register_entry_holder on register_entry (region, (value->>'person')) where register = 'posts';

-- The audit administrator's filters, each newest first.
create index ledger_leaf_logged_at on ledger_leaf (region, ((leaf::jsonb)->>'at'), id) where payload is not null;
create index ledger_leaf_logged_kind on ledger_leaf (region, kind, ((leaf::jsonb)->>'at'), id) where payload is not null;
create index ledger_leaf_logged_person on ledger_leaf (region, (payload->'by'->>'person'), ((leaf::jsonb)->>'at'), id) where payload is not null;
