create extension if not exists vector;--> statement-breakpoint
create extension if not exists pg_trgm;--> statement-breakpoint
-- Titles as they are looked for: no case, no accents (ё as е).
create function fold_title(text) returns text language sql immutable strict parallel safe as
	$$ select regexp_replace(normalize(lower($1), NFD), '[\u0300-\u036f]', '', 'g') $$;--> statement-breakpoint
CREATE TYPE "public"."encoder_state" AS ENUM('filling', 'serving', 'retired');--> statement-breakpoint
CREATE TYPE "public"."embedding_state" AS ENUM('waiting', 'done', 'failed');--> statement-breakpoint
CREATE TYPE "public"."recommendation_kind" AS ENUM('query', 'personal', 'similar');--> statement-breakpoint
CREATE TABLE "catalogue_encoders" (
	"catalogue" text NOT NULL,
	"encoder_id" text NOT NULL,
	"dimensions" integer NOT NULL,
	"state" "encoder_state" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"serving_since" timestamp with time zone,
	"retired_at" timestamp with time zone,
	CONSTRAINT "catalogue_encoders_catalogue_encoder_id_pk" PRIMARY KEY("catalogue","encoder_id")
);
--> statement-breakpoint
CREATE TABLE "film_embeddings" (
	"film_id" text NOT NULL,
	"encoder_id" text NOT NULL,
	"state" "embedding_state" DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_token" text,
	"lease_expires_at" timestamp with time zone,
	"error" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "film_embeddings_encoder_id_film_id_pk" PRIMARY KEY("encoder_id","film_id")
);
--> statement-breakpoint
CREATE TABLE "film_import_items" (
	"import_id" text NOT NULL,
	"position" integer NOT NULL,
	"record" jsonb,
	"film_id" text,
	CONSTRAINT "film_import_items_import_id_position_pk" PRIMARY KEY("import_id","position")
);
--> statement-breakpoint
CREATE TABLE "film_imports" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text,
	"source" text NOT NULL,
	"content_sha256" text,
	"total" integer NOT NULL,
	"rejected" jsonb NOT NULL,
	"done" integer,
	"failed" integer,
	"finished_at" timestamp with time zone,
	"idempotency_key" text,
	"request_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "film_vectors" (
	"film_id" text NOT NULL,
	"encoder_id" text NOT NULL,
	"language" text NOT NULL,
	"text_sha256" text NOT NULL,
	"vector" vector NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "film_vectors_encoder_id_film_id_language_pk" PRIMARY KEY("encoder_id","film_id","language")
);
--> statement-breakpoint
CREATE TABLE "film_verdicts" (
	"user_id" text NOT NULL,
	"film_id" text NOT NULL,
	"verdict" smallint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "film_verdicts_user_id_film_id_pk" PRIMARY KEY("user_id","film_id"),
	CONSTRAINT "verdict_is_one" CHECK ("film_verdicts"."verdict" in (-1, 1))
);
--> statement-breakpoint
CREATE TABLE "films" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"title_ru" text,
	"description" text NOT NULL,
	"description_ru" text,
	"year" integer NOT NULL,
	"genres" text[] NOT NULL,
	"popularity" integer DEFAULT 0 NOT NULL,
	"words" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('english', title || ' ' || coalesce(title_ru, '')), 'A')
          || setweight(to_tsvector('russian', title || ' ' || coalesce(title_ru, '')), 'A')
          || setweight(to_tsvector('english', description), 'B')
          || setweight(to_tsvector('russian', description || ' ' || coalesce(description_ru, '')), 'B')) STORED NOT NULL,
	"title_folded" text GENERATED ALWAYS AS (fold_title(title)) STORED NOT NULL,
	"title_ru_folded" text GENERATED ALWAYS AS (fold_title(title_ru)) STORED,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recommendations" (
	"id" text PRIMARY KEY NOT NULL,
	"job_id" text,
	"user_id" text NOT NULL,
	"kind" "recommendation_kind" NOT NULL,
	"query" text,
	"filters" jsonb NOT NULL,
	"encoder_id" text NOT NULL,
	"query_vector" vector,
	"films" jsonb NOT NULL,
	"result_count" integer NOT NULL,
	"duration_ms" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "error_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"function_name" text NOT NULL,
	"event" text NOT NULL,
	"message" text NOT NULL,
	"stack" text,
	"occurrences" integer DEFAULT 1 NOT NULL,
	"last_request_id" text NOT NULL,
	"last_path" text,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "error_occurrences" (
	"id" text PRIMARY KEY DEFAULT 'occurrence_' || replace(uuidv7()::text, '-', '') NOT NULL,
	"error_id" text NOT NULL,
	"request_id" text NOT NULL,
	"path" text,
	"user_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "telegram_accounts" (
	"telegram_id" bigint PRIMARY KEY NOT NULL,
	"user_id" text,
	"language" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"linked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "telegram_link_codes" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"used_by" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "telegram_updates" (
	"update_id" bigint PRIMARY KEY NOT NULL,
	"chat_id" bigint,
	"content" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"publish_count" integer DEFAULT 0 NOT NULL,
	"lease_token" text,
	"lease_expires_at" timestamp with time zone,
	"not_before" timestamp with time zone,
	"done_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "film_embeddings" ADD CONSTRAINT "film_embeddings_film_id_films_id_fk" FOREIGN KEY ("film_id") REFERENCES "public"."films"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "film_import_items" ADD CONSTRAINT "film_import_items_import_id_film_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."film_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "film_import_items" ADD CONSTRAINT "film_import_items_film_id_films_id_fk" FOREIGN KEY ("film_id") REFERENCES "public"."films"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "film_imports" ADD CONSTRAINT "film_imports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "film_vectors" ADD CONSTRAINT "film_vectors_film_id_films_id_fk" FOREIGN KEY ("film_id") REFERENCES "public"."films"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "film_verdicts" ADD CONSTRAINT "film_verdicts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "film_verdicts" ADD CONSTRAINT "film_verdicts_film_id_films_id_fk" FOREIGN KEY ("film_id") REFERENCES "public"."films"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "error_occurrences" ADD CONSTRAINT "error_occurrences_error_id_error_groups_id_fk" FOREIGN KEY ("error_id") REFERENCES "public"."error_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telegram_accounts" ADD CONSTRAINT "telegram_accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telegram_link_codes" ADD CONSTRAINT "telegram_link_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "one_serving_encoder" ON "catalogue_encoders" USING btree ("catalogue") WHERE state = 'serving';--> statement-breakpoint
CREATE UNIQUE INDEX "one_filling_encoder" ON "catalogue_encoders" USING btree ("catalogue") WHERE state = 'filling';--> statement-breakpoint
CREATE INDEX "film_embeddings_under_way" ON "film_embeddings" USING btree ("encoder_id") WHERE lease_token is not null;--> statement-breakpoint
CREATE INDEX "film_embeddings_waiting" ON "film_embeddings" USING btree ("encoder_id","updated_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "import_items_to_store" ON "film_import_items" USING btree ("import_id","position") WHERE film_id is null;--> statement-breakpoint
CREATE INDEX "import_items_of_film" ON "film_import_items" USING btree ("film_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_import_per_idempotency_key" ON "film_imports" USING btree ("user_id","idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "one_import_per_content" ON "film_imports" USING btree ("content_sha256");--> statement-breakpoint
CREATE INDEX "film_imports_running" ON "film_imports" USING btree ("id") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "film_imports_by_time" ON "film_imports" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "verdicts_on_film" ON "film_verdicts" USING btree ("film_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_film_per_title_and_year" ON "films" USING btree (lower("title"),"year");--> statement-breakpoint
CREATE INDEX "films_by_words" ON "films" USING gin ("words") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "films_by_title" ON "films" USING gin ("title_folded" gin_trgm_ops) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "films_by_title_ru" ON "films" USING gin ("title_ru_folded" gin_trgm_ops) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "films_by_genre" ON "films" USING gin ("genres") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "films_in_order_of_title" ON "films" USING btree ("title_folded","id");--> statement-breakpoint
CREATE INDEX "films_by_year" ON "films" USING btree ("year" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "films_by_popularity" ON "films" USING btree ("popularity" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "recommendations_of_user" ON "recommendations" USING btree ("user_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "recommendations_by_time" ON "recommendations" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "error_groups_by_time" ON "error_groups" USING btree ("last_seen_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "occurrences_of_error" ON "error_occurrences" USING btree ("error_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "occurrences_of_request" ON "error_occurrences" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "telegram_of_user" ON "telegram_accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "link_codes_of_user" ON "telegram_link_codes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "telegram_updates_by_time" ON "telegram_updates" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "telegram_updates_open" ON "telegram_updates" USING btree ("chat_id","update_id") WHERE done_at is null;