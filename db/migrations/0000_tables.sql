CREATE TYPE "public"."job_status" AS ENUM('queued', 'running', 'finished', 'failed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('user', 'expert', 'admin');--> statement-breakpoint
CREATE TYPE "public"."entry_kind" AS ENUM('top_up', 'withdrawal', 'hold', 'capture', 'release');--> statement-breakpoint
CREATE TYPE "public"."delivery_status" AS ENUM('pending', 'delivered', 'failed');--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"predictor_name" text NOT NULL,
	"version_id" text NOT NULL,
	"artefact_sha256" text NOT NULL,
	"status" "job_status" NOT NULL,
	"input" jsonb NOT NULL,
	"row_count" integer NOT NULL,
	"price_credits" bigint NOT NULL,
	"results" jsonb,
	"error" jsonb,
	"revision" integer DEFAULT 1 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"publish_count" integer DEFAULT 0 NOT NULL,
	"lease_token" text,
	"lease_expires_at" timestamp with time zone,
	"deadline_at" timestamp with time zone,
	"idempotency_key" text,
	"request_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"run_ms" real,
	"changed_by" "xid8" DEFAULT pg_current_xact_id() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "artefacts" (
	"sha256" text PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL,
	"size_bytes" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deployments" (
	"id" text PRIMARY KEY NOT NULL,
	"predictor_name" text NOT NULL,
	"version_id" text NOT NULL,
	"reason" text NOT NULL,
	"actor_id" text NOT NULL,
	"deployed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "model_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"predictor_name" text NOT NULL,
	"version" integer NOT NULL,
	"artefact_sha256" text NOT NULL,
	"manifest" jsonb NOT NULL,
	"metrics" jsonb NOT NULL,
	"parameters" jsonb NOT NULL,
	"data_sha256" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "predictors" (
	"name" text PRIMARY KEY NOT NULL,
	"domain" text NOT NULL,
	"price_credits" bigint NOT NULL,
	"champion_version_id" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "price_never_negative" CHECK ("predictors"."price_credits" >= 0)
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"secret_hash" text NOT NULL,
	"hint" text NOT NULL,
	"idempotency_key" text,
	"request_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" "role" DEFAULT 'user' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"user_id" text PRIMARY KEY NOT NULL,
	"available_credits" bigint DEFAULT 0 NOT NULL,
	"held_credits" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "available_never_negative" CHECK ("accounts"."available_credits" >= 0),
	CONSTRAINT "held_never_negative" CHECK ("accounts"."held_credits" >= 0),
	CONSTRAINT "credits_stay_exact" CHECK ("accounts"."available_credits" + "accounts"."held_credits" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"id" text PRIMARY KEY DEFAULT 'entry_' || replace(uuidv7()::text, '-', '') NOT NULL,
	"user_id" text NOT NULL,
	"kind" "entry_kind" NOT NULL,
	"amount_credits" bigint NOT NULL,
	"debit_account" text GENERATED ALWAYS AS (case kind when 'top_up' then 'funding' when 'withdrawal' then 'available' when 'hold' then 'available' else 'held' end) STORED,
	"credit_account" text GENERATED ALWAYS AS (case kind when 'top_up' then 'available' when 'withdrawal' then 'funding' when 'hold' then 'held' when 'capture' then 'revenue' else 'available' end) STORED,
	"job_id" text,
	"actor_id" text NOT NULL,
	"idempotency_key" text,
	"request_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "amount_never_negative" CHECK ("ledger_entries"."amount_credits" >= 0),
	CONSTRAINT "job_entries_name_their_job" CHECK (("ledger_entries"."kind" in ('top_up', 'withdrawal')) = ("ledger_entries"."job_id" is null))
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" text PRIMARY KEY DEFAULT 'delivery_' || replace(uuidv7()::text, '-', '') NOT NULL,
	"endpoint_id" text NOT NULL,
	"job_id" text NOT NULL,
	"status" "delivery_status" DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"publish_count" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_token" text,
	"last_answer" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"idempotency_key" text,
	"request_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_version_id_model_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."model_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_version_id_model_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."model_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_artefact_sha256_artefacts_sha256_fk" FOREIGN KEY ("artefact_sha256") REFERENCES "public"."artefacts"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "predictors" ADD CONSTRAINT "predictors_champion_version_id_model_versions_id_fk" FOREIGN KEY ("champion_version_id") REFERENCES "public"."model_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "jobs_of_user" ON "jobs" USING btree ("user_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "jobs_changed" ON "jobs" USING btree ("user_id","changed_by");--> statement-breakpoint
CREATE INDEX "jobs_open" ON "jobs" USING btree ("updated_at") WHERE status in ('queued', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "one_job_per_idempotency_key" ON "jobs" USING btree ("user_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "deployments_of_predictor" ON "deployments" USING btree ("predictor_name","deployed_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "version_number_of_predictor" ON "model_versions" USING btree ("predictor_name","version");--> statement-breakpoint
CREATE UNIQUE INDEX "artefact_of_predictor" ON "model_versions" USING btree ("predictor_name","artefact_sha256");--> statement-breakpoint
CREATE INDEX "api_keys_of_user" ON "api_keys" USING btree ("user_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "one_api_key_per_idempotency_key" ON "api_keys" USING btree ("user_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "ledger_of_user" ON "ledger_entries" USING btree ("user_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "one_hold_per_job" ON "ledger_entries" USING btree ("job_id") WHERE kind = 'hold';--> statement-breakpoint
CREATE UNIQUE INDEX "one_settlement_per_job" ON "ledger_entries" USING btree ("job_id") WHERE kind in ('capture', 'release');--> statement-breakpoint
CREATE UNIQUE INDEX "one_entry_per_idempotency_key" ON "ledger_entries" USING btree ("user_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "one_delivery_per_endpoint_and_job" ON "webhook_deliveries" USING btree ("endpoint_id","job_id");--> statement-breakpoint
CREATE INDEX "deliveries_of_endpoint" ON "webhook_deliveries" USING btree ("endpoint_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "deliveries_pending" ON "webhook_deliveries" USING btree ("next_attempt_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_endpoints_of_user" ON "webhook_endpoints" USING btree ("user_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "one_webhook_per_idempotency_key" ON "webhook_endpoints" USING btree ("user_id","idempotency_key") WHERE idempotency_key is not null;