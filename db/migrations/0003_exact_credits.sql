ALTER TABLE "accounts" ADD CONSTRAINT "credits_stay_exact" CHECK ("accounts"."available_credits" + "accounts"."held_credits" <= 9007199254740991);--> statement-breakpoint
-- The ledger names its jobs for ever: a job that is still open may not vanish either, nor all of them at once.
create trigger jobs_are_never_removed before delete or truncate on jobs execute function refuse_change();
