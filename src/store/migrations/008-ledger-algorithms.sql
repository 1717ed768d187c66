-- What a ledger is made with stands in place_setting as 'algorithms', written before its first leaf. From that leaf on it is not changed.

create function keep_algorithms() returns trigger language plpgsql as $$
begin
  if old.name = 'algorithms' and exists (select 1 from ledger_leaf where region = old.region) then
    raise exception 'the algorithms of a ledger stay' using errcode = 'YF001';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;

create trigger algorithms_stay before update or delete on place_setting for each row execute function keep_algorithms();
create trigger no_truncate before truncate on place_setting for each statement execute function refuse_change();
