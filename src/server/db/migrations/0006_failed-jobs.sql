ALTER TABLE "sentences" ADD COLUMN "failed_jobs" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "sentences" SET "failed_jobs" = 1 WHERE "error" IS NOT NULL;