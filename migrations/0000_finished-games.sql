CREATE TABLE "game_events" (
	"game_id" text NOT NULL,
	"position" integer NOT NULL,
	"at_micros" bigint NOT NULL,
	"type" text NOT NULL,
	"event" jsonb NOT NULL,
	CONSTRAINT "game_events_game_id_position_pk" PRIMARY KEY("game_id","position")
);
--> statement-breakpoint
CREATE TABLE "game_samples" (
	"game_id" text PRIMARY KEY NOT NULL,
	"first_second" integer NOT NULL,
	"journeys" integer NOT NULL,
	"counts" integer[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "games" (
	"id" text PRIMARY KEY NOT NULL,
	"scenario_id" text NOT NULL,
	"title" text NOT NULL,
	"engine_version" text NOT NULL,
	"seed" text NOT NULL,
	"played_at" timestamp with time zone NOT NULL,
	"players" integer NOT NULL,
	"closed" text NOT NULL,
	"recovery" text NOT NULL,
	"total" integer NOT NULL,
	"scoring_version" integer NOT NULL,
	"debrief" jsonb NOT NULL,
	"post_mortem" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scenarios" (
	"id" text NOT NULL,
	"content_hash" text NOT NULL,
	"title" text NOT NULL,
	"level" text NOT NULL,
	"system" text NOT NULL,
	"first_offered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "scenarios_id_content_hash_pk" PRIMARY KEY("id","content_hash")
);
--> statement-breakpoint
ALTER TABLE "game_events" ADD CONSTRAINT "game_events_game_id_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."games"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "game_samples" ADD CONSTRAINT "game_samples_game_id_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."games"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "games_played_at" ON "games" USING btree ("played_at");