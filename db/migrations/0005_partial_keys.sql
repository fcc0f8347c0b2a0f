DROP INDEX "one_job_per_idempotency_key";--> statement-breakpoint
DROP INDEX "one_api_key_per_idempotency_key";--> statement-breakpoint
DROP INDEX "one_entry_per_idempotency_key";--> statement-breakpoint
DROP INDEX "one_webhook_per_idempotency_key";--> statement-breakpoint
CREATE UNIQUE INDEX "one_job_per_idempotency_key" ON "jobs" USING btree ("user_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "one_api_key_per_idempotency_key" ON "api_keys" USING btree ("user_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "one_entry_per_idempotency_key" ON "ledger_entries" USING btree ("user_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "one_webhook_per_idempotency_key" ON "webhook_endpoints" USING btree ("user_id","idempotency_key") WHERE idempotency_key is not null;