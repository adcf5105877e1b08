CREATE TABLE "batches" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text,
	"idempotency_key" text,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "character_images" (
	"id" text PRIMARY KEY NOT NULL,
	"character_id" text NOT NULL,
	"file" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"position" integer NOT NULL,
	"is_main" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "characters" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text DEFAULT 'person' NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "generation_jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"batch_id" text NOT NULL,
	"project_id" text,
	"sentence_id" text,
	"kind" text NOT NULL,
	"take_no" integer DEFAULT 1 NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"progress" double precision DEFAULT 0 NOT NULL,
	"step" text,
	"input" jsonb NOT NULL,
	"seed" bigint,
	"plan" jsonb,
	"fingerprint" text,
	"attempt" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"crashes" integer DEFAULT 0 NOT NULL,
	"prompt_id" text,
	"submitted_at" timestamp (3) with time zone,
	"lane" text,
	"priority" integer DEFAULT 0 NOT NULL,
	"rank" integer DEFAULT 0 NOT NULL,
	"cancel_requested_at" timestamp (3) with time zone,
	"notes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error" jsonb,
	"queued_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "generation_models" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"workflow_category" text NOT NULL,
	"workflow_type" text NOT NULL,
	"workflow_file" text,
	"default_steps" integer NOT NULL,
	"default_cfg" double precision NOT NULL,
	"render_width" integer,
	"render_height" integer,
	"slots" jsonb NOT NULL,
	"max_references" integer NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lanes" (
	"url" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"lease_owner" text,
	"lease_until" timestamp (3) with time zone,
	"is_paused" boolean DEFAULT false NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "project_cast" (
	"project_id" text NOT NULL,
	"character_id" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "project_cast_project_id_character_id_pk" PRIMARY KEY("project_id","character_id")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"model_id" text,
	"style_id" text,
	"width" integer DEFAULT 1920 NOT NULL,
	"height" integer DEFAULT 1088 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sections" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"title" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sentence_characters" (
	"sentence_id" text NOT NULL,
	"character_id" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "sentence_characters_sentence_id_character_id_pk" PRIMARY KEY("sentence_id","character_id")
);
--> statement-breakpoint
CREATE TABLE "sentences" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"section_id" text NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	"image_prompt" text,
	"model_id" text,
	"style_id" text,
	"seed" bigint,
	"is_seed_locked" boolean DEFAULT false NOT NULL,
	"is_locked" boolean DEFAULT false NOT NULL,
	"image_file" text,
	"is_image_dirty" boolean DEFAULT true NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"error" jsonb,
	"selected_take_id" text,
	"take_selected_at" timestamp (3) with time zone,
	"has_own_characters" boolean DEFAULT false NOT NULL,
	"start_ms" integer,
	"end_ms" integer,
	"credit" text,
	"shelved_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "takes" (
	"id" text PRIMARY KEY NOT NULL,
	"sentence_id" text NOT NULL,
	"job_id" text,
	"file" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"seed" bigint,
	"prompt" text,
	"negative_prompt" text,
	"model_id" text,
	"style_id" text,
	"references" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"workflow_hash" text,
	"fingerprint" text,
	"renderer" text NOT NULL,
	"duration_ms" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "takes_jobId_unique" UNIQUE("job_id")
);
--> statement-breakpoint
CREATE TABLE "visual_styles" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"style_type" text NOT NULL,
	"prompt_prefix" text,
	"negative_prompt" text,
	"lora_file" text,
	"lora_strength" double precision DEFAULT 1 NOT NULL,
	"compatible_models" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"requires_character_ref" boolean DEFAULT false NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "character_images" ADD CONSTRAINT "character_images_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generation_jobs" ADD CONSTRAINT "generation_jobs_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generation_jobs" ADD CONSTRAINT "generation_jobs_sentence_id_sentences_id_fk" FOREIGN KEY ("sentence_id") REFERENCES "public"."sentences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_cast" ADD CONSTRAINT "project_cast_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_cast" ADD CONSTRAINT "project_cast_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_model_id_generation_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."generation_models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_style_id_visual_styles_id_fk" FOREIGN KEY ("style_id") REFERENCES "public"."visual_styles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sections" ADD CONSTRAINT "sections_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sentence_characters" ADD CONSTRAINT "sentence_characters_sentence_id_sentences_id_fk" FOREIGN KEY ("sentence_id") REFERENCES "public"."sentences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sentence_characters" ADD CONSTRAINT "sentence_characters_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sentences" ADD CONSTRAINT "sentences_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sentences" ADD CONSTRAINT "sentences_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sentences" ADD CONSTRAINT "sentences_model_id_generation_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."generation_models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sentences" ADD CONSTRAINT "sentences_style_id_visual_styles_id_fk" FOREIGN KEY ("style_id") REFERENCES "public"."visual_styles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "takes" ADD CONSTRAINT "takes_sentence_id_sentences_id_fk" FOREIGN KEY ("sentence_id") REFERENCES "public"."sentences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "batches_project_id_idempotency_key_index" ON "batches" USING btree ("project_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "character_images_character_id_index" ON "character_images" USING btree ("character_id");--> statement-breakpoint
CREATE UNIQUE INDEX "character_images_main" ON "character_images" USING btree ("character_id") WHERE "character_images"."is_main";--> statement-breakpoint
CREATE INDEX "generation_jobs_project_id_status_index" ON "generation_jobs" USING btree ("project_id","status");--> statement-breakpoint
CREATE INDEX "generation_jobs_sentence_id_index" ON "generation_jobs" USING btree ("sentence_id");--> statement-breakpoint
CREATE INDEX "generation_jobs_batch_id_index" ON "generation_jobs" USING btree ("batch_id");--> statement-breakpoint
CREATE UNIQUE INDEX "generation_jobs_open" ON "generation_jobs" USING btree ("sentence_id","take_no") WHERE "generation_jobs"."status" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "projects_created_at_index" ON "projects" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "sections_project_id_index" ON "sections" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "sentences_project_id_index" ON "sentences" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "sentences_section_id_position_index" ON "sentences" USING btree ("section_id","position");--> statement-breakpoint
CREATE INDEX "takes_sentence_id_index" ON "takes" USING btree ("sentence_id");