CREATE TABLE "lane_events" (
	"id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"state" text NOT NULL,
	"message" text,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "lanes" ADD COLUMN "paused_by" text;--> statement-breakpoint
ALTER TABLE "lanes" ADD COLUMN "paused_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "lanes" ADD COLUMN "quiet" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "lane_events_url_at_index" ON "lane_events" USING btree ("url","at");--> statement-breakpoint
CREATE INDEX "generation_jobs_status_ended_at_index" ON "generation_jobs" USING btree ("status","ended_at");