CREATE TABLE "game_seeds" (
	"game_id" text PRIMARY KEY NOT NULL,
	"scenario_id" text NOT NULL,
	"seed" text NOT NULL
);
