ALTER TABLE "api_keys" ADD COLUMN "idempotency_key" text;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "request_hash" text;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "idempotency_key" text;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "request_hash" text;--> statement-breakpoint
CREATE UNIQUE INDEX "one_api_key_per_idempotency_key" ON "api_keys" USING btree ("user_id","idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "one_webhook_per_idempotency_key" ON "webhook_endpoints" USING btree ("user_id","idempotency_key");