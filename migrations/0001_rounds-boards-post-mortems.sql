CREATE TABLE "game_answers" (
	"game_id" text NOT NULL,
	"seat" text NOT NULL,
	"role" text NOT NULL,
	"hard" text NOT NULL,
	"change" text NOT NULL,
	"answered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "game_answers_game_id_seat_pk" PRIMARY KEY("game_id","seat")
);
--> statement-breakpoint
CREATE TABLE "game_inputs" (
	"game_id" text PRIMARY KEY NOT NULL,
	"header" jsonb NOT NULL,
	"records" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "game_seats" (
	"game_id" text NOT NULL,
	"seat" text NOT NULL,
	"role" text NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "game_seats_game_id_seat_pk" PRIMARY KEY("game_id","seat")
);
--> statement-breakpoint
CREATE TABLE "game_witnesses" (
	"game_id" text NOT NULL,
	"person" text NOT NULL,
	"how" text NOT NULL,
	"met_at" timestamp with time zone NOT NULL,
	CONSTRAINT "game_witnesses_game_id_person_how_pk" PRIMARY KEY("game_id","person","how")
);
--> statement-breakpoint
CREATE TABLE "post_mortems" (
	"game_id" text NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"author" text NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"document" jsonb NOT NULL,
	CONSTRAINT "post_mortems_game_id_version_pk" PRIMARY KEY("game_id","version")
);
--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "room_code" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "team" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "mode" text DEFAULT 'practice' NOT NULL;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "seed_day" text;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "fault_class" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "practised" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "impact_seconds" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "recovery_points" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "diagnosis_points" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "hints" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "recovered_second" integer DEFAULT -1 NOT NULL;--> statement-breakpoint
ALTER TABLE "games" ADD COLUMN "phases" jsonb;--> statement-breakpoint
ALTER TABLE "game_answers" ADD CONSTRAINT "game_answers_game_id_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."games"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "game_inputs" ADD CONSTRAINT "game_inputs_game_id_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."games"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "game_seats" ADD CONSTRAINT "game_seats_game_id_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."games"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_mortems" ADD CONSTRAINT "post_mortems_game_id_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."games"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "game_witnesses_person" ON "game_witnesses" USING btree ("person");--> statement-breakpoint
CREATE INDEX "games_seed" ON "games" USING btree ("scenario_id","seed");--> statement-breakpoint
CREATE INDEX "games_room" ON "games" USING btree ("room_code");