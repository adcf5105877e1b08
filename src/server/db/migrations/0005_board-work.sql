ALTER TABLE "sentences" ADD COLUMN "is_flagged" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "takes" ADD COLUMN "original_file" text;--> statement-breakpoint
ALTER TABLE "takes" ADD COLUMN "framing" jsonb;--> statement-breakpoint
ALTER TABLE "takes" ADD COLUMN "credit" text;--> statement-breakpoint
ALTER TABLE "takes" ADD COLUMN "deleted_at" timestamp (3) with time zone;