-- The next last day of a case's duties stands in its own row and in those of its organs: a list by what is due next is read in its order.
-- A window is no duty; those that there were when this was written are named, every step since says it by its definition.

alter table case_file add column due date;
update case_file c set due = d.due from (
  select region, case_id, min(due_date) as due from clock_run
  where state <> 'stopped' and due_date is not null and procedure || '/' || clock not in ('pre-trial-mediation/confirm', 'hotline-12345/return',
    'source-case/watch', 'reconsideration/apply', 'reconsideration/apply-inaction', 'reconsideration/correction-notice', 'reconsideration/undecided',
    'reconsideration/suspended-60', 'reconsideration/sue', 'reconsideration/apply-untold', 'reconsideration/apply-bar')
  group by region, case_id) d
where d.region = c.region and d.case_id = c.id and not c.is_final;
create index case_file_due on case_file (region, procedure, due, id) where due is not null;

alter table case_organ add column due date;
update case_organ o set due = c.due from case_file c where c.region = o.region and c.id = o.case_id and c.due is not null;
create index case_organ_due on case_organ (region, organ, procedure, due, case_id) where due is not null;

drop index clock_run_open;
drop index clock_run_due_in;
