ALTER TABLE "takes" ADD COLUMN "kept_fingerprint" text;--> statement-breakpoint
CREATE INDEX "takes_style_id_created_at_index" ON "takes" USING btree ("style_id","created_at");