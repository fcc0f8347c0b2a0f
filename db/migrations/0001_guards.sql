-- What is written here stays as it was written: the database itself refuses to change it.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: its rows are final', lower(tg_op), tg_table_name using errcode = 'restrict_violation';
end
$$;
--> statement-breakpoint
create trigger ledger_is_final before update or delete or truncate on ledger_entries execute function refuse_change();
--> statement-breakpoint
create trigger artefacts_are_final before update or delete or truncate on artefacts execute function refuse_change();
--> statement-breakpoint
create trigger versions_are_final before update or delete or truncate on model_versions execute function refuse_change();
--> statement-breakpoint
create trigger deployments_are_final before update or delete or truncate on deployments execute function refuse_change();
--> statement-breakpoint
create trigger final_jobs_stay before update or delete on jobs for each row
  when (old.status in ('finished', 'failed', 'cancelled')) execute function refuse_change();
--> statement-breakpoint
-- The ledger names its jobs for ever: a job that is still open may not vanish either, nor all of them at once.
create trigger jobs_are_never_removed before delete or truncate on jobs execute function refuse_change();
--> statement-breakpoint
-- Which transaction changed a job last, so that a reader of changes knows what it has not seen yet.
create function stamp_change() returns trigger language plpgsql as $$
begin
  new.changed_by := pg_current_xact_id();
  return new;
end
$$;
--> statement-breakpoint
create trigger jobs_are_stamped before update on jobs for each row execute function stamp_change();
